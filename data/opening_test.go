package data_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"strikewatch/data"
)

// TestDelayedRecordOpens: the version of the data, the changes and the
// listeners know the moment at which a delayed record becomes public.
func TestDelayedRecordOpens(t *testing.T) {
	w := newWorld(t)
	opens := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	w.mustWrite(create(strike(func(i *data.Incident) { i.ID, i.PublishAfter = "late", opens.Format(time.RFC3339) })),
		create(strike(func(i *data.Incident) { i.ID, i.PublishAfter = "later", opens.Add(time.Hour).Format(time.RFC3339) })))
	w.mustWrite(create(&data.Control{ID: "c9", Place: "Easttown", PlaceCode: "east", Actor: "GREEN", Status: "claimed", PublishAfter: opens.Format(time.RFC3339)}))
	var heard []string
	defer w.Subscribe(func(changes []data.Change) {
		for _, c := range changes {
			heard = append(heard, c.ID)
		}
	})()
	before, written := w.DataVersion()
	shown := func() int {
		n, err := w.Count(context.Background(), data.Query{Collection: data.Incidents})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	w.clock.at = opens.Add(-time.Second)
	if number, at := w.DataVersion(); number != before || !at.Equal(written) || shown() != 0 {
		t.Errorf("before its time: version %d since %v, %d shown", number, at, shown())
	}
	w.clock.at = opens
	if number, at := w.DataVersion(); number != before+1 || !at.Equal(opens) || shown() != 1 {
		t.Errorf("at its time: version %d since %v, %d shown, want %d since %v", number, at, shown(), before+1, opens)
	}
	if _, err := w.Release(context.Background()); err != nil {
		t.Fatal(err)
	}
	if number, _ := w.DataVersion(); number != before+2 || !slices.Equal(heard, []string{"late", "c9"}) {
		t.Errorf("after the release: version %d, heard of %v", number, heard)
	}
	w.clock.at = opens.Add(2 * time.Hour)
	number, at := w.DataVersion()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w.open()
	if again, at2 := w.DataVersion(); number != before+3 || again != number || !at2.Equal(at) || shown() != 2 {
		t.Errorf("after a restart: version %d since %v, want %d since %v", again, at2, number, at)
	}
}

// TestSupersededBeforeItsTime: what was replaced before it became public is
// never told of.
func TestSupersededBeforeItsTime(t *testing.T) {
	w := newWorld(t)
	w.mustWrite(create(strike(func(i *data.Incident) {
		i.Summary, i.PublishAfter = "Not yet", w.clock.at.Add(time.Hour).Format(time.RFC3339)
	})))
	w.mustWrite(update(strike(func(i *data.Incident) { i.Summary = "Now" })))
	w.clock.advance(2 * time.Hour)
	versions, err := w.History(context.Background(), data.Incidents, "x1")
	if err != nil || len(versions) != 1 || versions[0].Version != 2 {
		t.Errorf("history %+v, %v", versions, err)
	}
	changes, err := w.Changes(context.Background(), time.Time{}, time.Time{}, 10, data.Incidents)
	if err != nil || len(changes) != 1 || changes[0].Version != 2 {
		t.Errorf("changes %+v, %v", changes, err)
	}
}
