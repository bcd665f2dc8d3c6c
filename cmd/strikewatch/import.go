package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"strikewatch/data/codec"
)

// importGC lets garbage grow to twice what is in use: an import makes
// much of it and keeps little, and a fifth of its time went into collecting.
const importGC = 200

// importFile records a CSV file of incidents: all of its rows or none.
func importFile(ctx context.Context, p *program, args []string) error {
	o := newOptions(p, "import", "import FILE.csv [--db FILE] [--reason TEXT] [--author NAME]")
	author := o.String("author", "import", "who records it: goes into the change log")
	reason := o.String("reason", "", "why: goes into the change log")
	rest, err := o.parse(args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return usagef("name one CSV file, or - for standard input")
	}
	var in io.Reader = os.Stdin
	if rest[0] != "-" {
		f, err := os.Open(rest[0])
		if err != nil {
			return usagef("%v", err)
		}
		defer f.Close()
		in = f
	}
	debug.SetGCPercent(importGC)
	store, err := o.openStore()
	if err != nil {
		return err
	}
	defer store.Close()
	receipt, err := store.Import(ctx, *author, *reason, codec.ReadIncidents(in), func(n int) { p.progress("\r%d incidents", n) })
	p.progress("\n")
	if err != nil {
		return fmt.Errorf("nothing was recorded: %w", err)
	}
	_, err = fmt.Fprintf(p.stdout, "%d incidents recorded, the last as version %d of the log\n", receipt.Written, receipt.Seq)
	return err
}
