package geo_test

import (
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"strikewatch/geo"
)

// landBorders are the five land borders of Myanmar, the longest line
// first.
func landBorders(t testing.TB) (lines []orb.MultiLineString) {
	t.Helper()
	data, err := os.ReadFile("../data/starter/borders.geojson")
	if err != nil {
		t.Fatal(err)
	}
	collection, err := geojson.UnmarshalFeatureCollection(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range collection.Features {
		switch g := f.Geometry.(type) {
		case orb.LineString:
			lines = append(lines, orb.MultiLineString{g})
		case orb.MultiLineString:
			lines = append(lines, g)
		}
	}
	slices.SortFunc(lines, func(a, b orb.MultiLineString) int { return len(b[0]) - len(a[0]) })
	if len(lines) != 5 || len(lines[0][0]) < 11_000 {
		t.Fatalf("%d borders", len(lines))
	}
	return lines
}

func mustBorder(t testing.TB, lines orb.MultiLineString) *geo.Border {
	t.Helper()
	b, err := geo.NewBorder(lines)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// inMyanmar are positions inside and around the country: most near a few
// centres, as incidents are.
func inMyanmar(r *rand.Rand, n int) []orb.Point {
	centres := []orb.Point{
		{97.75, 22.93}, {98.77, 23.69}, {96.08, 21.97}, {97.40, 25.38}, {92.90, 20.14}, {96.16, 16.80},
		{98.60, 12.44}, {97.21, 19.67}, {95.14, 22.11}, {93.68, 22.91}, {92.53, 20.87}, {99.88, 20.45}, {98.51, 16.69},
	}
	points := make([]orb.Point, n)
	for i := range points {
		c, spread := centres[r.IntN(len(centres))], []float64{0.03, 0.1, 0.3}[r.IntN(3)]
		points[i] = orb.Point{c[0] + spread*r.NormFloat64(), c[1] + spread*r.NormFloat64()}
		if i%20 == 0 {
			points[i] = orb.Point{88 + 18*r.Float64(), 5 + 26*r.Float64()}
		}
	}
	return points
}

// bruteForce is the least distance to any vertex, and then to any of the points
// that part the edges near there ever more finely.
func bruteForce(lines orb.MultiLineString, p orb.Point) float64 {
	best := math.Inf(1)
	var distances [][]float64
	for _, l := range lines {
		row := make([]float64, len(l))
		for i, v := range l {
			row[i] = geo.Distance(p, v)
			best = math.Min(best, row[i])
		}
		distances = append(distances, row)
	}
	nearest := best
	for n, l := range lines {
		for i := 1; i < len(l); i++ {
			// An edge comes nearer than its ends by at most half its length.
			long := geo.Distance(l[i-1], l[i])
			if math.Min(distances[n][i-1], distances[n][i])-long/2 <= nearest {
				best = math.Min(best, alongEdge(p, l[i-1], l[i], long))
			}
		}
	}
	return best
}

// alongEdge is the least of the distances to 101 points of an edge, again of
// the part around the least, and so on.
func alongEdge(p, a, b orb.Point, long float64) float64 {
	azimuth := azimuth(a, b)
	low, high, best := 0.0, long, math.Inf(1)
	for high-low > 0.1 {
		step, at := (high-low)/100, low
		best = math.Inf(1)
		for k := range 101 {
			if d := geo.Distance(p, geo.Destination(a, azimuth, low+float64(k)*step)); d < best {
				best, at = d, low+float64(k)*step
			}
		}
		low, high = math.Max(0, at-step), math.Min(long, at+step)
	}
	return math.Min(best, math.Min(geo.Distance(p, a), geo.Distance(p, b)))
}

// azimuth is found by bisection on Destination, so that the test needs nothing
// that it tests.
func azimuth(a, b orb.Point) float64 {
	long := geo.Distance(a, b)
	best, step := 0.0, 180.0
	for ; step > 1e-13; step /= 2 {
		for _, try := range []float64{best - step, best + step} {
			if geo.Distance(geo.Destination(a, try, long), b) < geo.Distance(geo.Destination(a, best, long), b) {
				best = try
			}
		}
	}
	return best
}

func TestNearestIsThatOfBruteForce(t *testing.T) {
	r := seeded("nearest")
	for k, lines := range landBorders(t) {
		border := mustBorder(t, lines)
		worst := 0.0
		for _, p := range inMyanmar(r, 21) {
			want := bruteForce(lines, p)
			got, at := border.Nearest(p)
			worst = math.Max(worst, math.Abs(got-want))
			if math.Abs(got-want) > 0.05+1e-7*want {
				t.Errorf("border %d, %v: %.3f m, want %.3f", k, p, got, want)
			}
			if d := geo.Distance(p, at); math.Abs(d-got) > 0.05+1e-7*got {
				t.Errorf("border %d, %v: the place found lies %.3f m off, not %.3f", k, p, d, got)
			}
		}
		t.Logf("border %d: worst difference %.4f m", k, worst)
	}
}

// The same by GeographicLib itself, on the line cut at every 10 m near the
// nearest vertex.
func TestNearestAgainstGeodSolve(t *testing.T) {
	lines := landBorders(t)[0]
	border := mustBorder(t, lines)
	points := inMyanmar(seeded("referee"), 12)
	var input strings.Builder
	var counts []int
	for _, p := range points {
		before := 0
		nearest, _ := border.Nearest(p)
		for _, l := range lines {
			for i, v := range l {
				targets := []orb.Point{v}
				if i > 0 && geo.Distance(p, v) < nearest+1000 {
					for k := range 100 {
						f := float64(k) / 100
						targets = append(targets, orb.Point{v[0]*f + l[i-1][0]*(1-f), v[1]*f + l[i-1][1]*(1-f)})
					}
				}
				for _, q := range targets {
					input.WriteString(line(p[1], p[0], q[1], q[0]))
					before++
				}
			}
		}
		counts = append(counts, before)
	}
	rows := referee(t, input.String(), "GeodSolve", "-i", "-p", "6")
	for i, n := range counts {
		want := math.Inf(1)
		for _, row := range rows[:n] {
			want = math.Min(want, row[2])
		}
		rows = rows[n:]
		if got, _ := border.Nearest(points[i]); math.Abs(got-want) > 0.2 {
			t.Errorf("%v: %.3f m, want %.3f", points[i], got, want)
		}
	}
}

func TestNearestAnywhere(t *testing.T) {
	lines := map[string]orb.MultiLineString{
		"point":         {{{97, 22}}},
		"one edge":      {{{97, 22}, {98, 23}}},
		"long edges":    {{{-100, 40}, {100, 60}, {10, -80}}},
		"equator":       {{{-10, 0}, {170, 1}}},
		"antimeridian":  {{{179.5, -16}, {-179.5, -17}}, {{-179, -18}, {179, -18.5}}},
		"pole":          {{{0, 89}, {90, 89}, {180, 89}, {-90, 89}, {0, 89}}},
		"through poles": {{{20, 80}, {-160, 80}}, {{20, -80}, {-160, -80}}},
		"doubled":       {{{97, 22}, {97, 22}, {97.001, 22}, {97.001, 22}}},
	}
	r := seeded("anywhere")
	for name, l := range lines {
		border := mustBorder(t, l)
		for range 60 {
			p := orb.Point{r.Float64()*360 - 180, math.Asin(r.Float64()*2-1) * 180 / math.Pi}
			if r.IntN(3) == 0 {
				near := l[0][r.IntN(len(l[0]))]
				p = geo.Destination(near, r.Float64()*360, math.Pow(10, r.Float64()*6))
			}
			want := bruteForce(l, p)
			got, at := border.Nearest(p)
			if math.Abs(got-want) > 0.5 || math.Abs(geo.Distance(p, at)-got) > 0.5 {
				t.Errorf("%s, %v: %.3f m at %v, want %.3f", name, p, got, at, want)
			}
		}
	}
}

func TestNearestAllEqualsNearest(t *testing.T) {
	var borders []*geo.Border
	var all [][]float64
	points := inMyanmar(seeded("batch"), 20_000)
	points = append(points, orb.Point{-100, 20}, orb.Point{180, 90}, orb.Point{-180, -90}, orb.Point{0, 0})
	for _, lines := range landBorders(t) {
		borders = append(borders, mustBorder(t, lines))
		all = append(all, make([]float64, len(points)))
	}
	geo.NearestEach(borders, points, all)
	for k, b := range borders {
		for i, p := range points {
			if d, _ := b.Nearest(p); math.Abs(d-all[k][i]) > 1e-3+1e-7*d {
				t.Fatalf("border %d, %v: %.4f m in a batch, %.4f alone", k, p, all[k][i], d)
			}
		}
	}
	borders[0].NearestAll(nil, nil)
}

func TestNewBorderRefuses(t *testing.T) {
	for _, lines := range []orb.MultiLineString{nil, {}, {{}}, {{{97, 22}, {math.NaN(), 22}}}, {{{97, 92}}}, {{{181, 2}}}} {
		if _, err := geo.NewBorder(lines); err == nil {
			t.Errorf("%v is a border", lines)
		}
	}
}

func BenchmarkNearest(b *testing.B) {
	border := mustBorder(b, landBorders(b)[0])
	points := inMyanmar(seeded("bench"), 1000)
	for i := range b.N {
		border.Nearest(points[i%len(points)])
	}
}

// BenchmarkFiveBorders is issue-sized: a million points against all five.
func BenchmarkFiveBorders(b *testing.B) {
	var borders []*geo.Border
	var metres [][]float64
	points := inMyanmar(seeded("bench"), 1_000_000)
	for _, lines := range landBorders(b) {
		borders = append(borders, mustBorder(b, lines))
		metres = append(metres, make([]float64, len(points)))
	}
	b.ResetTimer()
	start := time.Now()
	for range b.N {
		geo.NearestEach(borders, points, metres)
	}
	b.ReportMetric(float64(b.N*len(points))/time.Since(start).Seconds(), "points/s")
}
