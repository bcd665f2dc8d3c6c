package starter_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"
	"github.com/paulmach/orb/planar"
)

// cell is one feature of town-areas.geojson with the places it stands for.
type cell struct {
	code  string
	land  orb.MultiPolygon
	sites []orb.Point
}

func cells(t *testing.T) []cell {
	t.Helper()
	places := map[string]orb.Point{}
	for _, file := range []string{"towns.csv", "places-extra.csv"} {
		for _, row := range table(t, file) {
			lon, err := strconv.ParseFloat(row["lon"], 64)
			if err != nil {
				t.Fatal(err)
			}
			lat, err := strconv.ParseFloat(row["lat"], 64)
			if err != nil {
				t.Fatal(err)
			}
			if row["kind"] != "gate" && row["kind"] != "trade_zone" {
				places[row["code"]] = orb.Point{lon, lat}
			}
		}
	}
	var all []cell
	for _, f := range shapes(t, "town-areas.geojson") {
		c := cell{code: f.Properties.MustString("code"), land: polygons(f)}
		if place := f.Properties.MustString("place_code"); c.code != "area-"+place || f.Properties["generalised"] != true || f.Properties["accuracy_m"] != 15000.0 {
			t.Errorf("%s: %v", c.code, f.Properties)
		}
		for code := range strings.SplitSeq(f.Properties.MustString("place_codes"), ",") {
			p, ok := places[code]
			if !ok {
				t.Errorf("%s: no place %q, or it has another area", c.code, code)
			}
			delete(places, code)
			c.sites = append(c.sites, p)
		}
		all = append(all, c)
	}
	for code := range places {
		t.Errorf("%s has no area", code)
	}
	return all
}

func TestTownsLieInTheirAreas(t *testing.T) {
	for _, c := range cells(t) {
		for _, p := range c.sites {
			// The gazetteer puts Pang War 27 m beyond the line with China.
			if !planar.MultiPolygonContains(c.land, p) && metresToOutline(c.land, p) > 30 {
				t.Errorf("%s does not hold its town at %v", c.code, p)
			}
		}
	}
}

// TestAreasTileTheCountry holds every edge to be walked once each way by two
// neighbours, or once along the outline: no overlap, no gap, no sliver between.
func TestAreasTileTheCountry(t *testing.T) {
	type edge [2]orb.Point
	walked := map[edge]bool{}
	sum := 0.0
	for _, c := range cells(t) {
		for _, polygon := range c.land {
			if polygon[0].Orientation() != orb.CCW {
				t.Errorf("%s runs clockwise", c.code)
			}
			sum += planar.Area(polygon)
			for _, ring := range polygon {
				for i := 1; i < len(ring); i++ {
					if e := (edge{ring[i-1], ring[i]}); walked[e] {
						t.Errorf("%s walks %v again", c.code, e)
					} else {
						walked[e] = true
					}
				}
			}
		}
	}
	outer := 0.0
	for e := range walked {
		if !walked[edge{e[1], e[0]}] {
			outer += metres(e[0], e[1])
		}
	}
	outline, around := land(t), 0.0
	for _, polygon := range outline {
		for _, ring := range polygon {
			for i := 1; i < len(ring); i++ {
				around += metres(ring[i-1], ring[i])
			}
		}
	}
	if area := planar.Area(outline); math.Abs(sum/area-1) > 1e-6 {
		t.Errorf("the areas sum to %.9f square degrees, the country has %.9f", sum, area)
	}
	if math.Abs(outer/around-1) > 1e-4 {
		t.Errorf("%.1f km of edges have one side only, the country's outline is %.1f km", outer/1000, around/1000)
	}
}

// TestAreasAreThiessenCells asks of points all over the country whether the
// area that holds one belongs to the nearest town.
func TestAreasAreThiessenCells(t *testing.T) {
	all := cells(t)
	asked := 0
	for lon := 92.2; lon < 101.2; lon += 0.37 {
		for lat := 9.6; lat < 28.6; lat += 0.31 {
			p := orb.Point{lon, lat}
			holder, nearest, away, own := "", "", math.Inf(1), math.Inf(1)
			for _, c := range all {
				d := geo.DistanceHaversine(p, c.sites[0])
				if d < away {
					nearest, away = c.code, d
				}
				if c.land.Bound().Contains(p) && planar.MultiPolygonContains(c.land, p) {
					holder, own = c.code, d
				}
			}
			if holder == "" {
				continue
			}
			asked++
			if holder != nearest && own-away > 20 {
				t.Errorf("%v lies in %s, %.0f m nearer to %s", p, holder, own-away, nearest)
			}
		}
	}
	if asked < 400 {
		t.Errorf("only %d points lie in an area", asked)
	}
}
