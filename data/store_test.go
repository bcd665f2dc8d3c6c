package data_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"strikewatch/data"
	"strikewatch/data/columns"
	"strikewatch/geo"
)

func TestHeldBy(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*data.Incident)
		want   map[string]any
	}{
		{"inside one area", nil, map[string]any{"held_by": "RED", "held_certainty": "certain", "held_shares": "RED:1", "held_records": "c1"}},
		{"after the change of hands", func(i *data.Incident) { i.DateStart, i.DateEnd = "2024-11-10", "2024-11-10" },
			map[string]any{"held_by": "BLUE", "held_certainty": "certain", "held_records": "c2"}},
		{"across the change of hands", func(i *data.Incident) { i.DateStart, i.DateEnd = "2024-11-09", "2024-11-10" },
			map[string]any{"held_by": "BLUE,RED", "held_certainty": "ambiguous", "held_shares": "BLUE:0.5,RED:0.5"}},
		{"some day that month", func(i *data.Incident) { i.DatePrecision = "month" },
			map[string]any{"held_by": "BLUE,RED", "held_certainty": "ambiguous", "held_shares": "BLUE:0.7,RED:0.3", "date_earliest": "2024-11-01", "date_latest": "2024-11-30"}},
		{"on the line between two holders", func(i *data.Incident) { i.Lon = ptr(97.0) },
			map[string]any{"held_by": "BLUE,RED", "held_certainty": "ambiguous", "held_shares": "BLUE:0.5,RED:0.5"}},
		{"where nobody is said to hold", func(i *data.Incident) { i.Lat = ptr(20.995) },
			map[string]any{"held_by": "RED", "held_certainty": "ambiguous"}},
		{"far from any assertion", func(i *data.Incident) { i.Lat = ptr(22.0) },
			map[string]any{"held_by": nil, "held_certainty": "unknown", "held_shares": nil}},
		{"the very place, though the disk is large", func(i *data.Incident) {
			i.PlaceCode, i.LocationPrecision, i.UncertaintyM = "west", "locality", ptr(90_000.0)
		}, map[string]any{"held_by": "RED", "held_certainty": "certain"}},
		{"only the township is known", func(i *data.Incident) {
			i.PlaceCode, i.LocationPrecision, i.UncertaintyM = "west", "township", ptr(90_000.0)
		}, map[string]any{"held_certainty": "ambiguous"}},
		{"nobody knows where", func(i *data.Incident) { i.Lon, i.Lat = nil, nil },
			map[string]any{"held_by": nil, "held_certainty": "unknown", "border_km": nil, "geometry": "null"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.mustWrite(create(strike(c.change)))
			w.expect(w.incident(time.Time{}), c.want)
		})
	}
}

func TestControlChangeReachesIncidents(t *testing.T) {
	w := newWorld(t)
	before := w.mustWrite(create(strike(nil)))
	after := w.mustWrite(update(&data.Control{ID: "c1", Place: "Westtown", PlaceCode: "west", Actor: "GREEN", Status: "controlled", ValidTo: "2024-11-10"}))
	if after.Written != 2 {
		t.Errorf("%d versions written, want the control's and the incident's", after.Written)
	}
	w.expect(w.incident(time.Time{}), map[string]any{"held_by": "GREEN", "version": 2})
	w.expect(w.incident(before.RecordedAt), map[string]any{"held_by": "RED", "version": 1})
	unrelated := w.mustWrite(update(&data.Control{ID: "c3", Place: "Easttown", PlaceCode: "east", Actor: "GREEN", Status: "controlled"}))
	if unrelated.Written != 1 {
		t.Errorf("%d versions written for a change far away, want 1", unrelated.Written)
	}
}

func TestWriteRefuses(t *testing.T) {
	w := newWorld(t)
	w.mustWrite(create(strike(nil)))
	seq, _ := w.DataVersion()
	for _, c := range []struct {
		name  string
		edit  data.Edit
		is    error
		field string
	}{
		{"what exists", create(strike(nil)), data.ErrConflict, ""},
		{"what does not", update(strike(func(i *data.Incident) { i.ID = "x9" })), data.ErrNotFound, ""},
		{"an old version", data.Edit{Operation: data.Update, Document: strike(nil), Version: 7}, data.ErrConflict, ""},
		{"a latitude of 95", update(strike(func(i *data.Incident) { i.Lat = ptr(95.0) })), nil, "lat"},
		{"the 31st of November", update(strike(func(i *data.Incident) { i.DateStart = "2024-11-31" })), nil, "date_start"},
		{"an unknown kind", update(strike(func(i *data.Incident) { i.Kind = "bombing" })), nil, "kind"},
		{"a negative toll", update(strike(func(i *data.Incident) { i.KilledMin = ptr(int64(-1)) })), nil, "killed"},
		{"a range upside down", update(strike(func(i *data.Incident) { i.KilledMin, i.KilledMax = ptr(int64(5)), ptr(int64(2)) })), nil, "killed_max"},
	} {
		t.Run(c.name, func(t *testing.T) {
			good := create(strike(func(i *data.Incident) { i.ID = "good" }))
			_, err := w.Write(context.Background(), "tester", []data.Edit{good, c.edit})
			var invalid *data.InvalidError
			switch {
			case c.is != nil && !errors.Is(err, c.is):
				t.Errorf("%v, want %v", err, c.is)
			case c.field != "" && (!errors.As(err, &invalid) || invalid.Field != c.field || invalid.Row != 2):
				t.Errorf("%v, want field %s in row 2", err, c.field)
			}
			if now, _ := w.DataVersion(); now != seq {
				t.Error("something was written")
			}
		})
	}
}

func TestReopenAnswersAlike(t *testing.T) {
	w := newWorld(t)
	first := w.mustWrite(create(strike(nil)))
	w.mustWrite(update(strike(func(i *data.Incident) { i.KilledMin = ptr(int64(3)) })))
	w.mustWrite(data.Edit{Operation: data.Delete, Collection: data.Incidents, ID: "x1"})
	w.mustWrite(create(strike(func(i *data.Incident) { i.Kind = "shelling" })))
	answers := func() string {
		var all []string
		for _, at := range []time.Time{{}, first.RecordedAt, first.RecordedAt.Add(time.Minute), first.RecordedAt.Add(2 * time.Minute)} {
			p := w.incident(at)
			all = append(all, fmt.Sprint(p["kind"], p["killed_min"], p["version"]))
		}
		return strings.Join(all, "; ")
	}
	want := "shelling<nil>4; airstrike<nil>1; airstrike32; <nil><nil><nil>"
	if got := answers(); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
		t.Errorf("before: %s\nwant:   %s", got, want)
	}
	before := answers()
	if err := w.Store.Close(); err != nil {
		t.Fatal(err)
	}
	w.open()
	if got := answers(); got != before {
		t.Errorf("after reopening: %s\nbefore: %s", got, before)
	}
	report, err := data.Verify(context.Background(), w.path, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Findings) > 0 {
		t.Errorf("a sound database: %v", report.Findings)
	}
}

func TestBandTellsCertainFromPossible(t *testing.T) {
	w := newWorld(t)
	w.mustWrite(create(strike(func(i *data.Incident) { i.UncertaintyM, i.LocationPrecision = ptr(3000.0), "locality" })))
	km := w.incident(time.Time{})["border_km"].(float64)
	for _, c := range []struct {
		within float64
		want   any
	}{{km + 4, "certain"}, {km, "possible"}, {km - 4, nil}} {
		q, err := w.Parse(data.Incidents, url.Values{"border": {"aaa-bbb"}, "within_km": {fmt.Sprint(c.within)}})
		if err != nil {
			t.Fatal(err)
		}
		page, err := w.Page(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		var got any
		if page.Returned > 0 {
			var f struct{ Properties map[string]any }
			if err := json.Unmarshal(w.features(page)[0], &f); err != nil {
				t.Fatal(err)
			}
			got = f.Properties["certainty"]
		}
		if got != c.want {
			t.Errorf("within %v km of %v: %v, want %v", c.within, km, got, c.want)
		}
	}
}

func TestParseNamesTheFix(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ name, value, field, hint string }{
		{"bbox", "1,2,3", "bbox", "west,south,east,north"},
		{"bbox", "1,95,3,96", "bbox", "west"},
		{"datetime", "2024-13-01", "datetime", "2024-11-01"},
		{"datetime", "2024-12-01/2024-11-01", "datetime", "earlier"},
		{"limit", "-1", "limit", "1 to 10000"},
		{"kinds", "airstrike", "kinds", "kind?"},
		{"kind", "bombing", "kind", "airstrike"},
		{"within_km", "50", "within_km", "aaa-bbb"},
		{"border", "xxx", "border", ""},
		{"after", "rubbish", "after", "next link"},
		{"sortby", "-killed", "sortby", "killed_min"},
		{"sortby", "date_start,summary", "sortby", "short property"},
		{"sortby", "border_distances", "sortby", "short property"},
		{"known_at", "yesterday", "known_at", "2024"},
	} {
		params := url.Values{c.name: {c.value}}
		if c.name == "border" {
			params.Set("within_km", "5")
		}
		_, err := w.Parse(data.Incidents, params)
		var invalid *data.InvalidError
		if !errors.As(err, &invalid) || invalid.Field != c.field || !strings.Contains(invalid.Hint, c.hint) {
			t.Errorf("%s=%s: %v, want field %s and a hint with %q", c.name, c.value, err, c.field, c.hint)
		}
	}
}

func TestTerritoryChangesHands(t *testing.T) {
	w := newWorld(t)
	day := func(s string) int32 {
		d, err := geo.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	changes, err := w.TerritoryChanges(context.Background(), day("2024-11-01"), day("2024-11-10"), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	cell := changes[0].GainedKM2 + changes[0].LostKM2
	if cell < 11_400 || cell > 11_700 { // a degree by a degree at 20.5 north
		t.Errorf("the cell has %v km²", cell)
	}
	for _, c := range changes {
		switch c.Actor {
		case "BLUE":
			if c.GainedKM2 != cell || c.LostKM2 != 0 || fmt.Sprint(c.GainedPlaces) != "[Westtown]" || c.AfterKM2 < 1.99*cell {
				t.Errorf("BLUE: %+v", c)
			}
		case "RED":
			if c.LostKM2 != cell || c.AfterKM2 != 0 || fmt.Sprint(c.LostPlaces) != "[Westtown]" {
				t.Errorf("RED: %+v", c)
			}
		}
	}
	sizes, err := w.TerritorySizes(context.Background(), day("2024-11-01"), day("2024-11-15"), 7, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if len(sizes) != 5 { // RED and BLUE twice, then BLUE alone
		t.Errorf("%+v", sizes)
	}
}

func TestSearchFindsWordsNotMarkup(t *testing.T) {
	w := newWorld(t)
	w.mustWrite(create(strike(func(i *data.Incident) { i.Summary = `Bombs fell on 100% of "လားရှိုး" market_hall.` })))
	for _, c := range []struct {
		q    string
		want int
	}{
		{"market", 1}, {"MARKET bombs", 1}, {"market school", 0}, {"school,market", 1}, {"လားရှိုး", 1}, {`"လားရှိုး"`, 1},
		{"100%", 1}, {"market_hall", 1}, {"marketXhall", 0}, {"uncertainty_m", 0}, {"paper", 1}, {"witness", 0},
	} {
		q, err := w.Parse(data.Incidents, url.Values{"q": {c.q}})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := w.Count(context.Background(), q); err != nil || n != c.want {
			t.Errorf("q=%s: %d, %v; want %d", c.q, n, err, c.want)
		}
	}
}

// TestProseIsFoundRegardlessOfCase asks for letters that SQLite knows no case
// of, some of every script that has it.
func TestProseIsFoundRegardlessOfCase(t *testing.T) {
	w := newWorld(t)
	var letters []string
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		if letter := string(r); utf8.ValidRune(r) && columns.FoldCase(letter) != letter {
			letters = append(letters, letter)
		}
	}
	for i := 0; i < len(letters); i += 29 {
		w.mustWrite(create(strike(func(s *data.Incident) { s.ID, s.Summary = fmt.Sprintf("letter-%d", i), "at the "+letters[i]+" school" })))
	}
	for i := 0; i < len(letters); i += 29 {
		for _, pattern := range []string{"%THE " + letters[i] + " S%", "%the " + columns.FoldCase(letters[i]) + " s%"} {
			q := data.Query{Collection: data.Incidents, Filter: columns.Like{Field: "summary", Pattern: pattern, Fold: true}}
			if n, err := w.Count(context.Background(), q); err != nil || n < 1 {
				t.Errorf("%s (%U): %d, %v", pattern, []rune(letters[i]), n, err)
			}
		}
	}
}

func TestWithoutAnyControlTheHolderIsUnknown(t *testing.T) {
	c := &clock{time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)}
	s, err := data.Open(filepath.Join(t.TempDir(), "bare.db"), data.Options{Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	w := &world{T: t, Store: s, clock: c}
	w.mustWrite(create(strike(func(i *data.Incident) { i.PlaceCode = "west" })))
	w.expect(w.incident(time.Time{}), map[string]any{"held_certainty": "unknown", "border": nil})
	q, err := s.Parse(data.Incidents, url.Values{"held_by": {""}})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.Count(context.Background(), q); err != nil || n != 1 {
		t.Errorf("held_by= finds %d, %v; want the one of which nothing is known", n, err)
	}
}
