package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"strings"

	"github.com/BurntSushi/toml"

	"strikewatch/data"
	reports "strikewatch/data/report"
)

// options is a command's flags. What the command line does not say is taken
// from the environment (STRIKEWATCH_LISTEN), then from the TOML file.
type options struct {
	*flag.FlagSet
	program *program
	db      string
	file    string
	config  config
}

// config is the TOML file: the flags' names with _ for -, and what only a file
// can say.
type config struct {
	Settings  map[string]any
	Schedules []reports.Schedule `toml:"schedule"`
	SMTP      reports.SMTP       `toml:"smtp"`
}

func newOptions(p *program, name, usage string) *options {
	o := &options{FlagSet: flag.NewFlagSet(name, flag.ContinueOnError), program: p}
	o.SetOutput(io.Discard)
	o.Usage = func() {
		fmt.Fprintf(p.stdout, "Usage: strikewatch %s\n\nFlags (also as STRIKEWATCH_NAME in the environment, or in the file of --config):\n", usage)
		o.SetOutput(p.stdout)
		o.PrintDefaults()
		o.SetOutput(io.Discard)
	}
	o.StringVar(&o.db, "db", "strikewatch.db", "database `FILE`")
	o.StringVar(&o.file, "config", "", "TOML `FILE` with the same settings and the schedules")
	return o
}

// parse reads flags in any place among the arguments and returns the rest.
func (o *options) parse(args []string) ([]string, error) {
	var rest []string
	for {
		if err := o.FlagSet.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, usagef("%v", err)
		}
		args = o.Args()
		if len(args) == 0 {
			break
		}
		rest, args = append(rest, args[0]), args[1:]
	}
	return rest, o.fill()
}

// fill sets what the command line left open.
func (o *options) fill() error {
	given := map[string]bool{}
	o.Visit(func(f *flag.Flag) { given[f.Name] = true })
	if file := o.program.environ("STRIKEWATCH_CONFIG"); file != "" && !given["config"] {
		o.file = file
	}
	if o.file != "" {
		if err := o.readFile(); err != nil {
			return err
		}
	}
	var failed error
	o.VisitAll(func(f *flag.Flag) {
		if given[f.Name] || failed != nil {
			return
		}
		name := strings.ReplaceAll(f.Name, "-", "_")
		value, from := o.program.environ("STRIKEWATCH_"+strings.ToUpper(name)), "the environment"
		if setting, ok := o.config.Settings[name]; ok && value == "" {
			value, from = fmt.Sprint(setting), o.file
		}
		if value == "" {
			return
		}
		if err := o.Set(f.Name, value); err != nil {
			failed = usagef("%s in %s: %v", name, from, err)
		}
	})
	return failed
}

func (o *options) readFile() error {
	text, err := os.ReadFile(o.file)
	if errors.Is(err, fs.ErrNotExist) {
		return usagef("--config %s: there is no such file", o.file)
	}
	if err != nil {
		return err
	}
	if _, err := toml.Decode(string(text), &o.config); err != nil {
		return usagef("%s: %v", o.file, err)
	}
	if _, err := toml.Decode(string(text), &o.config.Settings); err != nil {
		return usagef("%s: %v", o.file, err)
	}
	return nil
}

// given collects the flags that were set, as API parameters: - for _ in names.
func (o *options) given(names map[string]string) url.Values {
	params := url.Values{}
	o.Visit(func(f *flag.Flag) {
		if name, ok := names[f.Name]; ok {
			params.Set(name, f.Value.String())
		}
	})
	return params
}

// filterFlags defines a flag for each of the API's parameters of a collection
// and returns their names there.
func (o *options) filterFlags(collection string) (map[string]string, error) {
	parameters, err := data.Parameters(collection)
	if err != nil {
		return nil, usagef("%v; the collections are %s", err, strings.Join(data.CollectionIDs(), ", "))
	}
	names := map[string]string{}
	for _, p := range parameters {
		name := strings.ReplaceAll(p.Name, "_", "-")
		if o.Lookup(name) == nil {
			o.String(name, "", p.Description)
			names[name] = p.Name
		}
	}
	return names, nil
}

// openStore opens the database, which must be there. With the key that serve
// left beside it, what is written out carries a signed checkpoint.
func (o *options) openStore() (*data.Store, error) {
	if _, err := os.Stat(o.db); errors.Is(err, fs.ErrNotExist) {
		return nil, usagef("--db %s: there is no such file; `strikewatch serve` makes one", o.db)
	}
	key, err := readKey(o.db + ".key")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return data.Open(o.db, data.Options{Now: o.program.now, Signer: key, OnDemand: true})
}

// output returns where results go: the file, written whole or not at all, or
// standard output.
func (p *program) output(file string) (w io.Writer, commit func(error) error, err error) {
	if file == "" || file == "-" {
		return p.stdout, func(err error) error { return err }, nil
	}
	f, err := os.CreateTemp(dirOf(file), ".strikewatch-*")
	if err != nil {
		return nil, nil, err
	}
	return f, func(err error) error {
		if err = errors.Join(err, f.Close()); err == nil {
			err = os.Chmod(f.Name(), 0o644)
		}
		if err == nil {
			return os.Rename(f.Name(), file)
		}
		return errors.Join(err, os.Remove(f.Name()))
	}, nil
}

func dirOf(file string) string {
	if i := strings.LastIndexByte(file, os.PathSeparator); i >= 0 {
		return file[:i+1]
	}
	return "."
}
