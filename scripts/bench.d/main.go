// Command bench makes a seeded database of a million incidents and fifteen
// hundred versions of control, and measures the program on it. In the same run
// PostGIS and GDAL answer the same questions on the same machine: absolute
// figures drift with the machine, ratios hold. scripts/bench builds and runs it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// bench is one run.
type bench struct {
	ctx       context.Context
	dir       string // holds all that is made
	program   string // the strikewatch binary
	frontend  string // the folder of the web map, for its browser run
	incidents int
	quick     bool // a tenth of the incidents
	alone     bool // no peers
	world     *world
	server    *server
	postgis   *postgis
	table     table
}

// section is one group of measurements.
type section struct {
	name, what string
	run        func(*bench) error
}

func sections() []section {
	return []section{
		{"import", "a CSV file with holders, distances and log leaves", (*bench).measureImport},
		{"start", "start of the server, and its memory", (*bench).measureStart},
		{"items", "pages of features", (*bench).measureItems},
		{"known", "the same as known at an earlier time", (*bench).measureKnown},
		{"tiles", "vector tiles", (*bench).measureTiles},
		{"counts", "timeline and summary", (*bench).measureCounts},
		{"export", "everything in every format", (*bench).measureExports},
		{"border", "distances of points to all borders", (*bench).measureBorders},
		{"page", "the web map in a browser", (*bench).measurePage},
		{"held", "who held a million points", (*bench).measureHeld},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) (err error) {
	b := &bench{ctx: ctx}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&b.program, "program", "bin/strikewatch", "the `FILE` to measure")
	flags.StringVar(&b.frontend, "frontend", "frontend", "the `DIR` of the web map, whose browser run measures it")
	flags.StringVar(&b.dir, "dir", "", "keep what is made in this `DIR`, and use what is there (default: a temporary one)")
	flags.IntVar(&b.incidents, "incidents", 1_000_000, "how many")
	flags.BoolVar(&b.quick, "quick", false, "100,000 incidents, no peers")
	flags.BoolVar(&b.alone, "alone", false, "no peers")
	if err := flags.Parse(args); err != nil {
		return err
	}
	chosen, err := choose(flags.Args())
	if err != nil {
		return err
	}
	if b.quick {
		b.alone = true
		b.incidents = min(b.incidents, 100_000)
	}
	if b.dir == "" {
		if b.dir, err = os.MkdirTemp("", "strikewatch-bench-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	} else if b.dir, err = filepath.Abs(b.dir); err != nil {
		return err
	} else if err := os.MkdirAll(b.dir, 0o755); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	if err := b.prepare(); err != nil {
		return err
	}
	for _, s := range chosen {
		progress("%s: %s", s.name, s.what)
		if err := s.run(b); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return b.table.print(os.Stdout, b.incidents)
}

func choose(names []string) ([]section, error) {
	all := sections()
	if len(names) == 0 {
		return all, nil
	}
	var known []string
	for _, s := range all {
		known = append(known, s.name)
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("there is no section %q; there are: %s", name, strings.Join(known, " "))
		}
	}
	return slices.DeleteFunc(all, func(s section) bool { return !slices.Contains(names, s.name) }), nil
}

// close ends the server and the cluster.
func (b *bench) close() error {
	var err error
	if b.server != nil {
		err = b.server.stop()
	}
	if b.postgis != nil {
		err = errors.Join(err, b.postgis.stop())
	}
	return err
}

func (b *bench) file(name string) string { return filepath.Join(b.dir, name) }

// progress tells what is going on; results alone go to standard output.
func progress(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
