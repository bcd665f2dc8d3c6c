package data_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"strikewatch/data"
)

// strikes are n incidents, and a failure at the end when there is one.
func strikes(n int, failure error) iter.Seq2[*data.Incident, error] {
	return func(yield func(*data.Incident, error) bool) {
		for i := range n {
			if !yield(strike(func(d *data.Incident) { d.ID = fmt.Sprint("m", i) }), nil) {
				return
			}
		}
		if failure != nil {
			yield(nil, failure)
		}
	}
}

// journal returns the mode in which the file is kept, as another program sees it.
func journal(t *testing.T, path string) (mode string) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(`PRAGMA journal_mode`).Scan(&mode); err != nil {
		t.Fatal(err)
	}
	return mode
}

// TestImport: alone with the database or beside a server that reads it, all
// rows come in or none, and the database is left as it is always kept.
func TestImport(t *testing.T) {
	broken := errors.New("the file breaks off")
	for _, beside := range []bool{false, true} {
		t.Run(fmt.Sprint("beside a server: ", beside), func(t *testing.T) {
			w := newWorld(t)
			if !beside {
				if err := w.Store.Close(); err != nil {
					t.Fatal(err)
				}
				defer w.open() // for the clean-up
			}
			command, err := data.Open(w.path, data.Options{Now: w.clock.now, OnDemand: true})
			if err != nil {
				t.Fatal(err)
			}
			before, _ := command.DataVersion()
			if _, err := command.Import(context.Background(), "tester", "", strikes(20_000, broken), nil); !errors.Is(err, broken) {
				t.Errorf("a file that breaks off: %v", err)
			}
			if now, _ := command.DataVersion(); now != before {
				t.Errorf("a file that breaks off left %d versions", now-before)
			}
			w.clock.advance(time.Minute)
			receipt, err := command.Import(context.Background(), "tester", "", strikes(20_000, nil), nil)
			if err != nil || receipt.Written != 20_000 {
				t.Fatalf("%d written: %v", receipt.Written, err)
			}
			if n, err := command.Count(context.Background(), data.Query{Collection: data.Incidents}); err != nil || n != 20_000 {
				t.Errorf("%d incidents, %v", n, err)
			}
			if mode := journal(t, w.path); mode != "wal" {
				t.Errorf("the journal is %s", mode)
			}
			if err := command.Close(); err != nil {
				t.Fatal(err)
			}
			report, err := data.Verify(context.Background(), w.path, nil, nil)
			if err != nil || !report.Sound() || report.Rows != before+20_000 {
				t.Errorf("verify: %v %+v", err, report)
			}
		})
	}
}

// TestImportNextToAWriter: while another process writes, an import is refused
// in so many words and leaves nothing.
func TestImportNextToAWriter(t *testing.T) {
	w := newWorld(t)
	db, err := sql.Open("sqlite3", "file:"+w.path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	command, err := data.Open(w.path, data.Options{Now: w.clock.now, OnDemand: true})
	if err != nil {
		t.Fatal(err)
	}
	defer command.Close()
	if _, err := command.Import(context.Background(), "tester", "", strikes(3, nil), nil); err == nil || !strings.Contains(err.Error(), "locked") {
		t.Errorf("an import while another writes: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if r, err := command.Import(context.Background(), "tester", "", strikes(3, nil), nil); err != nil || r.Written != 3 {
		t.Errorf("and then: %+v, %v", r, err)
	}
}
