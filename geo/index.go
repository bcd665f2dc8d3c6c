package geo

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// RegionIndex finds items by box and by day. It is immutable and safe for
// concurrent use.
type RegionIndex struct {
	// floors[0] holds the items, indexBranching to a node of the next floor,
	// and so on up.
	floors [][]spaceTime
	items  []int32
}

// spaceTime is a box rounded outwards, on the days from until before to.
type spaceTime struct {
	minX, minY, maxX, maxY float32
	from, to               int32
}

const indexBranching = 8

// NewRegionIndex indexes item i by bounds[i] and the days [from[i], to[i]). The
// three slices have one length. An item of an empty bound or span is never
// found.
func NewRegionIndex(bounds []orb.Bound, from, to []int32) *RegionIndex {
	x := &RegionIndex{}
	var floor []spaceTime
	for i, b := range bounds {
		if b.Min[0] <= b.Max[0] && b.Min[1] <= b.Max[1] && from[i] < to[i] {
			x.items = append(x.items, int32(i))
		}
	}
	x.sort(bounds, from, to)
	for _, i := range x.items {
		floor = append(floor, outward(bounds[i], from[i], to[i]))
	}
	x.floors = append(x.floors, floor)
	for len(floor) > indexBranching {
		var upper []spaceTime
		for i := 0; i < len(floor); i += indexBranching {
			node := floor[i]
			for _, n := range floor[i:min(i+indexBranching, len(floor))] {
				node = spaceTime{
					min(node.minX, n.minX), min(node.minY, n.minY), max(node.maxX, n.maxX), max(node.maxY, n.maxY),
					min(node.from, n.from), max(node.to, n.to),
				}
			}
			upper = append(upper, node)
		}
		x.floors = append(x.floors, upper)
		floor = upper
	}
	return x
}

// sort tiles the items: slices of like days, in each rows of like latitudes,
// in each by longitude (sort-tile-recursive packing). An axis is cut the more
// often the smaller items are on it.
func (x *RegionIndex) sort(bounds []orb.Bound, from, to []int32) {
	axes := [3]axis{
		{func(i int32) (float64, float64) { return float64(from[i]), float64(to[i]) }},
		{func(i int32) (float64, float64) { return bounds[i].Min[1], bounds[i].Max[1] }},
		{func(i int32) (float64, float64) { return bounds[i].Min[0], bounds[i].Max[0] }},
	}
	fine := [3]float64{axes[0].fineness(x.items), axes[1].fineness(x.items), axes[2].fineness(x.items)}
	leaves := math.Ceil(float64(len(x.items)) / indexBranching)
	parts := min(leaves, max(1, fine[0]*math.Cbrt(leaves/(fine[0]*fine[1]*fine[2]))))
	leaves = max(1, leaves/parts)
	rows := min(leaves, max(1, math.Sqrt(leaves*fine[1]/fine[2])))
	axes[0].sort(x.items)
	for slice := range slices.Chunk(x.items, chunkSize(len(x.items), parts)) {
		axes[1].sort(slice)
		for row := range slices.Chunk(slice, chunkSize(len(slice), rows)) {
			axes[2].sort(row)
		}
	}
}

// chunkSize is the number of items in each of so many chunks, in whole nodes.
func chunkSize(items int, chunks float64) int {
	return indexBranching * max(1, int(math.Ceil(float64(items)/chunks/indexBranching)))
}

// axis is where an item begins and ends.
type axis struct {
	span func(item int32) (low, high float64)
}

// fineness is how many items of the mean size it takes to fill all.
func (a axis) fineness(items []int32) float64 {
	low, high, sum := math.Inf(1), math.Inf(-1), 0.0
	for _, i := range items {
		l, h := a.span(i)
		low, high, sum = min(low, l), max(high, h), sum+(h-l)
	}
	if !(sum > 0) {
		return 1
	}
	return max(1, (high-low)*float64(len(items))/sum)
}

func (a axis) sort(items []int32) {
	slices.SortStableFunc(items, func(i, k int32) int {
		l, h := a.span(i)
		m, n := a.span(k)
		return cmp.Compare(l/2+h/2, m/2+n/2)
	})
}

func outward(b orb.Bound, from, to int32) spaceTime {
	down, up := float32(math.Inf(-1)), float32(math.Inf(1))
	return spaceTime{
		math.Nextafter32(float32(b.Min[0]), down), math.Nextafter32(float32(b.Min[1]), down),
		math.Nextafter32(float32(b.Max[0]), up), math.Nextafter32(float32(b.Max[1]), up), from, to,
	}
}

// Search visits, in no particular order, each item whose box meets bound and
// whose days [from, to) meet [fromDay, toDay). It may visit an item that lies a
// few metres outside. A bound may reach beyond -180 or 180, as DiskBound does
// at the antimeridian: it goes on at the other side.
func (x *RegionIndex) Search(bound orb.Bound, fromDay, toDay int32, visit func(i int)) {
	if len(x.items) == 0 || fromDay >= toDay {
		return
	}
	q := outward(bound, fromDay, toDay)
	s := indexSearch{x: x, boxes: [3]spaceTime{q}, count: 1, visit: visit}
	for _, turn := range []float32{360, -360} {
		if turn > 0 && bound.Min[0] < -180 || turn < 0 && bound.Max[0] > 180 {
			q := q
			q.minX += turn
			q.maxX += turn
			s.boxes[s.count] = q
			s.count++
		}
	}
	top := len(x.floors) - 1
	s.walk(top, 0, len(x.floors[top]))
}

type indexSearch struct {
	x     *RegionIndex
	boxes [3]spaceTime
	count int
	visit func(i int)
}

func (s *indexSearch) walk(floor, first, end int) {
	nodes := s.x.floors[floor]
	for i := first; i < min(end, len(nodes)); i++ {
		n := &nodes[i]
		for k := range s.boxes[:s.count] {
			if q := &s.boxes[k]; n.from < q.to && q.from < n.to &&
				n.minX <= q.maxX && q.minX <= n.maxX && n.minY <= q.maxY && q.minY <= n.maxY {
				if floor == 0 {
					s.visit(int(s.x.items[i]))
				} else {
					s.walk(floor-1, i*indexBranching, (i+1)*indexBranching)
				}
				break
			}
		}
	}
}
