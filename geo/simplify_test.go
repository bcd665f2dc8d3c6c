package geo_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"strikewatch/geo"
)

// strays is how far, in metres, a chain's points lie from another chain.
func strays(points []orb.Point, from orb.LineString) float64 {
	worst := 0.0
	for _, p := range points {
		scale := math.Cos(p[1] * math.Pi / 180)
		line := make(orb.LineString, len(from))
		for i, q := range from {
			line[i] = orb.Point{q[0] * scale, q[1]}
		}
		worst = math.Max(worst, planar.DistanceFrom(line, orb.Point{p[0] * scale, p[1]})*111_320)
	}
	return worst
}

func TestSimplifyLine(t *testing.T) {
	lines := landBorders(t)[0]
	before := len(lines[0])
	for _, tolerance := range []float64{50, 500, 5000} {
		simple := geo.SimplifyLine(lines, tolerance)
		if len(simple) != len(lines) || simple[0][0] != lines[0][0] || simple[0][len(simple[0])-1] != lines[0][len(lines[0])-1] {
			t.Fatal("the ends moved")
		}
		if len(simple[0]) >= before {
			t.Errorf("%g m: still %d vertices", tolerance, len(simple[0]))
		}
		before = len(simple[0])
		if tolerance < 5000 {
			continue
		}
		if d := strays(lines[0], simple[0]); d > tolerance*1.02 {
			t.Errorf("%g m: the line moved by %.1f m", tolerance, d)
		}
	}
	if same := geo.SimplifyLine(lines, 0); !same.Equal(lines) {
		t.Error("a tolerance of 0 changes the line")
	}
	loop := orb.MultiLineString{{{97, 22}, {97.001, 22}, {97.001, 22.001}, {97, 22.001}, {97, 22}}, {{1, 1}}, {}}
	if simple := geo.SimplifyLine(loop, 1e6); len(simple[0]) != 4 || len(simple[1]) != 1 || len(simple[2]) != 0 {
		t.Errorf("%v", simple)
	}
}

// The starter's cells: nothing overlaps or gapes after simplification, and each
// cell stays valid.
func TestSimplifyCoverageOfTownAreas(t *testing.T) {
	cells := townAreas(t)
	for _, tolerance := range []float64{200, 2000, 20_000} {
		simple := geo.SimplifyCoverage(cells, tolerance)
		sum, vertices, before := 0.0, 0, 0
		for i, c := range simple {
			mustBeValid(t, c)
			if len(c) != len(cells[i]) {
				t.Fatalf("cell %d has %d polygons of %d", i, len(c), len(cells[i]))
			}
			sum += degrees2(c)
			for k := range c {
				vertices += len(c[k][0])
				before += len(cells[i][k][0])
				if tolerance == 200 && i%20 == 0 {
					if d := strays(cells[i][k][0], orb.LineString(c[k][0])); d > tolerance*1.05 {
						t.Errorf("cell %d moved by %.1f m", i, d)
					}
				}
			}
		}
		union, err := geo.Union(simple...)
		if err != nil {
			t.Fatal(err)
		}
		if whole := degrees2(union); math.Abs(whole-sum) > 1e-6 {
			t.Errorf("%g m: cells of %.7f square degrees cover %.7f", tolerance, sum, whole)
		}
		t.Logf("%g m: %d vertices of %d", tolerance, vertices, before)
	}
}

// An island in a bay whose mouth is cut off must not come to lie on land:
//
//	+-----+   +-----+
//	|     |   |     |
//	|     | o |     |
//	|     +---+     |
//	+---------------+
func TestSimplifyCoverageKeepsIslandsAtSea(t *testing.T) {
	land := orb.MultiPolygon{{{{0, 0}, {0.1, 0}, {0.1, 0.05}, {0.055, 0.05}, {0.055, 0.02}, {0.045, 0.02}, {0.045, 0.05}, {0, 0.05}, {0, 0}}}}
	island := orb.MultiPolygon{{{{0.05, 0.03}, {0.051, 0.03}, {0.05, 0.031}, {0.05, 0.03}}}}
	simple := geo.SimplifyCoverage([]orb.MultiPolygon{land, island}, 3500)
	if oddEven(simple[0], orb.Point{0.0501, 0.0301}) {
		t.Errorf("the island is on land: %v", simple[0])
	}
	alone := geo.SimplifyCoverage([]orb.MultiPolygon{land}, 3500)
	if len(alone[0][0][0]) >= len(simple[0][0][0]) {
		t.Errorf("without the island nothing more is dropped: %v", alone)
	}
}

// Small islands, and cells that share all their edges, keep an area.
func TestSimplifyCoverageKeepsAll(t *testing.T) {
	square := orb.MultiPolygon{{{{0, 0}, {0.001, 0}, {0.001, 0.001}, {0, 0.001}, {0, 0}}}}
	hole := square[0][0].Clone()
	hole.Reverse()
	around := orb.MultiPolygon{{{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}}, hole}}
	half := orb.MultiPolygon{{{{2, 0}, {2.001, 0}, {2.001, 0.001}, {2, 0}}}}
	other := orb.MultiPolygon{{{{2, 0}, {2.001, 0.001}, {2, 0.001}, {2, 0}}}}
	simple := geo.SimplifyCoverage([]orb.MultiPolygon{square, around, half, other, nil}, 1e5)
	for i, s := range simple[:4] {
		mustBeValid(t, s)
		if degrees2(s) == 0 {
			t.Errorf("part %d has no area: %v", i, s)
		}
	}
	if both, err := geo.Intersection(simple[0], simple[1]); err != nil || len(both) > 0 {
		t.Errorf("the square and what surrounds it overlap: %v %v", both, err)
	}
	if simple[4] != nil {
		t.Errorf("%v", simple[4])
	}
}

func BenchmarkSimplifyCoverage(b *testing.B) {
	cells := townAreas(b)
	for range b.N {
		geo.SimplifyCoverage(cells, 1000)
	}
}
