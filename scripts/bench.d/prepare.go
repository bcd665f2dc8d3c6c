package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"strikewatch/data"
	"strikewatch/data/starter"
)

// prepare generates the dataset. Its files stay when the directory does.
func (b *bench) prepare() error {
	start := time.Now()
	var err error
	if b.world, err = newWorld(b.incidents); err != nil {
		return err
	}
	if !exists(b.csv()) {
		if err := b.world.writeCSV(b.csv(), b.corrections()); err != nil {
			return err
		}
	}
	progress("%d incidents generated in %s", b.incidents, seconds(time.Since(start)))
	return nil
}

func (b *bench) csv() string         { return b.file(fmt.Sprintf("incidents-%d.csv", b.incidents)) }
func (b *bench) corrections() string { return b.file(fmt.Sprintf("corrections-%d.csv", b.incidents)) }
func (b *bench) knownFile() string   { return b.database() + ".known" } // holds a time between the two imports
func (b *bench) database() string    { return b.file(fmt.Sprintf("bench-%d.db", b.incidents)) }

func exists(name string) bool {
	_, err := os.Stat(name)
	return !errors.Is(err, fs.ErrNotExist)
}

// ensureDatabase makes the database unless it is there.
func (b *bench) ensureDatabase() error {
	if exists(b.database()) {
		return nil
	}
	_, err := b.makeDatabase()
	return err
}

// imported is what an import cost.
type imported struct {
	took   time.Duration
	memory int64 // bytes at most
}

// makeDatabase makes a database with borders, places, actors and control, and
// imports the incidents with the program itself; what that cost is returned.
// Then a tenth of them is corrected.
func (b *bench) makeDatabase() (imported, error) {
	making := b.database() + ".making"
	for _, suffix := range []string{"", "-wal", "-shm"} {
		for _, name := range []string{making, b.database()} {
			if err := os.Remove(name + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return imported{}, err
			}
		}
	}
	if err := b.writeReference(making); err != nil {
		return imported{}, err
	}
	cost, err := b.command("import", "--db", making, "--reason", "scripts/bench", b.csv())
	if err != nil {
		return cost, err
	}
	known := time.Now().UTC().Format(time.RFC3339Nano)
	if err := os.WriteFile(b.knownFile(), []byte(known), 0o644); err != nil {
		return cost, err
	}
	if _, err := b.command("import", "--db", making, "--reason", "corrections", b.corrections()); err != nil {
		return cost, err
	}
	return cost, os.Rename(making, b.database())
}

func (b *bench) writeReference(name string) error {
	documents, err := b.reference()
	if err != nil {
		return err
	}
	var edits []data.Edit
	for _, d := range documents {
		edits = append(edits, data.Edit{Operation: data.Create, Document: d, Reason: "scripts/bench"})
	}
	store, err := data.Open(name, data.Options{})
	if err != nil {
		return err
	}
	_, err = store.Write(b.ctx, "bench", edits)
	return errors.Join(err, store.Close())
}

// reference is what incidents are derived from.
func (b *bench) reference() ([]data.Document, error) {
	documents, err := starter.Documents()
	if err != nil {
		return nil, err
	}
	documents = slices.DeleteFunc(documents, func(d data.Document) bool {
		return !slices.Contains([]string{data.Borders, data.Places, data.Actors}, d.Collection())
	})
	controls, err := b.world.controls()
	for _, c := range controls {
		documents = append(documents, c)
	}
	return documents, err
}

// command runs the program and tells what it cost.
func (b *bench) command(args ...string) (imported, error) {
	start := time.Now()
	cmd := quiet(b.ctx, b.program, args...)
	out, err := cmd.CombinedOutput()
	cost := imported{took: time.Since(start)}
	if err != nil {
		return cost, fmt.Errorf("%s %s: %w\n%s", filepath.Base(b.program), strings.Join(args, " "), err, out)
	}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		cost.memory = usage.Maxrss << 10
	}
	return cost, nil
}

// quiet is a command that ends with the context and reads nothing.
func quiet(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	return cmd
}
