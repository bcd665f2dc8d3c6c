package columns

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// star has so many points, with a star-shaped hole.
func star(r *rand.Rand, center orb.Point, radius float64, points int) orb.Polygon {
	ring := func(scale float64) orb.Ring {
		ring := make(orb.Ring, 0, points+1)
		for i := range points {
			a, d := 2*math.Pi*float64(i)/float64(points), scale*radius*(0.5+0.5*r.Float64())
			ring = append(ring, orb.Point{round7(center[0] + d*math.Cos(a)), round7(center[1] + d*math.Sin(a))})
		}
		return append(ring, ring[0])
	}
	return orb.Polygon{ring(1), ring(0.3)}
}

func round7(degrees float64) float64 { return float64(units(degrees)) / unitsPerDegree }

func TestRasterAgreesWithEdges(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for _, points := range []int{4, 20, 300, 5000} {
		for range 5 {
			polygon := star(r, orb.Point{97, 21}, 3, points)
			g := orb.Geometry(polygon)
			line := orb.LineString{{95, 20}, {98.123, 22.5}, {99, 20}, {95.5, 23}}
			if r.IntN(2) == 0 {
				g = orb.Collection{polygon, line, orb.Point{97, 21}}
			}
			s := newShape(g)
			if points >= fewEdges && s.grid == nil {
				t.Fatal("no raster")
			}
			for i := range 4000 {
				p := orb.Point{round7(93.5 + 7*r.Float64()), round7(17.5 + 7*r.Float64())}
				m := mark{units(p[0]), units(p[1])}
				if got, want := s.locate(m), s.locateExactly(m); got != want {
					t.Fatalf("%d points: %v is %d, by edges %d", points, p, got, want)
				}
				if _, single := g.(orb.Polygon); single && i < 400 && (s.locate(m) == outside) == planar.PolygonContains(polygon, p) {
					t.Fatalf("%d points: %v is %d, against the plain rule", points, p, s.locate(m))
				}
			}
			for _, ring := range polygon {
				for _, p := range ring {
					if at := s.locate(mark{units(p[0]), units(p[1])}); at != onBoundary && at != inside {
						t.Fatalf("vertex %v is %d", p, at)
					}
				}
			}
			checkUniform(t, r, s)
		}
	}
}

// checkUniform looks into boxes that are said to be all the same.
func checkUniform(t *testing.T, r *rand.Rand, s *shape) {
	t.Helper()
	for range 500 {
		west, south := units(93+8*r.Float64()), units(17+8*r.Float64())
		b := box{west, south, west + r.Int64N(3e6), south + r.Int64N(3e6)}
		at, uniform := s.uniform(b)
		if !uniform {
			continue
		}
		for range 10 {
			m := mark{b.west + r.Int64N(b.east-b.west+1), b.south + r.Int64N(b.north-b.south+1)}
			if got := s.locateExactly(m); got != at {
				t.Fatalf("%v is %d in a box that is %d", m, got, at)
			}
		}
	}
}

func TestLocateOnLinesAndPoints(t *testing.T) {
	s := newShape(orb.Collection{
		orb.MultiLineString{{{0, 0}, {2, 2}}, {{2, 2}, {4, 0}}}, orb.LineString{{5, 0}, {6, 0}, {6, 1}, {5, 0}}, orb.Point{9, 9},
	})
	for p, want := range map[orb.Point]location{
		{1, 1}: inside, {2, 2}: inside, {0, 0}: onBoundary, {4, 0}: onBoundary, {5, 0}: inside, {5.5, 0}: inside,
		{9, 9}: inside, {1, 1.0000001}: outside, {5.5, 0.5}: inside, {5.6, 0.4}: outside,
	} {
		if got := s.locate(mark{units(p[0]), units(p[1])}); got != want {
			t.Errorf("%v is %d, want %d", p, got, want)
		}
	}
}
