package data_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"strikewatch/data"
)

// TestFollow: two processes with one database write in turn, at random, edits
// and imports of many rows. Each then shows what the other wrote, now and as
// known at any time before, and neither takes the other's place in the log.
func TestFollow(t *testing.T) {
	w := newWorld(t)
	open := func() *editor {
		store, err := data.Open(w.path, data.Options{Now: w.clock.now})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		return newEditor(&world{T: t, Store: store, clock: w.clock, path: w.path}, 5)
	}
	server, other := newEditor(w, 4), open()
	other.there, other.hidden = server.there, server.hidden
	var heard int
	server.Subscribe(func(changes []data.Change) { heard += len(changes) })
	var instants []time.Time
	for n := range 40 {
		writer := []*editor{server, other}[server.random.IntN(2)]
		if n == 20 {
			if _, err := other.Import(context.Background(), "other", "", strikes(17_000, nil), nil); err != nil {
				t.Fatal(err)
			}
		}
		before := heard
		instants = append(instants, writer.step().RecordedAt)
		if writer == other && n%3 > 0 {
			if err := server.Follow(context.Background()); err != nil {
				t.Fatal(err)
			}
			if heard == before {
				t.Errorf("step %d: nobody was told", n)
			}
			w.same(fmt.Sprintf("step %d", n), server.view(time.Time{}, everything()...), other.view(time.Time{}, everything()...))
		}
	}
	for _, one := range []*editor{server, other} {
		if err := one.Follow(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	fresh := open()
	for _, at := range append(instants, time.Time{}) {
		want := fresh.view(at, everything()...)
		w.same(fmt.Sprint("the server, known at ", at), server.view(at, everything()...), want)
		w.same(fmt.Sprint("the other, known at ", at), other.view(at, everything()...), want)
	}
	report, err := data.Verify(context.Background(), w.path, nil, nil)
	if err != nil || !report.Sound() {
		t.Errorf("verify: %v %+v", err, report)
	}
}

// TestWritersAtOnce: two processes that write at the same time both succeed.
func TestWritersAtOnce(t *testing.T) {
	w := newWorld(t)
	var stores []*data.Store
	for range 2 {
		store, err := data.Open(w.path, data.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		stores = append(stores, store)
	}
	var all sync.WaitGroup
	for k, store := range stores {
		all.Go(func() {
			for n := range 30 {
				edit := create(strike(func(i *data.Incident) { i.ID = fmt.Sprintf("w%d-%d", k, n) }))
				if _, err := store.Write(context.Background(), "tester", []data.Edit{edit}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	for _, store := range stores {
		if err := store.Follow(context.Background()); err != nil {
			t.Fatal(err)
		}
		if n, err := store.Count(context.Background(), data.Query{Collection: data.Incidents}); err != nil || n != 60 {
			t.Errorf("%d incidents, %v", n, err)
		}
	}
	report, err := data.Verify(context.Background(), w.path, nil, nil)
	if err != nil || !report.Sound() {
		t.Errorf("verify: %v %+v", err, report)
	}
}
