package geo

import (
	"github.com/paulmach/orb"
)

// SimplifyCoverage drops vertices of parts that may share edges, such as
// neighbouring areas, so that no edge moves by more than toleranceM metres and
// the parts meet as before: an edge that two parts share through the same
// vertices stays shared, no edges come to cross, and no island changes sides.
// Parts should be valid; rings come out closed. The vertices that stay do not
// move.
func SimplifyCoverage(parts []orb.MultiPolygon, toleranceM float64) []orb.MultiPolygon {
	c := newCoverage(parts)
	for i := range c.arcs {
		c.arcs[i].simplify(toleranceM)
	}
	// Arcs that came into conflict are simplified less, at last not at all.
	for {
		conflicts := c.conflicts()
		again := false
		for i := range conflicts {
			a := &c.arcs[i]
			if len(a.simple) == len(a.points) {
				continue
			}
			again = true
			if a.tolerance /= 2; a.tolerance < toleranceM/64 {
				a.tolerance = 0
			}
			a.simplify(a.tolerance)
		}
		if !again {
			return c.assemble()
		}
	}
}

// coverage is the boundaries of parts as arcs: chains between the points where
// more than two edges meet. Shared edges are one arc.
type coverage struct {
	arcs  []arc
	parts [][][][]int // of each part, polygon and ring: 1 + its arcs, negative where walked backwards
}

type arc struct {
	points, simple []orb.Point
	tolerance      float64
}

func (a *arc) simplify(tolerance float64) {
	a.tolerance = tolerance
	a.simple = thin(a.points, tolerance)
}

func newCoverage(parts []orb.MultiPolygon) *coverage {
	c := &coverage{}
	ends := junctions(parts)
	type key struct{ first, second orb.Point }
	known := map[key]int{}
	add := func(points []orb.Point) int {
		n := len(points)
		if i, ok := known[key{points[n-1], points[n-2]}]; ok {
			return -i
		}
		k := key{points[0], points[1]}
		if i, ok := known[k]; ok {
			return i
		}
		c.arcs = append(c.arcs, arc{points: points})
		known[k] = len(c.arcs)
		return len(c.arcs)
	}
	for _, part := range parts {
		var polygons [][][]int
		for _, polygon := range part {
			var rings [][]int
			for _, ring := range polygon {
				if ring = distinct(ring); len(ring) < 4 {
					continue
				}
				var arcs []int
				for _, points := range split(ring, ends) {
					arcs = append(arcs, add(points))
				}
				rings = append(rings, arcs)
			}
			polygons = append(polygons, rings)
		}
		c.parts = append(c.parts, polygons)
	}
	return c
}

// distinct is the ring closed and without repetitions.
func distinct(ring orb.Ring) orb.Ring {
	clean := make(orb.Ring, 0, len(ring)+1)
	for _, p := range ring {
		if n := len(clean); n == 0 || clean[n-1] != p {
			clean = append(clean, p)
		}
	}
	return closed(clean)
}

// junctions are the points that have other than two neighbours.
func junctions(parts []orb.MultiPolygon) map[orb.Point]bool {
	neighbours := map[orb.Point][2]orb.Point{}
	ends := map[orb.Point]bool{}
	meet := func(at, before, after orb.Point) {
		known, ok := neighbours[at]
		if !ok {
			neighbours[at] = [2]orb.Point{before, after}
		} else if known != [2]orb.Point{before, after} && known != [2]orb.Point{after, before} {
			ends[at] = true
		}
	}
	for _, part := range parts {
		for _, polygon := range part {
			for _, ring := range polygon {
				if ring = distinct(ring); len(ring) < 4 {
					continue
				}
				for i := range len(ring) - 1 {
					before := ring[(i+len(ring)-2)%(len(ring)-1)]
					meet(ring[i], before, ring[i+1])
				}
			}
		}
	}
	return ends
}

// split parts a closed ring at junctions. One without any begins at its least
// point, so that two parts agree on it.
func split(ring orb.Ring, ends map[orb.Point]bool) [][]orb.Point {
	open := ring[:len(ring)-1]
	first, found := 0, false
	for i, p := range open {
		if ends[p] {
			first, found = i, true
			break
		}
		if comparePoints(p, open[first]) < 0 {
			first = i
		}
	}
	var chains [][]orb.Point
	chain := []orb.Point{open[first]}
	for i := 1; i <= len(open); i++ {
		p := open[(first+i)%len(open)]
		chain = append(chain, p)
		if found && ends[p] || i == len(open) {
			chains = append(chains, chain)
			chain = []orb.Point{p}
		}
	}
	return chains
}

// assemble puts the simplified arcs together to rings.
func (c *coverage) assemble() []orb.MultiPolygon {
	parts := make([]orb.MultiPolygon, len(c.parts))
	for i, polygons := range c.parts {
		for _, rings := range polygons {
			var polygon orb.Polygon
			for _, arcs := range rings {
				polygon = append(polygon, c.ring(arcs))
			}
			if len(polygon) > 0 {
				parts[i] = append(parts[i], polygon)
			}
		}
	}
	return parts
}

func (c *coverage) ring(arcs []int) orb.Ring {
	var ring orb.Ring
	for _, n := range arcs {
		points := c.arcs[max(n, -n)-1].simple
		for i := range points {
			p := points[i]
			if n < 0 {
				p = points[len(points)-1-i]
			}
			if len(ring) == 0 || ring[len(ring)-1] != p {
				ring = append(ring, p)
			}
		}
	}
	return ring
}
