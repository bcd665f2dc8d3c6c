package api_test

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"net/http/httptest"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"

	"strikewatch/data/starter"
)

func newStarterHandler(t *testing.T) http.Handler {
	t.Helper()
	store := newEmptyStore(t)
	if _, err := starter.Load(t.Context(), store); err != nil {
		t.Fatal(err)
	}
	return newHandler(t, store)
}

// TestStarter asks what the starter dataset is there to answer.
func TestStarter(t *testing.T) {
	h := newStarterHandler(t)
	t.Run("Lashio", func(t *testing.T) {
		page := decode[collection](t, get(t, h, "/api/collections/incidents/items?bbox=97.6,22.8,97.9,23.1&datetime=2024-11-01"))
		var found bool
		for _, f := range page.Features {
			p := f.Properties
			if p["munitions_count"] != 5.0 {
				continue
			}
			found = true
			for name, want := range map[string]any{"kind": "airstrike", "held_by": "MNDAA", "held_certainty": "certain", "border": "mmr-chn"} {
				if p[name] != want {
					t.Errorf("%s is %v, want %v", name, p[name], want)
				}
			}
			km, _ := p["border_km"].(float64)
			least, _ := p["border_km_min"].(float64)
			most, _ := p["border_km_max"].(float64)
			if km < 101 || km > 103 || km-least < 2.999 || km-least > 3.001 || most-km < 2.999 || most-km > 3.001 {
				t.Errorf("border_km %v, %v to %v", km, least, most)
			}
			if sources, _ := p["sources"].(string); !strings.Contains(sources, "Irrawaddy") {
				t.Errorf("sources %q", sources)
			}
			item := decode[feature](t, get(t, h, "/api/collections/incidents/items/"+f.ID))
			if len(item.Citations) == 0 || len(item.Links) == 0 {
				t.Errorf("item %s has %d citations", f.ID, len(item.Citations))
			}
		}
		if !found {
			t.Errorf("no bombing of Lashio in %v", page.Features)
		}
	})
	t.Run("territory", func(t *testing.T) {
		for day, want := range map[string]bool{"2024-11-01": true, "2025-05-01": false, "2023-10-01": false} {
			page := decode[collection](t, get(t, h, "/api/collections/territory/items?datetime="+day))
			holds := false
			actors := map[any]bool{}
			for _, f := range page.Features {
				actors[f.Properties["actor"]] = true
				if f.Properties["actor"] == "MNDAA" && f.Properties["status"] == "controlled" && contains(t, f.Geometry, orb.Point{97.7498, 22.9359}) {
					holds = true
					if km2, _ := f.Properties["area_km2"].(float64); km2 <= 0 {
						t.Errorf("area %v", f.Properties["area_km2"])
					}
				}
			}
			if holds != want {
				t.Errorf("on %s MNDAA holds Lashio: %v", day, holds)
			}
			if want && !actors["TNLA"] {
				t.Errorf("on %s no TNLA", day)
			}
		}
	})
	t.Run("certainty", func(t *testing.T) {
		for km, want := range map[string]string{"110": "certain", "102": "possible", "95": ""} {
			r := decode[feature](t, get(t, h, "/api/collections/incidents/items/mm-0119"))
			page := decode[collection](t, get(t, h, "/api/collections/incidents/items?limit=10000&border=mmr-chn&datetime=2024-11-01&within_km="+km))
			got := ""
			for _, f := range page.Features {
				if f.ID == r.ID {
					got, _ = f.Properties["certainty"].(string)
				}
			}
			if got != want {
				t.Errorf("within %s km: %q, want %q", km, got, want)
			}
		}
	})
	t.Run("tiles agree", func(t *testing.T) {
		for _, filter := range []string{"", "kind=airstrike", "held_certainty=unknown"} {
			matched := decode[collection](t, get(t, h, "/api/collections/incidents/items?limit=1&"+filter)).NumberMatched
			file := filepath.Join(t.TempDir(), "tile.mvt")
			if err := os.WriteFile(file, []byte(body(t, get(t, h, "/api/collections/incidents/tiles/WebMercatorQuad/0/0/0?"+filter))), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := exec.LookPath("ogrinfo"); err != nil {
				t.Skip("GDAL is not installed; scripts/bootstrap does")
			}
			if got := strings.Count(run(t, "ogrinfo", "-q", "-al", file), "OGRFeature("); got != matched {
				t.Errorf("%q: the tile of the world has %d incidents of %d", filter, got, matched)
			}
		}
	})
	t.Run("doors agree", func(t *testing.T) {
		for _, filter := range []string{"", "kind=airstrike", "datetime=2024-01-01/2024-12-31", "held_certainty=unknown", "border=mmr-chn&within_km=60", "killed_min=5"} {
			page := decode[collection](t, get(t, h, "/api/collections/incidents/items?limit=1&"+filter))
			lines := strings.Count(body(t, get(t, h, "/api/collections/incidents/items?f=jsonl&"+filter)), "\n")
			summary := decode[collection](t, get(t, h, "/api/summary?by=month&"+filter))
			timeline := decode[struct{ Buckets []struct{ Count int } }](t, get(t, h, "/api/timeline?bucket=week&by=kind&"+filter))
			total := 0
			for _, b := range timeline.Buckets {
				total += b.Count
			}
			if page.NumberMatched != lines || page.NumberMatched != summary.NumberMatched || page.NumberMatched != total || total == 0 {
				t.Errorf("%q: items %d, lines %d, summary %d, timeline %d", filter, page.NumberMatched, lines, summary.NumberMatched, total)
			}
		}
	})
}

func contains(t *testing.T, g *geometry, p orb.Point) bool {
	t.Helper()
	text, err := json.Marshal(map[string]any{"type": g.Type, "coordinates": g.Coordinates})
	if err != nil {
		t.Fatal(err)
	}
	read, err := geojson.UnmarshalGeometry(text)
	if err != nil {
		t.Fatal(err)
	}
	polygons, _ := read.Geometry().(orb.MultiPolygon)
	return planar.MultiPolygonContains(polygons, p)
}

// TestGDAL reads the API as QGIS would: GDAL lists the collections, reads all
// features page by page, and hands its filters on.
func TestGDAL(t *testing.T) {
	if _, err := exec.LookPath("ogrinfo"); err != nil {
		t.Skip("GDAL is not installed; scripts/bootstrap does")
	}
	h := newStarterHandler(t)
	var mu sync.Mutex
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, r.URL.RequestURI())
		mu.Unlock()
		h.ServeHTTP(w, r)
	}))
	defer server.Close()
	source := "OAPIF:" + server.URL + "/api"
	layers := run(t, "ogrinfo", source)
	for _, name := range []string{"incidents", "territory", "control", "areas", "places", "borders", "gates", "actors", "sources"} {
		if !strings.Contains(layers, ": "+name+" ") {
			t.Errorf("no layer %s in %s", name, layers)
		}
	}
	matched := decode[collection](t, get(t, h, "/api/collections/incidents/items?limit=1")).NumberMatched
	if got := strings.Count(run(t, "ogrinfo", "-q", "-al", "-oo", "PAGE_SIZE=50", source, "incidents"), "OGRFeature("); got != matched {
		t.Errorf("GDAL reads %d incidents of %d", got, matched)
	}
	run(t, "ogrinfo", "-q", source, "incidents", "-spat", "97.6", "22.8", "97.9", "23.1", "-where", "kind = 'airstrike' AND date_earliest >= '2024-11-01'")
	mu.Lock()
	last := asked[len(asked)-1]
	mu.Unlock()
	for _, part := range []string{"bbox=", "datetime=2024-11-01", "kind=airstrike"} {
		if !strings.Contains(last, part) {
			t.Errorf("GDAL does not hand on %s: %s", part, last)
		}
	}
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil || strings.Contains(string(out), "ERROR") || strings.Contains(string(out), "Warning") {
		t.Fatalf("%s %v: %v\n%.500s", name, args, err, out)
	}
	return string(out)
}
