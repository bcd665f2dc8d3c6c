package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// run is a stretch of successive edges: those from vertex first to vertex
// last, in a box rounded outwards. Where a run joins several rings, whole is
// false, and not all that lies between its vertices is an edge.
type run struct {
	minX, minY, maxX, maxY float32
	first, last            int32
}

func (r *run) whole() bool { return r.last >= 0 }

// level is one floor of the tree over the edges: each run covers branching
// runs of the floor below, and one of the lowest that many edges.
type level []run

const branching = 8

// plant builds the tree.
func (r *Region) plant() {
	var floor level
	first := int32(0)
	for _, polygon := range r.polygons {
		for _, ring := range polygon {
			end := first + int32(len(ring)) - 1
			for a := first; a < end; a += branching {
				floor = append(floor, r.lowest(a, min(a+branching, end)))
			}
			first = end + 1
		}
	}
	r.tree = append(r.tree, floor)
	for len(floor) > branching {
		var upper level
		for i := 0; i < len(floor); i += branching {
			upper = append(upper, join(floor[i:min(i+branching, len(floor))]))
		}
		r.tree = append(r.tree, upper)
		floor = upper
	}
}

func (r *Region) lowest(first, last int32) run {
	b := orb.LineString(r.vertices[first : last+1]).Bound()
	down, up := float32(math.Inf(-1)), float32(math.Inf(1))
	return run{
		minX: math.Nextafter32(float32(b.Min[0]), down), minY: math.Nextafter32(float32(b.Min[1]), down),
		maxX: math.Nextafter32(float32(b.Max[0]), up), maxY: math.Nextafter32(float32(b.Max[1]), up),
		first: first, last: last,
	}
}

func join(runs []run) run {
	all := runs[0]
	for _, r := range runs[1:] {
		all.minX, all.minY = min(all.minX, r.minX), min(all.minY, r.minY)
		all.maxX, all.maxY = max(all.maxX, r.maxX), max(all.maxY, r.maxY)
		if all.last == r.first && r.whole() {
			all.last = r.last
		} else {
			all.last = -1
		}
	}
	return all
}

// crossings counts the edges that a ray from p to the east crosses.
type crossings struct {
	p   orb.Point
	odd bool
}

// count takes in run i of a level and tells whether p lies on one of its
// edges. An edge is crossed if it has one end north of p and one not.
func (c *crossings) count(r *Region, at, i int) (touches bool) {
	n := &r.tree[at][i]
	x, y := c.p[0], c.p[1]
	if y < float64(n.minY) || y > float64(n.maxY) || x > float64(n.maxX) {
		return false
	}
	if x < float64(n.minX) && n.whole() {
		// The whole run is east of p: whatever it does between, it crosses the
		// ray an odd number of times if its ends are on different sides.
		if (r.vertices[n.first][1] > y) != (r.vertices[n.last][1] > y) {
			c.odd = !c.odd
		}
		return false
	}
	if at == 0 {
		return c.edges(r.vertices[n.first : n.last+1])
	}
	below := r.tree[at-1]
	for k := i * branching; k < min((i+1)*branching, len(below)); k++ {
		if c.count(r, at-1, k) {
			return true
		}
	}
	return false
}

func (c *crossings) edges(chain []orb.Point) (touches bool) {
	x, y := c.p[0], c.p[1]
	for i := 1; i < len(chain); i++ {
		a, b := chain[i-1], chain[i]
		if (a[1] > y) == (b[1] > y) {
			if c.p == a || a[1] == y && b[1] == y && (a[0] <= x) != (b[0] < x) {
				return true
			}
			continue
		}
		side := orientation(a, b, c.p)
		if side == 0 {
			return true
		}
		if (side > 0) == (b[1] > a[1]) {
			c.odd = !c.odd
		}
	}
	return false
}
