package geo

import "github.com/paulmach/orb"

// conflicts are the arcs whose simplified courses cross or touch one another
// elsewhere than in their ends, run along one another, have left another arc's
// vertex on the wrong side, or no longer enclose an area.
func (c *coverage) conflicts() map[int]bool {
	found := map[int]bool{}
	var segments []gridSegment
	var owner []int
	for i, a := range c.arcs {
		for k := 1; k < len(a.simple); k++ {
			before := len(segments)
			segments = appendPart(segments, toGrid(a.simple[k-1]), toGrid(a.simple[k]), winding{1})
			if len(segments) > before {
				owner = append(owner, i)
			}
		}
	}
	if len(segments) == 0 {
		return found
	}
	index := newBoxIndex(segments)
	for i := range segments {
		s := &segments[i]
		index.search(boxOf(s), func(k int) {
			t := &segments[k]
			if k <= i || !clashes(s, t) {
				return
			}
			found[owner[i]] = true
			found[owner[k]] = true
		})
	}
	for i := range c.arcs {
		if !found[i] && c.arcs[i].passesOver(segments, owner, i, index) {
			found[i] = true
		}
	}
	c.flat(found)
	return found
}

// clashes tells whether two segments have more in common than an end.
func clashes(s, t *gridSegment) bool {
	if s.a == t.a && s.b == t.b {
		return true
	}
	if _, ok := crossing(s, t); ok {
		return true
	}
	return s.near(t.a, 0) && t.a != s.a && t.a != s.b || s.near(t.b, 0) && t.b != s.a && t.b != s.b ||
		t.near(s.a, 0) && s.a != t.a && s.a != t.b || t.near(s.b, 0) && s.b != t.a && s.b != t.b
}

// passesOver tells whether some point of another arc lies between the arc and
// its simplified course.
func (a *arc) passesOver(segments []gridSegment, owner []int, own int, index *boxIndex) bool {
	from := 0
	for k := 1; k < len(a.simple); k++ {
		to := from + 1
		for a.points[to] != a.simple[k] {
			to++
		}
		if to > from+1 {
			gap := orb.Ring(append(append([]orb.Point(nil), a.points[from:to+1]...), a.points[from]))
			over := false
			b := gap.Bound()
			low, high := toGrid(b.Min), toGrid(b.Max)
			index.search(gridBox{low.x, low.y, high.x, high.y}, func(i int) {
				if owner[i] == own || over {
					return
				}
				for _, p := range [2]gridPoint{segments[i].a, segments[i].b} {
					if p != toGrid(a.points[from]) && p != toGrid(a.points[to]) && inRing(gap, p.position()) {
						over = true
					}
				}
			})
			if over {
				return true
			}
		}
		from = to
	}
	return false
}

// inRing is the odd-even rule for a closed ring.
func inRing(ring orb.Ring, p orb.Point) bool {
	c := crossings{p: p}
	return c.edges(ring) || c.odd
}

// flat finds the arcs of rings that have no area left.
func (c *coverage) flat(found map[int]bool) {
	for _, polygons := range c.parts {
		for _, rings := range polygons {
			for _, arcs := range rings {
				if len(c.ring(arcs)) >= 4 {
					continue
				}
				for _, n := range arcs {
					found[max(n, -n)-1] = true
				}
			}
		}
	}
}
