package geo_test

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

func TestSearchFindsWhatAScanFinds(t *testing.T) {
	r := seeded("index")
	for _, n := range []int{0, 1, 7, 8, 9, 64, 65, 1500} {
		bounds, from, to := make([]orb.Bound, n), make([]int32, n), make([]int32, n)
		for i := range bounds {
			c := orb.Point{r.Float64()*360 - 180, r.Float64()*180 - 90}
			bounds[i] = orb.Bound{Min: c, Max: orb.Point{c[0] + 10*r.Float64(), c[1] + 10*r.Float64()}}
			from[i] = int32(r.IntN(2000))
			to[i] = from[i] + int32(r.IntN(60))
			if i%50 == 0 {
				bounds[i] = orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
			}
		}
		index := geo.NewRegionIndex(bounds, from, to)
		for range 500 {
			c := orb.Point{r.Float64()*360 - 180, r.Float64()*180 - 90}
			w := 5 * r.Float64()
			q := orb.Bound{Min: orb.Point{c[0] - w, c[1] - w}, Max: orb.Point{c[0] + w, c[1] + w}}
			day := int32(r.IntN(2100))
			end := day + int32(r.IntN(10))
			var want, got []int
			for i, b := range bounds {
				east := orb.Bound{Min: orb.Point{q.Min[0] + 360, q.Min[1]}, Max: orb.Point{q.Max[0] + 360, q.Max[1]}}
				west := orb.Bound{Min: orb.Point{q.Min[0] - 360, q.Min[1]}, Max: orb.Point{q.Max[0] - 360, q.Max[1]}}
				if day < end && from[i] < to[i] && from[i] < end && day < to[i] &&
					(b.Intersects(q) || q.Min[0] < -180 && b.Intersects(east) || q.Max[0] > 180 && b.Intersects(west)) {
					want = append(want, i)
				}
			}
			index.Search(q, day, end, func(i int) { got = append(got, i) })
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Fatalf("%d items, %v on %d..%d: %v, want %v", n, q, day, end, got, want)
			}
		}
	}
}
