package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"strikewatch/data"
)

// errAltered ends verify when the log does not agree with the records.
var errAltered = errors.New("altered")

// verify recomputes the change log offline and names what was altered.
func verify(ctx context.Context, p *program, args []string) error {
	o := newOptions(p, "verify", "verify [--db FILE] [--key VERIFIER] [--checkpoint FILE]")
	key := o.String("key", "", "verifier `KEY` that checkpoints must be signed with; by default the one beside the database")
	published := o.String("checkpoint", "", "a checkpoint that was published earlier, as a `FILE`")
	asJSON := o.Bool("json", false, "write the findings as JSON")
	if _, err := o.parse(args); err != nil {
		return err
	}
	if _, err := os.Stat(o.db); errors.Is(err, fs.ErrNotExist) {
		return usagef("--db %s: there is no such file", o.db)
	}
	keys, err := verifierKeys(o.db, *key)
	if err != nil {
		return err
	}
	var notes [][]byte
	if *published != "" {
		note, err := os.ReadFile(*published)
		if err != nil {
			return err
		}
		notes = append(notes, note)
	}
	report, err := data.Verify(ctx, o.db, keys, notes)
	if err != nil {
		return err
	}
	if *asJSON {
		e := json.NewEncoder(p.stdout)
		e.SetIndent("", "  ")
		err = e.Encode(report)
	} else {
		for _, f := range report.Findings {
			fmt.Fprintln(p.stdout, f)
		}
		_, err = fmt.Fprintf(p.stdout, "%d records' versions, %d findings\n", report.Rows, len(report.Findings))
	}
	if err == nil && len(report.Findings) > 0 {
		return errAltered
	}
	return err
}

// verifierKeys returns the key given, else that beside the database, else none.
func verifierKeys(db, given string) ([]string, error) {
	if given != "" {
		return []string{given}, nil
	}
	text, err := os.ReadFile(db + ".pub")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return []string{strings.TrimSpace(string(text))}, err
}
