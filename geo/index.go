package geo

import "github.com/paulmach/orb"

// RegionIndex finds items by box and by day. It is immutable and safe for
// concurrent use.
type RegionIndex struct {
	bounds   []orb.Bound
	from, to []int32
}

// NewRegionIndex indexes item i by bounds[i] and the days [from[i], to[i]).
// The three slices have one length and must not be changed afterwards.
func NewRegionIndex(bounds []orb.Bound, from, to []int32) *RegionIndex {
	return &RegionIndex{bounds: bounds, from: from, to: to}
}

// Search visits each item whose box touches bound and whose days [from, to)
// intersect [fromDay, toDay).
func (x *RegionIndex) Search(bound orb.Bound, fromDay, toDay int32, visit func(i int)) {
	for i, b := range x.bounds {
		if x.from[i] < toDay && fromDay < x.to[i] && b.Intersects(bound) {
			visit(i)
		}
	}
}
