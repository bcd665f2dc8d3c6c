package columns

import "math"

// mark is a position in units of 10^-7 degrees.
type mark struct{ x, y int64 }

// box is a range of positions, edges included.
type box struct{ west, south, east, north int64 }

var nowhere = box{math.MaxInt64, math.MaxInt64, math.MinInt64, math.MinInt64}

func (b box) with(m mark) box {
	return box{min(b.west, m.x), min(b.south, m.y), max(b.east, m.x), max(b.north, m.y)}
}

func (b box) union(o box) box {
	return box{min(b.west, o.west), min(b.south, o.south), max(b.east, o.east), max(b.north, o.north)}
}

func (b box) meets(o box) bool {
	return b.west <= o.east && o.west <= b.east && b.south <= o.north && o.south <= b.north
}

func (b box) within(o box) bool {
	return o.west <= b.west && b.east <= o.east && o.south <= b.south && b.north <= o.north
}

// edge is a straight piece of a line or ring.
type edge struct{ from, to mark }

func (e edge) box() box { return nowhere.with(e.from).with(e.to) }

// side tells on which side of the edge m lies: 0 on its line. No product
// exceeds 3.6e9 * 1.8e9, so it is exact.
func (e edge) side(m mark) int {
	a := (e.to.x - e.from.x) * (m.y - e.from.y)
	b := (e.to.y - e.from.y) * (m.x - e.from.x)
	switch {
	case a > b:
		return 1
	case a < b:
		return -1
	}
	return 0
}

// strips files edges by latitude.
type strips struct {
	bound box
	all   []edge
	edges [][]edge // those that reach each strip, from south to north
	scale float64
}

func newStrips(edges []edge) strips {
	s := strips{bound: nowhere, all: edges}
	for _, e := range edges {
		s.bound = s.bound.with(e.from).with(e.to)
	}
	if len(edges) == 0 {
		return s
	}
	s.edges = make([][]edge, min(4096, len(edges)/2+1))
	s.scale = float64(len(s.edges)) / float64(s.bound.north-s.bound.south+1)
	for _, e := range edges {
		if e.from.y > e.to.y {
			e.from, e.to = e.to, e.from
		}
		b := e.box()
		for i := s.strip(b.south); i <= s.strip(b.north); i++ {
			s.edges[i] = append(s.edges[i], e)
		}
	}
	return s
}

// strip is the number of the strip that holds a latitude within the bound.
func (s *strips) strip(y int64) int {
	return min(int(float64(y-s.bound.south)*s.scale), len(s.edges)-1)
}

// crossed tells whether m lies on an edge, and whether a ray from m to the
// east crosses the edges an odd number of times.
func (s *strips) crossed(m mark) (on, odd bool) {
	if m.x < s.bound.west || m.x > s.bound.east || m.y < s.bound.south || m.y > s.bound.north {
		return false, false
	}
	for _, e := range s.edges[s.strip(m.y)] {
		if m.y < e.from.y || m.y > e.to.y || m.x > max(e.from.x, e.to.x) {
			continue
		}
		side := e.side(m)
		if side == 0 && m.x >= min(e.from.x, e.to.x) {
			return true, false
		}
		if m.y < e.to.y && side > 0 {
			odd = !odd
		}
	}
	return false, odd
}

// reaches tells whether the box of an edge meets b.
func (s *strips) reaches(b box) bool {
	if !s.bound.meets(b) {
		return false
	}
	for i := s.strip(max(b.south, s.bound.south)); i <= s.strip(min(b.north, s.bound.north)); i++ {
		for _, e := range s.edges[i] {
			if e.box().meets(b) {
				return true
			}
		}
	}
	return false
}
