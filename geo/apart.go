package geo

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// apart tells that no two of the partial claims overlap within the disk. It may
// fail to see it.
//
// How many claims have a place changes only where a boundary passes. Where two
// claims walk the same edge in opposite directions, as neighbours do, it does
// not change. So it can be 2 or more only if it is so beside one of the other
// edges, unless it is the same everywhere; and beside an edge it is 1 and 0 if
// its own claim alone has the place on the edge at which it lies in the disk,
// and no other edge crosses it on the way to its ends.
func (c *claims) apart() bool {
	if len(c.partial) < 2 || c.boxesApart() {
		return true
	}
	lone, ok := c.edges.lone(c.partial)
	if !ok {
		return false
	}
	if len(lone) == 0 {
		total := 0.0
		for _, m := range c.partial {
			total += m.share
		}
		return total < 1.5
	}
	return c.simple(lone)
}

// simple tells that each of the edges lies in no claim but its own and meets
// none of another claim.
func (c *claims) simple(lone []diskEdge) bool {
	spans := make([]edgeSpan, len(lone))
	for i := range lone {
		e := &lone[i]
		from, to := e.ends(c.partial)
		p := part(from, to, float64(e.at))
		for k := range c.partial {
			if r := c.partial[k].region; k != int(e.claim) && r.bound.Contains(p) && r.Contains(p) {
				return false
			}
		}
		spans[i] = edgeSpan{min(from[0], to[0]), max(from[0], to[0]), from, to, e.claim}
	}
	slices.SortFunc(spans, func(a, b edgeSpan) int { return cmp.Compare(a.west, b.west) })
	for i := range spans {
		e := &spans[i]
		for k := i + 1; k < len(spans) && spans[k].west <= e.east; k++ {
			if o := &spans[k]; o.claim != e.claim && meets(e.from, e.to, o.from, o.to) {
				return false
			}
		}
	}
	return true
}

type edgeSpan struct {
	west, east float64
	from, to   orb.Point
	claim      int32
}

// boxesApart tells that the boxes of no two claims meet within the disk.
func (c *claims) boxesApart() bool {
	for i := range c.partial {
		for k := range i {
			a, b := c.partial[i].region.bound, c.partial[k].region.bound
			if a.Intersects(b) && !c.d.misses(max(a.Min[0], b.Min[0]), max(a.Min[1], b.Min[1]), min(a.Max[0], b.Max[0]), min(a.Max[1], b.Max[1])) {
				return false
			}
		}
	}
	return true
}

// meets tells whether the edges from a to b and from p to q have more in common
// than an end.
func meets(a, b, p, q orb.Point) bool {
	if max(a[0], b[0]) < min(p[0], q[0]) || max(p[0], q[0]) < min(a[0], b[0]) ||
		max(a[1], b[1]) < min(p[1], q[1]) || max(p[1], q[1]) < min(a[1], b[1]) {
		return false
	}
	toP, toQ := orientation(a, b, p), orientation(a, b, q)
	if toP*toQ > 0 || orientation(p, q, a)*orientation(p, q, b) > 0 {
		return false
	}
	if b == p || b == q {
		a, b = b, a
	}
	if a == q {
		p, q = q, p
	}
	if a != p {
		return true
	}
	// Edges from one point overlap only if they go the same way.
	return toP == 0 && toQ == 0 && (b[0]-a[0])*(q[0]-p[0])+(b[1]-a[1])*(q[1]-p[1]) > 0
}
