package geo

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// Dissolve merges polygons that do not overlap and whose common boundaries
// run through the same vertices, as the cells of one coverage do: edges that
// two parts walk in opposite directions fall away, the others are linked to
// rings anew. It is exact, adds no vertex, and takes time in proportion to the
// number of edges. Outer rings come out counter-clockwise, holes clockwise.
func Dissolve(parts []orb.MultiPolygon) orb.MultiPolygon {
	next := map[orb.Point][]orb.Point{}
	for _, part := range parts {
		for _, polygon := range part {
			for i, ring := range polygon {
				addEdges(next, ring, i > 0)
			}
		}
	}
	starts := make([]orb.Point, 0, len(next))
	for p := range next {
		starts = append(starts, p)
	}
	slices.SortFunc(starts, comparePoints) // the same parts give the same bytes
	var outer, holes []orb.Ring
	for _, start := range starts {
		for len(next[start]) > 0 {
			ring := traceRing(next, start)
			if len(ring) < 4 {
				continue
			}
			if planar.Area(ring) > 0 {
				outer = append(outer, ring)
			} else {
				holes = append(holes, ring)
			}
		}
	}
	return assignHoles(outer, holes)
}

// addEdges puts the ring's edges, interior to the left, and lets those cancel
// that another ring walks the other way.
func addEdges(next map[orb.Point][]orb.Point, ring orb.Ring, hole bool) {
	clockwise := ring.Orientation() == orb.CW
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		if clockwise != hole {
			a, b = b, a
		}
		if a == b {
			continue
		}
		if back := next[b]; slices.Contains(back, a) {
			if i := slices.Index(back, a); len(back) > 1 {
				next[b] = slices.Delete(back, i, i+1)
			} else {
				delete(next, b)
			}
			continue
		}
		next[a] = append(next[a], b)
	}
}

// traceRing walks from start back to start and takes each edge that it walks
// out of next. Where rings touch in a point it turns left as far as it can, so
// that they stay apart.
func traceRing(next map[orb.Point][]orb.Point, start orb.Point) orb.Ring {
	ring := orb.Ring{start}
	at, before := start, start
	for {
		ends := next[at]
		if len(ends) == 0 {
			return nil // an edge without a partner: the parts were not closed
		}
		best := 0
		for i := 1; i < len(ends) && len(ring) > 1; i++ {
			if turn(before, at, ends[i]) > turn(before, at, ends[best]) {
				best = i
			}
		}
		to := ends[best]
		if len(ends) == 1 {
			delete(next, at)
		} else {
			next[at] = slices.Delete(ends, best, best+1)
		}
		before, at = at, to
		ring = append(ring, at)
		if at == start {
			return ring
		}
	}
}

// turn returns how far the path a-b-c bends to the left at b, in -π..π.
func turn(a, b, c orb.Point) float64 {
	t := math.Atan2(c[1]-b[1], c[0]-b[0]) - math.Atan2(b[1]-a[1], b[0]-a[0])
	return math.Remainder(t, 2*math.Pi)
}

func assignHoles(outer, holes []orb.Ring) orb.MultiPolygon {
	mp := make(orb.MultiPolygon, len(outer))
	bounds := make([]orb.Bound, len(outer))
	for i, r := range outer {
		mp[i], bounds[i] = orb.Polygon{r}, r.Bound()
	}
	for _, h := range holes {
		inside := orb.Point{(h[0][0] + h[1][0]) / 2, (h[0][1] + h[1][1]) / 2}
		best := -1
		for i, r := range outer {
			if bounds[i].Contains(inside) && planar.RingContains(r, inside) &&
				(best < 0 || planar.Area(r) < planar.Area(outer[best])) {
				best = i
			}
		}
		if best >= 0 {
			mp[best] = append(mp[best], h)
		}
	}
	return mp
}

func comparePoints(a, b orb.Point) int {
	if a[0] != b[0] {
		if a[0] < b[0] {
			return -1
		}
		return 1
	}
	if a[1] < b[1] {
		return -1
	}
	if a[1] > b[1] {
		return 1
	}
	return 0
}
