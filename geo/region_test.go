package geo_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

func mustRegion(t testing.TB, polygons orb.MultiPolygon) *geo.Region {
	t.Helper()
	r, err := geo.NewRegion(polygons)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// blob is a ring of n vertices around a centre, at wavy distances up to wide
// degrees: a valid polygon that a disk cuts in several places.
func blob(r *rand.Rand, center orb.Point, wide float64, n int) orb.Ring {
	var waves [12][2]float64
	for i := range waves {
		waves[i] = [2]float64{r.NormFloat64() / float64(i+1), r.Float64() * 2 * math.Pi}
	}
	ring := make(orb.Ring, 0, n+1)
	for k := range n {
		angle := 2 * math.Pi * float64(k) / float64(n)
		reach := 1.0
		for i, w := range waves {
			reach += 0.15 * w[0] * math.Sin(float64(i+1)*angle+w[1])
		}
		reach = wide * math.Max(0.2, reach+0.004*r.NormFloat64()) / 1.5
		ring = append(ring, orb.Point{center[0] + reach*math.Cos(angle), center[1] + reach*math.Sin(angle)})
	}
	return append(ring, ring[0])
}

// holed is a blob with a hole and an island in the hole.
func holed(r *rand.Rand, center orb.Point, wide float64, n int) orb.MultiPolygon {
	hole, island := blob(r, center, wide*0.07, max(3, n/4)), blob(r, center, wide*0.01, 12)
	if r.IntN(2) == 0 {
		hole.Reverse()
	}
	return orb.MultiPolygon{{blob(r, center, wide, n), hole}, {island}}
}

// oddEven is the textbook rule over all edges.
func oddEven(polygons orb.MultiPolygon, p orb.Point) bool {
	odd := false
	for _, polygon := range polygons {
		for _, ring := range polygon {
			for i := range ring {
				a, b := ring[i], ring[(i+1)%len(ring)]
				if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < a[0]+(b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1]) {
					odd = !odd
				}
			}
		}
	}
	return odd
}

func TestContainsIsOddEven(t *testing.T) {
	r := seeded("contains")
	for range 60 {
		center := orb.Point{r.Float64()*300 - 150, r.Float64()*150 - 75}
		polygons := holed(r, center, math.Pow(10, r.Float64()*3-2), 8+r.IntN(3000))
		region := mustRegion(t, polygons)
		b := region.Bound()
		for range 2000 {
			p := orb.Point{b.Min[0] + (b.Max[0]-b.Min[0])*(r.Float64()*1.1-0.05), b.Min[1] + (b.Max[1]-b.Min[1])*(r.Float64()*1.1-0.05)}
			if r.IntN(8) == 0 {
				p[1] = region.MultiPolygon()[0][0][r.IntN(8)][1] // level with a vertex
			}
			if got, want := region.Contains(p), oddEven(polygons, p); got != want {
				t.Fatalf("%v: %v, want %v", p, got, want)
			}
		}
	}
}

// The region is a square with a square hole.
//
//	4 +-----------+
//	  |  +-----+  |
//	  |  |     |  |
//	  |  +-----+  |
//	0 +-----------+
//	  0           4
func TestContainsTheBoundary(t *testing.T) {
	square := orb.MultiPolygon{{
		{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}},
		{{1, 1}, {3, 1}, {3, 3}, {1, 3}, {1, 1}},
	}}
	third := 1.0 / 3
	slanted := orb.MultiPolygon{{{{0, 0}, {3, third}, {1, 2}, {0, 0}}}}
	for _, c := range []struct {
		shape orb.MultiPolygon
		p     orb.Point
		want  bool
	}{
		{square, orb.Point{0, 0}, true}, {square, orb.Point{4, 4}, true}, {square, orb.Point{4, 0}, true},
		{square, orb.Point{0, 2}, true}, {square, orb.Point{2, 0}, true}, {square, orb.Point{4, 2}, true}, {square, orb.Point{2, 4}, true},
		{square, orb.Point{1, 1}, true}, {square, orb.Point{3, 2}, true}, {square, orb.Point{2, 3}, true}, {square, orb.Point{2, 1}, true},
		{square, orb.Point{2, 2}, false}, {square, orb.Point{0.5, 1}, true}, {square, orb.Point{0.5, 3}, true},
		{square, orb.Point{-1e-300, 2}, false}, {square, orb.Point{math.Nextafter(4, 5), 2}, false},
		{square, orb.Point{-1, 0}, false}, {square, orb.Point{5, 4}, false}, {square, orb.Point{2, 4.5}, false},
		{slanted, orb.Point{1.5, third / 2}, true},
		{slanted, orb.Point{1.5, math.Nextafter(third/2, 0)}, false},
		{slanted, orb.Point{0.5, 1}, true},
		{slanted, orb.Point{math.Nextafter(0.5, 0), 1}, false},
	} {
		if got := mustRegion(t, c.shape).Contains(c.p); got != c.want {
			t.Errorf("%v: %v, want %v", c.p, got, c.want)
		}
	}
}

func TestNewRegionOrders(t *testing.T) {
	r := mustRegion(t, orb.MultiPolygon{
		{{{0, 0}, {0, 4}, {4, 4}, {4, 0}}, {{1, 1}, {3, 1}, {3, 3}, {3, 3}, {1, 3}, {1, 1}}, {{1, 1}, {1, 1}}},
		{{{9, 9}}},
	})
	want := orb.MultiPolygon{{
		{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}},
		{{1, 1}, {1, 3}, {3, 3}, {3, 1}, {1, 1}},
	}}
	if got := r.MultiPolygon(); !got.Equal(want) {
		t.Errorf("%v, want %v", got, want)
	}
	if b := r.Bound(); b != (orb.Bound{Max: orb.Point{4, 4}}) {
		t.Errorf("bound %v", b)
	}
}

func TestNewRegionRefuses(t *testing.T) {
	for _, shape := range []orb.MultiPolygon{
		nil, {{}}, {{{}}}, {{{{1, 1}, {2, 2}}}}, {{{{1, 1}, {1, 1}, {1, 1}, {1, 1}}}},
		{{{{0, 0}, {math.NaN(), 1}, {2, 2}}}}, {{{{0, 0}, {95, 99}, {2, 2}}}}, {{{{0, 0}, {math.Inf(1), 1}, {2, 2}}}},
	} {
		if _, err := geo.NewRegion(shape); err == nil {
			t.Errorf("%v is a region", shape)
		}
	}
}
