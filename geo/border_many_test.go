package geo_test

import (
	"flag"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

// `go test ./geo -run ManyPoints -points 100000 -timeout 1h` takes a quarter of an hour.
var manyPoints = flag.Int("points", 500, "how many points are measured to all five borders and compared with GeographicLib")

// TestNearestOfManyPoints holds distances measured together, as a write does,
// to the least that GeographicLib finds: the lines are searched by brute force
// over all their vertices and ever finer parts of the edges near the least.
func TestNearestOfManyPoints(t *testing.T) {
	points := inMyanmar(seeded("many"), *manyPoints)
	all := landBorders(t)
	borders, metres := make([]*geo.Border, len(all)), make([][]float64, len(all))
	for k, lines := range all {
		borders[k], metres[k] = mustBorder(t, lines), make([]float64, len(points))
	}
	geo.NearestEach(borders, points, metres)
	for k, lines := range all {
		var input strings.Builder
		cut := newSphericalLine(lines)
		for _, p := range points {
			q := cut.nearest(p)
			input.WriteString(line(p[1], p[0], q[1], q[0]))
		}
		worst := 0.0
		for i, row := range referee(t, input.String(), "GeodSolve", "-i", "-p", "6") {
			worst = math.Max(worst, math.Abs(row[2]-metres[k][i]))
			if math.Abs(row[2]-metres[k][i]) > 1 {
				t.Errorf("border %d, %v: %.3f m, GeographicLib %.3f", k, points[i], metres[k][i], row[2])
			}
		}
		t.Logf("border %d: %d points, worst difference %.4f m", k, len(points), worst)
	}
}

// sphericalLine is a line with its vertices as unit vectors, on which far
// edges are told from near ones.
type sphericalLine struct {
	edges [][2]orb.Point
	long  []float64 // of each edge, metres
	ends  [][3]float64
	far   []float64 // of an edge's second end, reused
}

func newSphericalLine(lines orb.MultiLineString) *sphericalLine {
	s := &sphericalLine{}
	for _, l := range lines {
		for i := 1; i < len(l); i++ {
			s.edges = append(s.edges, [2]orb.Point{l[i-1], l[i]})
			s.long = append(s.long, geo.Distance(l[i-1], l[i]))
			s.ends = append(s.ends, unit(l[i]))
		}
	}
	s.far = make([]float64, len(s.edges))
	return s
}

func unit(p orb.Point) [3]float64 {
	sin, cos := math.Sincos(p[1] * math.Pi / 180)
	y, x := math.Sincos(p[0] * math.Pi / 180)
	return [3]float64{cos * x, cos * y, sin}
}

// nearest returns the point of the line that is nearest to p. Distances on the
// mean sphere are off by less than a hundredth.
func (s *sphericalLine) nearest(p orb.Point) orb.Point {
	const radius, off = 6_371_009, 0.01
	from := unit(p)
	least := math.Inf(1)
	for i, v := range s.ends {
		x, y, z := v[0]-from[0], v[1]-from[1], v[2]-from[2]
		s.far[i] = 2 * radius * math.Asin(math.Sqrt(x*x+y*y+z*z)/2)
		least = math.Min(least, s.far[i])
	}
	// Exactly, to the ends of the edges that can be near; then along those
	// whose ends are so near that the edge can pass nearer.
	type end struct {
		edge   int
		metres float64
	}
	var ends []end
	best, at := math.Inf(1), orb.Point{}
	for i, far := range s.far {
		if far*(1-off)-s.long[i] <= least*(1+off) {
			d := geo.Distance(p, s.edges[i][1])
			ends = append(ends, end{i, d})
			if d < best {
				best, at = d, s.edges[i][1]
			}
		}
	}
	for _, e := range ends {
		if e.metres-s.long[e.edge] > best {
			continue
		}
		if d, q := along(p, s.edges[e.edge]); d < best {
			best, at = d, q
		}
	}
	return at
}

// along looks at 21 points of an edge, at 21 around the nearest of them, and so
// on down to a centimetre of an edge of 100 m.
func along(p orb.Point, edge [2]orb.Point) (least float64, at orb.Point) {
	const parts, levels = 20, 4
	low, high := 0.0, 1.0
	least = math.Inf(1)
	for range levels {
		step, centre := (high-low)/parts, low
		for k := range parts + 1 {
			f := low + float64(k)*step
			q := orb.Point{edge[0][0] + f*(edge[1][0]-edge[0][0]), edge[0][1] + f*(edge[1][1]-edge[0][1])}
			if d := geo.Distance(p, q); d < least {
				least, at, centre = d, q, f
			}
		}
		low, high = math.Max(0, centre-step), math.Min(1, centre+step)
	}
	return least, at
}
