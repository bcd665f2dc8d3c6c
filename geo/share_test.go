package geo_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

// sampled is DiskShares by asking n places, spread evenly over the disk.
func sampled(center orb.Point, radius float64, holders [][]*geo.Region, n int) []float64 {
	shares := make([]float64, len(holders))
	in := make([]int, 0, len(holders))
	for i := range n {
		// Sunflower seeds: equal areas at every turn of the golden angle.
		p := geo.Destination(center, float64(i)*137.50776405003785, radius*math.Sqrt((float64(i)+0.5)/float64(n)))
		in = in[:0]
		for h, regions := range holders {
			for _, r := range regions {
				if r.Contains(p) {
					in = append(in, h)
					break
				}
			}
		}
		for _, h := range in {
			shares[h] += 1 / float64(len(in)) / float64(n)
		}
	}
	return shares
}

func TestShareIsThatOfSamples(t *testing.T) {
	r := seeded("share")
	worst := 0.0
	for i := range 200 {
		center := orb.Point{r.Float64()*340 - 170, r.Float64()*140 - 70}
		if i%2 == 0 {
			center = orb.Point{92 + 9*r.Float64(), 10 + 18*r.Float64()}
		}
		wide := math.Pow(10, r.Float64()*3-2)
		polygons := holed(r, center, wide, 8+r.IntN(600))
		region := mustRegion(t, polygons)
		radius := wide * 111e3 * math.Pow(10, r.Float64()*2-1.3)
		if radius > 1e6 {
			continue
		}
		at := orb.Point{center[0] + wide*0.6*r.NormFloat64(), math.Max(-89, math.Min(89, center[1]+wide*0.6*r.NormFloat64()))}
		want := sampled(at, radius, [][]*geo.Region{{region}}, 10_000)[0]
		got := region.Share(at, radius)
		worst = math.Max(worst, math.Abs(got-want))
		if math.Abs(got-want) > 0.004 {
			t.Errorf("%d: disk of %.0f m around %v: %.5f, want %.5f", i, radius, at, got, want)
		}
	}
	t.Logf("worst difference %.5f", worst)
}

func TestShareOfSimpleShapes(t *testing.T) {
	box := func(x0, y0, x1, y1 float64) orb.MultiPolygon {
		return orb.MultiPolygon{{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}}}
	}
	ring := orb.MultiPolygon{{box(-1, -1, 1, 1)[0][0], box(-0.5, -0.5, 0.5, 0.5)[0][0]}}
	for _, c := range []struct {
		name   string
		shape  orb.MultiPolygon
		at     orb.Point
		radius float64
		want   float64
	}{
		{"half plane", box(-10, 0, 10, 10), orb.Point{0, 0}, 20_000, 0.5},
		{"quarter", box(0, 0, 10, 10), orb.Point{0, 0}, 20_000, 0.25},
		{"three quarters", orb.MultiPolygon{{{{0, 0}, {0, -9}, {9, -9}, {9, 9}, {-9, 9}, {-9, 0}, {0, 0}}}}, orb.Point{0, 0}, 20_000, 0.75},
		{"all", box(-10, -10, 10, 10), orb.Point{1, 1}, 80_000, 1},
		{"none", box(-10, -10, 10, 10), orb.Point{20, 1}, 80_000, 0},
		{"within the box, outside the shape", orb.MultiPolygon{{{{0, 0}, {10, 0}, {10, 10}, {0, 0}}}}, orb.Point{2, 8}, 10_000, 0},
		{"in the hole", ring, orb.Point{0, 0}, 10_000, 0},
		{"around all", box(-0.001, -0.001, 0.001, 0.001), orb.Point{0, 0}, 1_000_000, 221.1 * 222.4 / (math.Pi * 1e12)},
		{"center alone, in", box(0, 0, 1, 1), orb.Point{0, 0}, 0, 1},
		{"center alone, out", box(0, 0, 1, 1), orb.Point{-0.1, 0}, -1, 0},
		{"over the antimeridian, east", box(179, -1, 180, 1), orb.Point{-180, 0}, 20_000, 0.5},
		{"over the antimeridian, west", box(-180, -1, -179, 1), orb.Point{180, 0}, 20_000, 0.5},
		{"over the antimeridian, both", append(box(179, -5, 180, 5), box(-180, -5, -179, 5)...), orb.Point{179.99, 0}, 20_000, 1},
		{"around the pole", box(-180, 80, 180, 90), orb.Point{12, 90}, 500_000, 1},
		{"half around the pole", box(0, 70, 180, 90), orb.Point{12, 90}, 500_000, 0.5},
		{"cap in a disk", box(-180, 89.5, 180, 90), orb.Point{0, 90}, 223_388, 0.0625},
		{"touching from outside", box(0, -1, 1, 1), orb.Point{-0.5, 0}, 55_660, 0},
	} {
		got := mustRegion(t, c.shape).Share(c.at, c.radius)
		if math.Abs(got-c.want) > 2e-4 {
			t.Errorf("%s: %.6f, want %.6f", c.name, got, c.want)
		}
		if each := geo.DiskShares(c.at, c.radius, [][]*geo.Region{{mustRegion(t, c.shape)}})[0]; math.Abs(each-got) > 1e-9 {
			t.Errorf("%s: %.9f among holders, %.9f alone", c.name, each, got)
		}
	}
}

// situation is a random disk with holders of overlapping regions around it.
func situation(t testing.TB, r *rand.Rand) (center orb.Point, radius float64, holders [][]*geo.Region) {
	center = orb.Point{92 + 9*r.Float64(), 10 + 18*r.Float64()}
	wide := math.Pow(10, r.Float64()*2-1.5)
	radius = wide * 111e3 * math.Pow(10, r.Float64()*1.5-1)
	holders = make([][]*geo.Region, 1+r.IntN(4))
	for h := range holders {
		for range 1 + r.IntN(3) {
			at := orb.Point{center[0] + wide*0.5*r.NormFloat64(), center[1] + wide*0.5*r.NormFloat64()}
			holders[h] = append(holders[h], mustRegion(t, holed(r, at, wide, 8+r.IntN(300))))
		}
	}
	return center, radius, holders
}

func TestDiskSharesAreThoseOfSamples(t *testing.T) {
	r := seeded("disk shares")
	worst := 0.0
	for i := range 150 {
		center, radius, holders := situation(t, r)
		want := sampled(center, radius, holders, 6000)
		got := geo.DiskShares(center, radius, holders)
		sum := 0.0
		for h := range got {
			sum += got[h]
			worst = math.Max(worst, math.Abs(got[h]-want[h]))
			if !(math.Abs(got[h]-want[h]) < 0.008) || got[h] < 0 {
				t.Errorf("%d: disk of %.0f m around %v: %.4f, want %.4f", i, radius, center, got, want)
				break
			}
		}
		if sum > 1+1e-9 {
			t.Errorf("%d: shares sum to %.12f", i, sum)
		}
	}
	t.Logf("worst difference %.5f", worst)
}

// Neighbours share their edges: nothing overlaps, and together they have all.
func TestDiskSharesOfNeighbours(t *testing.T) {
	r := seeded("neighbours")
	for range 200 {
		// A grid of jittered corners; each cell belongs to one of three holders.
		const n = 7
		var corner [n + 1][n + 1]orb.Point
		for i := range corner {
			for k := range corner[i] {
				corner[i][k] = orb.Point{96 + (float64(i)+0.35*r.NormFloat64()*0.5)*0.2, 20 + (float64(k)+0.35*r.NormFloat64()*0.5)*0.2}
			}
		}
		holders := make([][]*geo.Region, 3)
		for i := range n {
			for k := range n {
				h := r.IntN(3)
				holders[h] = append(holders[h], mustRegion(t, orb.MultiPolygon{{{
					corner[i][k], corner[i+1][k], corner[i+1][k+1], corner[i][k+1], corner[i][k],
				}}}))
			}
		}
		center := orb.Point{96.7 + 0.1*r.NormFloat64(), 20.7 + 0.1*r.NormFloat64()}
		shares := geo.DiskShares(center, 1000+30_000*r.Float64(), holders)
		if sum := shares[0] + shares[1] + shares[2]; math.Abs(sum-1) > 1e-9 {
			t.Fatalf("neighbours have %v, together %.12f", shares, sum)
		}
	}
}

func TestDiskSharesOfFullHolders(t *testing.T) {
	big := mustRegion(t, orb.MultiPolygon{{{{90, 10}, {100, 10}, {100, 30}, {90, 30}, {90, 10}}}})
	half := mustRegion(t, orb.MultiPolygon{{{{90, 10}, {96, 10}, {96, 30}, {90, 30}, {90, 10}}}})
	other := mustRegion(t, orb.MultiPolygon{{{{96, 10}, {100, 10}, {100, 30}, {96, 30}, {96, 10}}}})
	for _, c := range []struct {
		holders [][]*geo.Region
		want    []float64
	}{
		{nil, []float64{}},
		{[][]*geo.Region{nil}, []float64{0}},
		{[][]*geo.Region{{big}}, []float64{1}},
		{[][]*geo.Region{{big}, {big}}, []float64{0.5, 0.5}},
		{[][]*geo.Region{{big, big, half}, {half}}, []float64{0.75, 0.25}},
		{[][]*geo.Region{{big}, {big}, {half}}, []float64{5.0 / 12, 5.0 / 12, 1.0 / 6}},
		{[][]*geo.Region{{half}, {other}}, []float64{0.5, 0.5}},
		{[][]*geo.Region{{half}, {half}}, []float64{0.25, 0.25}},
		{[][]*geo.Region{{half, half}, {}}, []float64{0.5, 0}},
		{[][]*geo.Region{{half, other}, {big}}, []float64{0.5, 0.5}},
		{[][]*geo.Region{{half}, {big}, {other}}, []float64{0.25, 0.5, 0.25}},
	} {
		got := geo.DiskShares(orb.Point{96, 20}, 5000, c.holders)
		if fmt.Sprintf("%.4f", got) != fmt.Sprintf("%.4f", c.want) {
			t.Errorf("%.6f, want %.6f", got, c.want)
		}
		if got := geo.DiskShares(orb.Point{95, 20}, 0, c.holders); len(got) != len(c.holders) {
			t.Errorf("%v", got)
		}
	}
}
