package geo_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

// heldWorld is the size of the issue: five actors with 300 dated polygons of
// 200 to 2,000 vertices each, and incidents that may be off by 3, 20 or 80 km.
type heldWorld struct {
	regions []*geo.Region
	actor   []int
	index   *geo.RegionIndex
	points  []orb.Point
	radius  []float64
	day     []int32
}

const heldDays = 2099

func newHeldWorld(b *testing.B, incidents int) *heldWorld {
	w := &heldWorld{}
	r := seeded("held")
	var bounds []orb.Bound
	var from, to []int32
	for a, c := range []struct{ x, y, wide float64 }{{97.7, 23.2, 1}, {97.3, 25.5, 1.1}, {93.6, 20.3, 1.2}, {97.2, 19.4, 0.8}, {95.8, 20.9, 1.6}} {
		for v := range 300 {
			grown := c.wide * (0.75 + 0.35*float64(v)/300) * 1.5
			region := mustRegion(b, orb.MultiPolygon{{blob(r, orb.Point{c.x, c.y}, grown, 200+r.IntN(1800))}})
			w.regions, w.actor = append(w.regions, region), append(w.actor, a)
			bounds = append(bounds, region.Bound())
			from = append(from, int32(heldDays*v/300))
			to = append(to, int32(heldDays*(v+1)/300))
		}
	}
	w.index = geo.NewRegionIndex(bounds, from, to)
	w.points = inMyanmar(r, incidents)
	for range w.points {
		w.radius = append(w.radius, []float64{3000, 3000, 3000, 3000, 3000, 20_000, 20_000, 80_000}[r.IntN(8)])
		w.day = append(w.day, int32(r.IntN(heldDays)))
	}
	return w
}

// held is the shares of the actors in the disk of incident i.
func (w *heldWorld) held(i int) []float64 {
	var of [5][]*geo.Region
	holders, any := of[:], false
	w.index.Search(geo.DiskBound(w.points[i], w.radius[i]), w.day[i], w.day[i]+1, func(k int) {
		holders[w.actor[k]] = append(holders[w.actor[k]], w.regions[k])
		any = true
	})
	if !any {
		return nil
	}
	return geo.DiskShares(w.points[i], w.radius[i], holders)
}

func BenchmarkHeldBy(b *testing.B) {
	w := newHeldWorld(b, 100_000)
	b.ResetTimer()
	start := time.Now()
	for i := range b.N {
		w.held(i % len(w.points))
	}
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "incidents/s")
}

func BenchmarkContains(b *testing.B) {
	r := seeded("bench contains")
	region := mustRegion(b, orb.MultiPolygon{{blob(r, orb.Point{97, 22}, 2, 2000)}})
	points := make([]orb.Point, 1000)
	for i := range points {
		points[i] = orb.Point{95.5 + 3*r.Float64(), 20.5 + 3*r.Float64()}
	}
	b.ResetTimer()
	for i := range b.N {
		region.Contains(points[i%1000])
	}
}

func benchmarkShare(b *testing.B, radius float64) {
	r := rand.New(rand.NewPCG(1, 2))
	region := mustRegion(b, orb.MultiPolygon{{blob(r, orb.Point{97, 22}, 1.5, 1000)}})
	points := make([]orb.Point, 1000)
	for i := range points {
		points[i] = orb.Point{95.5 + 3*r.Float64(), 20.5 + 3*r.Float64()}
	}
	b.ResetTimer()
	for i := range b.N {
		region.Share(points[i%1000], radius)
	}
}

func BenchmarkShare3km(b *testing.B)  { benchmarkShare(b, 3000) }
func BenchmarkShare20km(b *testing.B) { benchmarkShare(b, 20_000) }
func BenchmarkShare80km(b *testing.B) { benchmarkShare(b, 80_000) }
