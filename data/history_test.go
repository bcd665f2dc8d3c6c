package data_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"strikewatch/data"
)

// view is everything that the public sees, by "collection id".
type view map[string]string

func (w *world) view(known time.Time, collections ...string) view {
	w.Helper()
	v := view{}
	for _, collection := range collections {
		err := w.Stream(context.Background(), data.Query{Collection: collection, KnownAt: known}, func(feature []byte) error {
			id, _, _ := bytes.Cut(feature[bytes.Index(feature, []byte(`"id":"`))+6:], []byte{'"'})
			key := collection + " " + string(id)
			if v[key] != "" {
				return fmt.Errorf("%s comes twice", key)
			}
			v[key] = string(feature)
			return nil
		})
		if err != nil {
			w.Fatal(err)
		}
	}
	return v
}

func (w *world) same(what string, got, want view) {
	w.Helper()
	for key := range maps.Keys(want) {
		if got[key] != want[key] {
			w.Errorf("%s: %s is\n%s\nwant\n%s", what, key, got[key], want[key])
		}
	}
	for key := range maps.Keys(got) {
		if want[key] == "" {
			w.Errorf("%s: %s is shown: %s", what, key, got[key])
		}
	}
}

func everything() []string {
	return []string{data.Incidents, data.Controls, data.Areas, data.Places, data.Borders, data.Gates, data.Actors, data.Sources, data.Territory}
}

// replay reads the log's rows by themselves and returns what the public saw
// once those up to a time were written: of each record the last version.
func replay(t *testing.T, path string, until time.Time) view {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(`SELECT collection, id, recorded_at, doc IS NULL, coalesce(feature, '') FROM version ORDER BY seq`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	v := view{}
	for rows.Next() {
		var collection, id, at, feature string
		var deleted bool
		if err := rows.Scan(&collection, &id, &at, &deleted, &feature); err != nil {
			t.Fatal(err)
		}
		recorded, err := time.Parse(time.RFC3339Nano, at)
		if err != nil {
			t.Fatal(err)
		}
		if recorded.After(until) {
			break
		}
		if delete(v, collection+" "+id); !deleted && feature != "" {
			v[collection+" "+id] = feature
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return v
}

// TestKnownAtIsWhatWasShown: after any history, what is answered as known at
// each recorded instant equals what was answered then, and what the log's rows
// say; but for records that became stricter since, of which nothing earlier is
// told. So it is also for a store that reads the database anew.
func TestKnownAtIsWhatWasShown(t *testing.T) {
	seeds := uint64(12)
	if testing.Short() {
		seeds = 3
	}
	for seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			e := newEditor(w, seed)
			var instants []time.Time
			shown := map[time.Time]view{}
			for range 40 {
				at := e.step().RecordedAt
				instants = append(instants, at)
				shown[at] = w.view(time.Time{}, everything()...)
			}
			w.checkPast("as it was written", e, instants, shown)
			if err := w.Store.Close(); err != nil {
				t.Fatal(err)
			}
			w.open()
			w.checkPast("read anew", e, instants, shown)
			w.same("now, read anew", w.view(time.Time{}, everything()...), shown[instants[len(instants)-1]])
		})
	}
}

func (w *world) checkPast(what string, e *editor, instants []time.Time, shown map[time.Time]view) {
	w.Helper()
	for n, at := range instants {
		want := maps.Clone(shown[at])
		logged := replay(w.T, w.path, at)
		for id, stricter := range e.hidden {
			if at.Before(stricter) {
				delete(want, "incidents "+id)
				delete(logged, "incidents "+id)
			}
		}
		name := fmt.Sprintf("%s, step %d", what, n)
		w.same(name, w.view(at, everything()...), want)
		stored := slices.DeleteFunc(everything(), func(c string) bool { return c == data.Territory })
		w.same(name+", by the log", w.view(at, stored...), logged)
		if n+1 < len(instants) { // nothing happens between two writes
			w.same(name+", a moment before the next", w.view(instants[n+1].Add(-time.Microsecond), data.Incidents), w.view(at, data.Incidents))
		}
	}
}
