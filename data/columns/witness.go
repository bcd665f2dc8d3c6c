package columns

import (
	"math"

	"github.com/paulmach/orb"
)

// A relation of two large shapes is mostly decided by a few of their own
// positions: one of each boundary or line that lies clearly inside or outside
// of the other. Only where none is found the whole arrangement is worked out.

const (
	// margin in units of 10^-7 degrees: positions so near to an edge say nothing.
	margin = 4
	// fewSamples are taken of a shape at least, along its edges.
	fewSamples = 256
)

// witnesses say whether a position of a shape lies in or outside of another.
type witnesses struct{ in, out bool }

// of looks for positions of other in and outside of s.
func (s *shape) of(other *shape) (w witnesses) {
	edges := 0
	other.eachEdge(func(edge) { edges++ })
	steps := int64(max(1, fewSamples/max(1, edges)))
	look := func(m mark) {
		switch s.clearly(m) {
		case inside:
			w.in = true
		case outside:
			w.out = true
		}
	}
	for m := range other.points {
		look(m)
	}
	other.eachEdge(func(e edge) {
		for i := range steps {
			if w.in && w.out {
				return
			}
			look(mark{e.from.x + (e.to.x-e.from.x)*i/steps, e.from.y + (e.to.y-e.from.y)*i/steps})
		}
	})
	return w
}

// clearly tells where a position lies, or unsure near an edge or a point.
func (s *shape) clearly(m mark) location {
	if s.lines.near(m) {
		return unsure
	}
	for p := range s.points {
		if abs(p.x-m.x) <= margin && abs(p.y-m.y) <= margin {
			return unsure
		}
	}
	for i := range s.areas {
		if s.areas[i].near(m) {
			return unsure
		}
		if _, odd := s.areas[i].crossed(m); odd {
			return inside
		}
	}
	return outside
}

// near tells whether a position lies within the margin of an edge, or not far
// beyond it.
func (s *strips) near(m mark) bool {
	if m.x < s.bound.west-margin || m.x > s.bound.east+margin || m.y < s.bound.south-margin || m.y > s.bound.north+margin {
		return false
	}
	low, high := s.strip(max(m.y-margin, s.bound.south)), s.strip(min(m.y+margin, s.bound.north))
	for i := low; i <= high; i++ {
		for _, e := range s.edges[i] {
			b := e.box()
			if m.x < b.west-margin || m.x > b.east+margin || m.y < b.south-margin || m.y > b.north+margin {
				continue
			}
			dx, dy := float64(e.to.x-e.from.x), float64(e.to.y-e.from.y)
			if math.Abs(dx*float64(m.y-e.from.y)-dy*float64(m.x-e.from.x)) <= margin*math.Hypot(dx, dy) {
				return true
			}
		}
	}
	return false
}

func abs(n int64) int64 { return max(n, -n) }

// judge decides whether row has the relation to target where witnesses can.
// Dimensions are 1 for lines and 2 for areas.
func judge(r Relation, row, target *shape, rowDimension, targetDimension int) (holds, sure bool) {
	switch { // what dimensions rule out
	case r == Equals && rowDimension != targetDimension, r == Overlaps && rowDimension != targetDimension,
		r == Within && rowDimension > targetDimension, r == Contains && rowDimension < targetDimension,
		r == Crosses && rowDimension == 2 && targetDimension == 2:
		return false, true
	}
	a, b := target.of(row), row.of(target) // of the row's positions, of the target's
	switch r {
	case Intersects:
		return true, a.in || b.in
	case Within:
		return false, a.out
	case Contains:
		return false, b.out
	case Equals:
		return false, a.out || b.out
	case Touches: // an edge inside the other has inside of its own beside it
		return false, a.in || b.in
	case Crosses:
		return true, rowDimension < targetDimension && a.in && a.out || rowDimension > targetDimension && b.in && b.out
	case Overlaps: // of two areas: a boundary inside the other has both sides there
		return true, rowDimension == 2 && (a.in && (a.out || b.in) || b.in && b.out)
	}
	return false, false
}

// dimension of lines is 1 and of areas 2; 0 of what witnesses say nothing of.
func dimension(g orb.Geometry) int {
	switch g.(type) {
	case orb.LineString, orb.MultiLineString:
		return 1
	case orb.Ring, orb.Polygon, orb.MultiPolygon, orb.Bound:
		return 2
	}
	return 0
}
