package starter_test

import (
	"context"
	"encoding/json"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"

	"strikewatch/data"
	"strikewatch/data/starter"
)

// lashio is where the reports of strikes on the town are located.
var lashio = orb.Point{97.7498, 22.9359}

func load(t *testing.T) *data.Store {
	t.Helper()
	s, err := data.Open(filepath.Join(t.TempDir(), "starter.db"), data.Options{Now: func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if _, err := starter.Load(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	return s
}

// ask returns the features that answer a query in the API's words.
func ask(t *testing.T, s *data.Store, collection, query string) []*geojson.Feature {
	t.Helper()
	params, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	q, err := s.Parse(collection, params)
	if err != nil {
		t.Fatal(err)
	}
	var all []*geojson.Feature
	err = s.Stream(context.Background(), q, func(feature []byte) error {
		f, err := geojson.UnmarshalFeature(feature)
		all = append(all, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTheBombingOfLashio(t *testing.T) {
	s := load(t)
	found := ask(t, s, data.Incidents, "bbox=97.6,22.8,97.9,23.1&datetime=2024-11-01")
	if len(found) != 1 {
		t.Fatalf("%d incidents, want one", len(found))
	}
	p := found[0].Properties
	for name, want := range map[string]any{
		"kind": "airstrike", "munitions_count": 5.0, "held_by": "MNDAA", "held_certainty": "certain", "border": "mmr-chn",
		"killed_min": nil, "place_code": "MMR015001701",
	} {
		if p[name] != want {
			t.Errorf("%s is %v, want %v", name, p[name], want)
		}
	}
	km, least, most := p["border_km"].(float64), p["border_km_min"].(float64), p["border_km_max"].(float64)
	if km < 101 || km > 103 || !near(km-least, 3) || !near(most-km, 3) {
		t.Errorf("border at %v km, %v to %v", km, least, most)
	}
	if !strings.Contains(p["sources"].(string), "The Irrawaddy") {
		t.Errorf("sources: %v", p["sources"])
	}
}

func near(a, b float64) bool { return a-b < 0.002 && b-a < 0.002 }

func TestWhoHeldLashio(t *testing.T) {
	s := load(t)
	for _, c := range []struct {
		day  string
		want string // the actors whose territory, of any status, covers the town
	}{
		{"2023-10-01", "SAC controlled"},
		{"2024-07-15", "MNDAA contested, SAC contested"},
		{"2024-11-01", "MNDAA controlled"},
		{"2025-05-01", "SAC controlled"},
	} {
		var holders []string
		mndaa := 0.0
		for _, f := range ask(t, s, data.Territory, "datetime="+c.day) {
			if f.Properties["actor"] == "MNDAA" && f.Properties["status"] == "controlled" {
				mndaa = f.Properties["area_km2"].(float64)
			}
			if planar.MultiPolygonContains(f.Geometry.(orb.MultiPolygon), lashio) {
				holders = append(holders, f.Properties["actor"].(string)+" "+f.Properties["status"].(string))
			}
		}
		if got := strings.Join(holders, ", "); got != c.want {
			t.Errorf("on %s Lashio lies in the territory of %q, want %q", c.day, got, c.want)
		}
		if (mndaa > 0) != (c.day != "2023-10-01") {
			t.Errorf("on %s the MNDAA controls %v km²", c.day, mndaa)
		}
	}
}

func TestUnsourcedPlacesBelongToNobody(t *testing.T) {
	s := load(t)
	asserted := map[any]bool{}
	for _, f := range ask(t, s, data.Controls, "") {
		asserted[f.Properties["place_code"]] = true
	}
	held := ask(t, s, data.Territory, "datetime=2024-11-01")
	unsourced := 0
	for _, place := range ask(t, s, data.Places, "kind=town") {
		if asserted[place.Properties["code"]] {
			continue
		}
		unsourced++
		for _, f := range held {
			if planar.MultiPolygonContains(f.Geometry.(orb.MultiPolygon), place.Geometry.(orb.Point)) {
				t.Errorf("%v, of which no source speaks, lies in the territory of %v", place.Properties["name"], f.Properties["actor"])
			}
		}
	}
	if unsourced < 400 {
		t.Errorf("only %d towns without an assertion", unsourced)
	}
}

// TestHolderAgreesWithReports sets the computed holder beside what the reports
// themselves say, which the computation never reads.
func TestHolderAgreesWithReports(t *testing.T) {
	s := load(t)
	said, certain, agree := 0, 0, 0
	for _, f := range ask(t, s, data.Incidents, "") {
		p := f.Properties
		if p["said_held_by"] == nil {
			continue
		}
		said++
		if p["held_certainty"] != "certain" {
			continue
		}
		certain++
		if p["held_by"] == p["said_held_by"] {
			agree++
			continue
		}
		t.Logf("%v %v %v: computed %v (record %v), reported %v", p["id"], p["date_start"], p["place"], p["held_by"], p["held_records"], p["said_held_by"])
	}
	t.Logf("%d reports name a holder, %d answers are certain, %d of those agree", said, certain, agree)
	if said < 80 || certain < 20 || agree*10 < certain*8 {
		t.Errorf("%d of %d certain answers agree (of %d reports), want at least 80 %%", agree, certain, said)
	}
}

func TestBandAroundLashio(t *testing.T) {
	s := load(t)
	for _, c := range []struct{ within, want string }{{"110", "certain"}, {"102", "possible"}, {"95", ""}} {
		got := ""
		for _, f := range ask(t, s, data.Incidents, "border=mmr-chn&within_km="+c.within+"&datetime=2024-09-01/2024-11-30") {
			if f.ID == "mm-0119" {
				got = f.Properties["certainty"].(string)
			}
		}
		if got != c.want {
			t.Errorf("within %s km: %q, want %q", c.within, got, c.want)
		}
	}
}

func TestEveryAttributionIsWhole(t *testing.T) {
	d, err := starter.Deployment()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range d.Attribution {
		if a.Title == "" || a.Origin == "" || a.Licence == "" || a.Attribution == "" {
			text, _ := json.Marshal(a)
			t.Errorf("incomplete: %s", text)
		}
	}
}
