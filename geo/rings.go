package geo

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// polygonsFrom links boundary edges to rings and puts the holes into their
// outer rings: a valid multipolygon by RFC 7946, outer rings anticlockwise, in
// an order that depends on the shape alone.
func polygonsFrom(edges []boundaryEdge) orb.MultiPolygon {
	l := newLinker(edges)
	for i := range edges {
		if l.ring[i] < 0 {
			l.trace(int32(i))
		}
	}
	return l.assemble()
}

// linker numbers rings as it finds them.
type linker struct {
	edges []boundaryEdge
	from  map[gridPoint][]int32 // edges that leave a point
	ring  []int32               // of each edge, -1 at first
	rings [][]int32             // edges of each ring
	area  []float64             // of each ring, negative for holes
}

func newLinker(edges []boundaryEdge) *linker {
	l := &linker{edges: edges, from: make(map[gridPoint][]int32, len(edges)), ring: make([]int32, len(edges))}
	for i, e := range edges {
		l.ring[i] = -1
		l.from[e.from] = append(l.from[e.from], int32(i))
	}
	return l
}

// trace walks around the piece of the inside left of an edge. Where the walk
// meets a point again, what lies between is a ring of its own: rings may touch
// each other but never themselves.
func (l *linker) trace(first int32) {
	var walk []int32
	met := map[gridPoint]int{}
	for e := first; ; {
		met[l.edges[e].from] = len(walk)
		walk = append(walk, e)
		to := l.edges[e].to
		if at, again := met[to]; again {
			for _, k := range walk[at:] {
				delete(met, l.edges[k].from)
				l.ring[k] = int32(len(l.rings))
			}
			l.add(slices.Clone(walk[at:]))
			walk = walk[:at]
			if len(walk) == 0 {
				return
			}
		}
		e = l.next(e)
		if e < 0 {
			return
		}
	}
}

// next is the edge that goes on along the same piece of the inside: of those
// not yet walked, the first clockwise from the way back.
func (l *linker) next(e int32) int32 {
	at, back := l.edges[e].to, l.edges[e].from
	best := int32(-1)
	for _, k := range l.from[at] {
		if l.ring[k] >= 0 || k == e {
			continue
		}
		if best < 0 || clockwise(at, back, l.edges[k].to, l.edges[best].to) {
			best = k
		}
	}
	return best
}

// clockwise tells whether, turning clockwise around at from the direction of
// back, p comes before q.
func clockwise(at, back, p, q gridPoint) bool {
	rightP, rightQ := onRight(at, back, p), onRight(at, back, q)
	if rightP != rightQ {
		return rightP
	}
	return turnAt(at, q, p) > 0
}

// onRight tells whether p lies within half a turn clockwise from back.
func onRight(at, back, p gridPoint) bool { return turnAt(at, back, p) < 0 }

func (l *linker) add(ring []int32) {
	o := l.edges[ring[0]].from
	sum := 0.0
	for _, k := range ring {
		a, b := l.edges[k].from, l.edges[k].to
		sum += (float64(a.x)-float64(o.x))*(float64(b.y)-float64(o.y)) - (float64(b.x)-float64(o.x))*(float64(a.y)-float64(o.y))
	}
	l.rings = append(l.rings, ring)
	l.area = append(l.area, sum)
}

// assemble makes polygons of the rings.
func (l *linker) assemble() orb.MultiPolygon {
	polygonOf := make([]int, len(l.rings))
	var polygons orb.MultiPolygon
	for r := range l.rings {
		polygonOf[r] = -1
		if l.area[r] > 0 {
			polygonOf[r] = len(polygons)
			polygons = append(polygons, orb.Polygon{l.positions(r)})
		}
	}
	for r := range l.rings {
		if l.area[r] < 0 {
			if k := l.outer(r, polygonOf); k >= 0 {
				polygons[k] = append(polygons[k], l.positions(r))
			}
		}
	}
	for _, p := range polygons {
		slices.SortFunc(p[1:], func(a, b orb.Ring) int { return comparePoints(a[0], b[0]) })
	}
	slices.SortFunc(polygons, func(a, b orb.Polygon) int { return comparePoints(a[0][0], b[0][0]) })
	return polygons
}

// outer is the polygon that a hole lies in: that of the boundary edge right
// below the hole's first point, or, if that edge is of a hole, of the polygon
// that this one lies in.
func (l *linker) outer(hole int, polygonOf []int) int {
	for range l.rings {
		below := l.edges[l.lowest(hole)].below
		if below == 0 {
			return -1
		}
		hole = int(l.ring[below-1])
		if polygonOf[hole] >= 0 {
			return polygonOf[hole]
		}
	}
	return -1
}

// lowest is the edge of a ring at its first point from the west, the lower of
// the two there.
func (l *linker) lowest(ring int) int32 {
	least := func(k int32) gridPoint {
		if e := l.edges[k]; e.from.before(e.to) {
			return e.from
		}
		return l.edges[k].to
	}
	greatest := func(k int32) gridPoint {
		if e := l.edges[k]; e.from.before(e.to) {
			return e.to
		}
		return l.edges[k].from
	}
	return slices.MinFunc(l.rings[ring], func(i, k int32) int {
		a, b := least(i), least(k)
		return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y), turnAt(a, greatest(k), greatest(i)))
	})
}

// positions is the closed ring, from its first point from the west.
func (l *linker) positions(ring int) orb.Ring {
	edges := l.rings[ring]
	first := 0
	for i, k := range edges {
		if l.edges[k].from.before(l.edges[edges[first]].from) {
			first = i
		}
	}
	points := make(orb.Ring, 0, len(edges)+1)
	for i := range edges {
		points = append(points, l.edges[edges[(first+i)%len(edges)]].from.position())
	}
	return append(points, points[0])
}
