// Command strikewatch keeps documented strikes and dated territorial control,
// and serves them as a web map, as open geodata and as scheduled reports.
// `strikewatch --help` is its manual.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"strikewatch/data"
)

// version is set by the linker; without it the build's own record speaks.
var version string

// Exit codes, as the manual gives them.
const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2
	exitAltered = 3
)

// program is what a command takes from outside, so that tests can stand in.
type program struct {
	stdout, stderr io.Writer
	environ        func(string) string
	now            func() time.Time
	terminal       bool // stderr is one: show progress
}

// command is one verb.
type command struct {
	name, summary string
	run           func(ctx context.Context, p *program, args []string) error
}

func commands() []command {
	return []command{
		{"serve", "serve the map and the API; make the database when it is missing", serve},
		{"import", "record a CSV file of incidents: all of its rows or none", importFile},
		{"export", "write a collection in an open format", export},
		{"report", "build the border report", report},
		{"verify", "recompute the change log and every record from it", verify},
		{"version", "print the version", printVersion},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	info, err := os.Stderr.Stat()
	p := &program{stdout: os.Stdout, stderr: os.Stderr, environ: os.Getenv, now: time.Now,
		terminal: err == nil && info.Mode()&os.ModeCharDevice != 0}
	os.Exit(p.main(ctx, os.Args[1:]))
}

// main runs the command that the arguments name and returns the exit code.
func (p *program) main(ctx context.Context, args []string) int {
	if len(args) == 0 {
		fmt.Fprint(p.stderr, manual)
		return exitUsage
	}
	if args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		fmt.Fprint(p.stdout, manual)
		return exitOK
	}
	if args[0] == "--version" {
		args[0] = "version"
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return p.exit(c.name, c.run(ctx, p, args[1:]))
		}
	}
	fmt.Fprintf(p.stderr, "strikewatch: there is no command %q; `strikewatch --help` lists them\n", args[0])
	return exitUsage
}

// exit says what went wrong and turns it into an exit code.
func (p *program) exit(name string, err error) int {
	var usage *usageError
	var invalid *data.InvalidError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, flag.ErrHelp):
		return exitOK
	case errors.Is(err, errAltered):
		return exitAltered
	case errors.As(err, &usage), errors.As(err, &invalid):
		fmt.Fprintf(p.stderr, "strikewatch %s: %v\nTry `strikewatch %s --help`.\n", name, err, name)
		return exitUsage
	}
	fmt.Fprintf(p.stderr, "strikewatch %s: %v\n", name, err)
	return exitFailure
}

// usageError is a command line that can not be understood.
type usageError struct{ problem string }

func (e *usageError) Error() string { return e.problem }

func usagef(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

func printVersion(_ context.Context, p *program, args []string) error {
	_, err := fmt.Fprintln(p.stdout, "strikewatch", programVersion())
	return err
}

func programVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return s.Value
			}
		}
	}
	return "unknown"
}
