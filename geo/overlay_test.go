package geo_test

import (
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"

	"strikewatch/geo"
)

// mustBeValid holds a shape to the rules of OGC 06-103r4 with a second
// implementation, and to the directions of RFC 7946.
func mustBeValid(t testing.TB, polygons orb.MultiPolygon) {
	t.Helper()
	if len(polygons) == 0 {
		return
	}
	shape, err := geo.NewShape(polygons)
	if err != nil {
		t.Fatal(err)
	}
	if err := shape.Validate(); err != nil {
		t.Fatalf("not valid: %v: %v", err, polygons)
	}
	for _, polygon := range polygons {
		for i, ring := range polygon {
			if (planar.Area(ring) > 0) != (i == 0) {
				t.Fatalf("ring %d runs the wrong way: %v", i, ring)
			}
		}
	}
}

func degrees2(polygons orb.MultiPolygon) float64 { return math.Abs(planar.Area(polygons)) }

// rounded is a shape on the grid of the overlays.
func rounded(polygons orb.MultiPolygon) orb.MultiPolygon {
	return orb.Round(polygons.Clone(), 1e7).(orb.MultiPolygon)
}

// townAreas are the cells of the starter dataset: 534 neighbours in a coverage.
func townAreas(t testing.TB) (cells []orb.MultiPolygon) {
	t.Helper()
	data, err := os.ReadFile("../data/starter/town-areas.geojson")
	if err != nil {
		t.Fatal(err)
	}
	collection, err := geojson.UnmarshalFeatureCollection(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range collection.Features {
		switch g := f.Geometry.(type) {
		case orb.Polygon:
			cells = append(cells, orb.MultiPolygon{g})
		case orb.MultiPolygon:
			cells = append(cells, g)
		}
	}
	if len(cells) < 500 {
		t.Fatalf("%d town areas", len(cells))
	}
	return cells
}

func TestOverlaysOfBlobs(t *testing.T) {
	r := seeded("overlay")
	for i := range 150 {
		center := orb.Point{r.Float64()*300 - 150, r.Float64()*140 - 70}
		wide := math.Pow(10, r.Float64()*4-3.5)
		a := rounded(holed(r, center, wide, 8+r.IntN(400)))
		b := rounded(holed(r, orb.Point{center[0] + wide*0.4*r.NormFloat64(), center[1] + wide*0.4*r.NormFloat64()}, wide, 8+r.IntN(400)))
		union, err := geo.Union(a, b)
		if err != nil {
			t.Fatal(err)
		}
		both, err := geo.Intersection(a, b)
		if err != nil {
			t.Fatal(err)
		}
		onlyA, err := geo.Difference(a, b)
		if err != nil {
			t.Fatal(err)
		}
		onlyB, err := geo.Difference(b, a)
		if err != nil {
			t.Fatal(err)
		}
		for _, shape := range []orb.MultiPolygon{union, both, onlyA, onlyB} {
			mustBeValid(t, shape)
		}
		// Edges move by a centimetre where they are cut.
		slack := 1e-7*wide*20 + 1e-13
		for name, gap := range map[string]float64{
			"a + b = union + both": degrees2(a) + degrees2(b) - degrees2(union) - degrees2(both),
			"a = both + only a":    degrees2(a) - degrees2(both) - degrees2(onlyA),
			"b = both + only b":    degrees2(b) - degrees2(both) - degrees2(onlyB),
		} {
			if math.Abs(gap) > slack {
				t.Errorf("%d: %s is off by %g of %g", i, name, gap, degrees2(union))
			}
		}
		for range 200 {
			p := orb.Point{center[0] + wide*r.NormFloat64(), center[1] + wide*r.NormFloat64()}
			inA, inB := oddEven(a, p), oddEven(b, p)
			if oddEven(union, p) != (inA || inB) || oddEven(both, p) != (inA && inB) || oddEven(onlyA, p) != (inA && !inB) {
				if d := math.Min(fromEdges(a, p), fromEdges(b, p)); d > 3e-7 {
					t.Errorf("%d: %v, %g degrees from an edge, is on the wrong side", i, p, d)
				}
			}
		}
	}
}

// fromEdges is the distance in degrees from p to the nearest edge.
func fromEdges(polygons orb.MultiPolygon, p orb.Point) float64 {
	best := math.Inf(1)
	for _, polygon := range polygons {
		for _, ring := range polygon {
			best = math.Min(best, planar.DistanceFrom(orb.LineString(ring), p))
		}
	}
	return best
}

// Neighbours dissolve without slivers: the whole coverage has the area of its
// cells, and any union and what it leaves have no hole that the cells lack.
func TestUnionDissolvesNeighbours(t *testing.T) {
	cells := townAreas(t)
	sum := 0.0
	for _, c := range cells {
		sum += geo.Area(c)
	}
	all, err := geo.Union(cells...)
	if err != nil {
		t.Fatal(err)
	}
	mustBeValid(t, all)
	if area := geo.Area(all); math.Abs(area-sum) > 1 {
		t.Errorf("union has %.1f m2, its cells %.1f", area, sum)
	}
	r := seeded("dissolve")
	for range 6 {
		var some []orb.MultiPolygon
		part := 0.0
		for _, c := range cells {
			if r.IntN(3) == 0 {
				some = append(some, c)
				part += geo.Area(c)
			}
		}
		union, err := geo.Union(some...)
		if err != nil {
			t.Fatal(err)
		}
		mustBeValid(t, union)
		if area := geo.Area(union); math.Abs(area-part) > 1 {
			t.Errorf("union has %.1f m2, its cells %.1f", area, part)
		}
		rest, err := geo.Difference(all, union)
		if err != nil {
			t.Fatal(err)
		}
		mustBeValid(t, rest)
		if area := geo.Area(rest); math.Abs(area+part-sum) > 1 {
			t.Errorf("the rest has %.1f m2, not %.1f", area, sum-part)
		}
		both, err := geo.Intersection(union, rest)
		if err != nil {
			t.Fatal(err)
		}
		if len(both) > 0 {
			t.Errorf("a union and the rest share %v", both)
		}
	}
}

// Cells whose common corners were computed apart differ in the last digits.
func TestUnionClosesGaps(t *testing.T) {
	r := seeded("gaps")
	jitter := func(x float64) float64 { return x + (r.Float64()-0.5)*1e-9 }
	const y = 22.00000005 // as near to one point of the grid as to the next
	for range 200 {
		x := math.Round((97+r.Float64())*1e7)/1e7 + 0.5e-7
		left := orb.MultiPolygon{{{{97, 21}, {98, 21}, {98, jitter(y)}, {97, jitter(y)}, {97, 21}}}}
		// The upper neighbours meet in a corner on the lower one's edge.
		a := orb.MultiPolygon{{{{97, jitter(y)}, {jitter(x), jitter(y)}, {jitter(x), 23}, {97, 23}, {97, jitter(y)}}}}
		b := orb.MultiPolygon{{{{jitter(x), jitter(y)}, {98, jitter(y)}, {98, 23}, {jitter(x), 23}, {jitter(x), jitter(y)}}}}
		union, err := geo.Union(left, a, b)
		if err != nil {
			t.Fatal(err)
		}
		mustBeValid(t, union)
		if len(union) != 1 || len(union[0]) != 1 {
			t.Fatalf("gaps remain: %v", union)
		}
	}
}

func TestOverlayOfNothing(t *testing.T) {
	square := orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}}}
	for name, got := range map[string]func() (orb.MultiPolygon, error){
		"union of nothing":          func() (orb.MultiPolygon, error) { return geo.Union() },
		"union of empty":            func() (orb.MultiPolygon, error) { return geo.Union(nil, orb.MultiPolygon{{}}) },
		"intersection with nothing": func() (orb.MultiPolygon, error) { return geo.Intersection(square, nil) },
		"difference with itself":    func() (orb.MultiPolygon, error) { return geo.Difference(square, square) },
	} {
		if shape, err := got(); err != nil || len(shape) != 0 {
			t.Errorf("%s: %v %v", name, shape, err)
		}
	}
	same, err := geo.Union(square, nil)
	if err != nil || !same.Equal(square) {
		t.Errorf("%v %v", same, err)
	}
	if _, err := geo.Union(orb.MultiPolygon{{{{0, 0}, {1, 95}, {1, 1}}}}); err == nil {
		t.Error("a latitude of 95 is on the globe")
	}
}

// Shapes on a very coarse grid meet in every degenerate way.
func TestOverlaysOnCoarseGrid(t *testing.T) {
	r := seeded("coarse")
	for i := range 1500 {
		unit := 1e-7
		if i%2 == 0 {
			unit = 0.5
		}
		a, _, errA := geo.Repair(scribble(r, unit))
		b, _, errB := geo.Repair(scribble(r, unit))
		if errA != nil || errB != nil {
			continue
		}
		mustBeValid(t, a)
		mustBeValid(t, b)
		union, err := geo.Union(a, b)
		if err != nil {
			t.Fatal(err)
		}
		mustBeValid(t, union)
		both, err := geo.Intersection(a, b)
		if err != nil {
			t.Fatal(err)
		}
		mustBeValid(t, both)
		if unit == 0.5 && math.Abs(degrees2(a)+degrees2(b)-degrees2(union)-degrees2(both)) > 1e-5 {
			t.Fatalf("%v and %v: union %v, intersection %v", a, b, union, both)
		}
	}
}

// scribble is a polygon of random corners, with no regard for validity.
func scribble(r *rand.Rand, unit float64) orb.Polygon {
	var polygon orb.Polygon
	for range 1 + r.IntN(3) {
		var ring orb.Ring
		for range 3 + r.IntN(9) {
			ring = append(ring, orb.Point{float64(r.IntN(9)) * unit, float64(r.IntN(9)) * unit})
		}
		polygon = append(polygon, ring)
	}
	return polygon
}

func BenchmarkUnionOfTownAreas(b *testing.B) {
	cells := townAreas(b)
	for range b.N {
		if _, err := geo.Union(cells...); err != nil {
			b.Fatal(err)
		}
	}
}
