package data_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"strikewatch/data"
)

// clock is a time that tests set.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func (c *clock) advance(d time.Duration) { c.at = c.at.Add(d) }

// world is a store with one square town area on each side of a meridian, a
// border in the north, and one incident.
type world struct {
	*testing.T
	*data.Store
	clock *clock
	path  string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, clock: &clock{time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)}, path: filepath.Join(t.TempDir(), "test.db")}
	w.open()
	t.Cleanup(func() { w.Store.Close() })
	square := func(west, east float64) json.RawMessage {
		return json.RawMessage(fmt.Sprintf(`{"type":"Polygon","coordinates":[[[%[1]v,20],[%[2]v,20],[%[2]v,21],[%[1]v,21],[%[1]v,20]]]}`, west, east))
	}
	w.mustWrite(
		create(&data.Place{Code: "west", Name: "Westtown", Kind: "town", TownshipCode: "T1", Township: "Westtown", StateRegion: "North", Lon: 96.5, Lat: 20.5}),
		create(&data.Place{Code: "east", Name: "Easttown", Kind: "town", TownshipCode: "T2", Township: "Easttown", StateRegion: "North", Lon: 97.5, Lat: 20.5}),
		create(&data.Area{Code: "area-west", Name: "Westtown", Level: "town", PlaceCode: "west", AccuracyM: 1000, Geometry: square(96, 97)}),
		create(&data.Area{Code: "area-east", Name: "Easttown", Level: "town", PlaceCode: "east", AccuracyM: 1000, Geometry: square(97, 98)}),
		create(&data.Border{Code: "aaa-bbb", Name: "A and B", Countries: "AAA,BBB", Geometry: json.RawMessage(`{"type":"LineString","coordinates":[[95,21.5],[99,21.5]]}`)}),
		create(&data.Source{ID: "s1", Publisher: "The Paper", URL: "https://example.org/1", Published: "2024-11-02"}),
		create(&data.Source{ID: "s2", Publisher: "A witness", Confidential: true}),
		create(&data.Control{ID: "c1", Place: "Westtown", PlaceCode: "west", Actor: "RED", Status: "controlled", ValidTo: "2024-11-10"}),
		create(&data.Control{ID: "c2", Place: "Westtown", PlaceCode: "west", Actor: "BLUE", Status: "controlled", ValidFrom: "2024-11-10", DatePrecision: "day"}),
		create(&data.Control{ID: "c3", Place: "Easttown", PlaceCode: "east", Actor: "BLUE", Status: "controlled"}),
	)
	return w
}

func (w *world) open() {
	w.Helper()
	s, err := data.Open(w.path, data.Options{Now: w.clock.now})
	if err != nil {
		w.Fatal(err)
	}
	w.Store = s
}

func create(d data.Document) data.Edit { return data.Edit{Operation: data.Create, Document: d} }

func update(d data.Document) data.Edit { return data.Edit{Operation: data.Update, Document: d} }

func (w *world) mustWrite(edits ...data.Edit) data.Receipt {
	w.Helper()
	w.clock.advance(time.Minute)
	r, err := w.Write(context.Background(), "tester", edits)
	if err != nil {
		w.Fatal(err)
	}
	return r
}

func ptr[T any](v T) *T { return &v }

// strike is an incident at Westtown's edge on 2024-11-01.
func strike(change func(*data.Incident)) *data.Incident {
	i := &data.Incident{
		ID: "x1", Kind: "airstrike", DateStart: "2024-11-01", DateEnd: "2024-11-01", DatePrecision: "day",
		Place: "Westtown (market)", Township: "Westtown", TownshipCode: "T1", StateRegion: "North", Lon: ptr(96.5), Lat: ptr(20.5),
		LocationPrecision: "exact", Attacker: "RED", Status: "reported", Summary: "Bombs on the market.",
		Citations: []data.Citation{{Source: "s1"}, {Source: "s2", Claim: "saw it"}},
	}
	if change != nil {
		change(i)
	}
	return i
}

// features returns copies of a page's features.
func (w *world) features(page data.Page) (all [][]byte) {
	w.Helper()
	err := page.Each(func(feature []byte) error {
		all = append(all, bytes.Clone(feature))
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
	return all
}

// incident returns the one public incident's properties, or nil.
func (w *world) incident(known time.Time) map[string]any {
	w.Helper()
	page, err := w.Page(context.Background(), data.Query{Collection: data.Incidents, KnownAt: known, Limit: 10})
	if err != nil {
		w.Fatal(err)
	}
	features := w.features(page)
	if len(features) == 0 {
		return nil
	}
	var f struct {
		Geometry   json.RawMessage
		Properties map[string]any
	}
	if err := json.Unmarshal(features[0], &f); err != nil {
		w.Fatal(err)
	}
	f.Properties["geometry"] = string(f.Geometry)
	return f.Properties
}

func (w *world) expect(p map[string]any, want map[string]any) {
	w.Helper()
	for name, v := range want {
		if fmt.Sprint(p[name]) != fmt.Sprint(v) {
			w.Errorf("%s is %v, want %v", name, p[name], v)
		}
	}
}
