package data_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"strikewatch/data"
)

func TestGate(t *testing.T) {
	t.Run("withheld", func(t *testing.T) {
		w := newWorld(t)
		shown := w.mustWrite(create(strike(nil)))
		w.mustWrite(update(strike(func(i *data.Incident) { i.Withheld = true })))
		for _, at := range []time.Time{{}, shown.RecordedAt} {
			if p := w.incident(at); p != nil {
				t.Errorf("known at %v: a withheld incident is shown", at)
			}
		}
		if _, err := w.Item(context.Background(), data.Incidents, "x1", time.Time{}); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("item: %v, want ErrNotFound", err)
		}
		if _, err := w.History(context.Background(), data.Incidents, "x1"); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("history: %v, want ErrNotFound", err)
		}
	})
	t.Run("delayed", func(t *testing.T) {
		w := newWorld(t)
		w.mustWrite(create(strike(func(i *data.Incident) { i.PublishAfter = "2025-02-01T00:00:00Z" })))
		if w.incident(time.Time{}) != nil {
			t.Error("shown before its time")
		}
		w.clock.at = time.Date(2025, 2, 1, 0, 0, 0, 0, time.UTC)
		if w.incident(time.Time{}) == nil {
			t.Error("not shown at its time")
		}
	})
	t.Run("coarsened", func(t *testing.T) {
		w := newWorld(t)
		w.mustWrite(create(strike(func(i *data.Incident) {
			i.Lon, i.Lat, i.PublicPrecision, i.PublicSummary = ptr(96.6123), ptr(20.7321), "township", "A strike in the township."
		})))
		p := w.incident(time.Time{})
		w.expect(p, map[string]any{"geometry": `{"type":"Point","coordinates":[96.5,20.5]}`, "location_precision": "township",
			"uncertainty_m": 20000, "place": nil, "summary": "A strike in the township."})
		text, _ := json.Marshal(p)
		for _, secret := range []string{"96.6", "20.7", "market"} {
			if strings.Contains(string(text), secret) {
				t.Errorf("the public view gives away %q: %s", secret, text)
			}
		}
	})
	t.Run("confidential source", func(t *testing.T) {
		w := newWorld(t)
		w.mustWrite(create(strike(nil)))
		item, err := w.Item(context.Background(), data.Incidents, "x1", time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if len(item.Citations) != 1 || item.Citations[0].Source != "s1" || strings.Contains(string(item.Feature), "witness") {
			t.Errorf("citations %v", item.Citations)
		}
	})
}

func TestChangesTellDeletionsAndNothingMore(t *testing.T) {
	w := newWorld(t)
	_, start := w.DataVersion()
	w.mustWrite(create(strike(nil)), create(strike(func(i *data.Incident) { i.ID, i.Withheld = "secret", true })))
	middle := w.mustWrite(update(strike(func(i *data.Incident) { i.KilledMin = ptr(int64(1)) })))
	end := w.mustWrite(update(strike(func(i *data.Incident) { i.Withheld = true })))
	list := func(after, until time.Time) string {
		changes, err := w.Changes(context.Background(), after, until, 100)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, c := range changes {
			all = append(all, fmt.Sprintf("%s %s %d", c.Operation, c.ID, c.Version))
		}
		return strings.Join(all, ", ")
	}
	for _, c := range []struct {
		after, until time.Time
		want         string
	}{
		{start, end.RecordedAt, "delete x1 0"},
		{middle.RecordedAt, end.RecordedAt, "delete x1 0"},
		{end.RecordedAt, end.RecordedAt.Add(time.Hour), ""},
	} {
		if got := list(c.after, c.until); got != c.want {
			t.Errorf("changes: %q, want %q", got, c.want)
		}
	}
}

func TestReleaseBringsDelayedControlIntoForce(t *testing.T) {
	w := newWorld(t)
	w.mustWrite(create(strike(nil)))
	late := &data.Control{ID: "c4", Place: "Westtown", PlaceCode: "west", Actor: "GREEN", Status: "controlled", ValidTo: "2024-11-10", PublishAfter: "2025-03-01T00:00:00Z"}
	w.mustWrite(create(late))
	w.expect(w.incident(time.Time{}), map[string]any{"held_by": "RED", "held_certainty": "certain"})
	w.clock.at = time.Date(2025, 3, 1, 0, 0, 1, 0, time.UTC)
	if _, err := w.Release(context.Background()); err != nil {
		t.Fatal(err)
	}
	w.expect(w.incident(time.Time{}), map[string]any{"held_by": "GREEN,RED", "held_certainty": "ambiguous"})
	if r, err := w.Release(context.Background()); err != nil || r.Written != 0 {
		t.Errorf("a second release wrote %d, %v", r.Written, err)
	}
}

func TestForbiddenSourcesStayOutAndAreCounted(t *testing.T) {
	w := newWorld(t)
	w.mustWrite(create(&data.Source{ID: "s3", Publisher: "A dataset", NoRedistribution: true}),
		create(strike(func(i *data.Incident) { i.Citations = []data.Citation{{Source: "s3"}} })),
		create(strike(func(i *data.Incident) {
			i.ID, i.Withheld, i.Citations = "x2", true, []data.Citation{{Source: "s3"}}
		})))
	if w.incident(time.Time{}) != nil {
		t.Error("a row that may not be redistributed is shown")
	}
	if n, err := w.LeftOut(context.Background()); err != nil || n != 1 {
		t.Errorf("left out: %d, %v; want 1", n, err)
	}
	w.mustWrite(update(&data.Source{ID: "s3", Publisher: "A dataset"}))
	if n, err := w.LeftOut(context.Background()); err != nil || n != 0 {
		t.Errorf("left out once it may be shown: %d, %v; want 0", n, err)
	}
	if w.incident(time.Time{}) == nil {
		t.Error("a row that may be redistributed again is not shown")
	}
}

// TestSourceBecomesConfidential: who told must not be found in yesterday's
// answer either, whether the incident was edited since or deleted.
func TestSourceBecomesConfidential(t *testing.T) {
	for _, change := range []func(*data.Source){
		func(s *data.Source) { s.Confidential = true },
		func(s *data.Source) { s.NoRedistribution = true },
	} {
		w := newWorld(t)
		second := data.Citation{Source: "s3"}
		w.mustWrite(create(&data.Source{ID: "s3", Publisher: "Other Paper"}),
			create(strike(func(i *data.Incident) { i.Citations = append(i.Citations, second) })),
			create(strike(func(i *data.Incident) { i.ID = "x2" })),
			create(strike(func(i *data.Incident) { i.ID, i.PublicPrecision = "x3", "township" })),
			create(strike(func(i *data.Incident) { i.ID, i.Citations = "x4", []data.Citation{second} })))
		shown := w.mustWrite(update(strike(func(i *data.Incident) { i.ID, i.Citations = "x4", []data.Citation{second}; i.KilledMin = ptr(int64(2)) })),
			data.Edit{Operation: data.Delete, Collection: data.Incidents, ID: "x2"})
		kept := w.view(shown.RecordedAt, data.Incidents)["incidents x4"]
		now := &data.Source{ID: "s1", Publisher: "The Paper", URL: "https://example.org/1", Published: "2024-11-02"}
		change(now)
		w.mustWrite(update(now))
		for _, at := range []time.Time{shown.RecordedAt, shown.RecordedAt.Add(-time.Second), {}} {
			v := w.view(at, data.Incidents)
			for key, feature := range v {
				if strings.Contains(feature, "The Paper") && now.Confidential {
					t.Errorf("known at %v: %s names the source: %s", at, key, feature)
				}
			}
			if v["incidents x2"] != "" {
				t.Errorf("known at %v: x2 is shown", at)
			}
			if at.IsZero() && (v["incidents x1"] == "" || v["incidents x3"] == "") {
				t.Errorf("now: what others report too, or is told coarsely, is not shown: %v", v)
			}
		}
		if got := w.view(shown.RecordedAt, data.Incidents)["incidents x4"]; got != kept {
			t.Errorf("what rests on another source changed: %s, was %s", got, kept)
		}
		if report, err := data.Verify(context.Background(), w.path, nil, nil); err != nil || !report.Sound() {
			t.Errorf("verify: %v %+v", err, report)
		}
	}
}

func TestTheFutureIsNotKnown(t *testing.T) {
	w := newWorld(t)
	w.mustWrite(create(strike(func(i *data.Incident) { i.PublishAfter = "2025-02-01T00:00:00Z" })))
	later := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	if w.incident(later) != nil {
		t.Error("known_at in the future shows what is delayed")
	}
	if _, err := w.Item(context.Background(), data.Incidents, "x1", later); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("item: %v", err)
	}
}
