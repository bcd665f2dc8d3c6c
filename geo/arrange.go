package geo

import (
	"cmp"
	"slices"
	"sort"
)

// boundary keeps, of noded segments, those that part the places inside a
// result from those outside, directed so that the inside is on the left.
// inside judges the winding numbers of a place.
func boundary(segments []gridSegment, inside func(winding) bool) []boundaryEdge {
	slices.SortFunc(segments, func(s, t gridSegment) int {
		if c := cmp.Or(cmp.Compare(s.a.x, t.a.x), cmp.Compare(s.a.y, t.a.y)); c != 0 {
			return c
		}
		return turnAt(t.a, t.b, s.b) // from right to left as seen from the common start
	})
	w := sweepLine{segments: segments, inside: inside, above: make([]winding, len(segments)), result: make([]int32, len(segments))}
	ends := make([]int32, len(segments))
	for i := range ends {
		ends[i] = int32(i)
	}
	slices.SortFunc(ends, func(i, k int32) int {
		s, t := segments[i], segments[k]
		return cmp.Or(cmp.Compare(s.b.x, t.b.x), cmp.Compare(s.b.y, t.b.y))
	})
	for next := 0; next < len(segments); {
		at := segments[next].a
		// Whatever ends up to here goes first.
		for len(ends) > 0 && !at.before(segments[ends[0]].b) {
			w.remove(ends[0])
			ends = ends[1:]
		}
		last := next
		for last < len(segments) && segments[last].a == at {
			last++
		}
		w.insert(next, last)
		next = last
	}
	return w.edges
}

// boundaryEdge is directed; below is 1 + the number of the boundary edge right
// below the start of the segment it comes from, 0 if there is none.
type boundaryEdge struct {
	from, to gridPoint
	below    int32
}

// sweepLine moves from west to east and keeps the segments that it meets in
// order from south to north. No two cross, so that order never changes.
type sweepLine struct {
	segments []gridSegment
	inside   func(winding) bool
	line     []int32   // numbers of segments
	above    []winding // of each segment: the winding numbers on its left
	result   []int32   // of each segment: 1 + its boundary edge, or 0
	edges    []boundaryEdge
}

// insert adds the segments from first to before last, which start at one point.
func (w *sweepLine) insert(first, last int) {
	at := w.segments[first].a
	place := sort.Search(len(w.line), func(i int) bool {
		s := &w.segments[w.line[i]]
		return turnAt(s.a, s.b, at) < 0 // the segment runs above
	})
	var below winding
	edge := int32(0)
	if place > 0 {
		below = w.above[w.line[place-1]]
	}
	for i := place - 1; i >= 0 && edge == 0; i-- {
		edge = w.result[w.line[i]]
	}
	added := make([]int32, 0, 8)
	for i := first; i < last; i++ {
		s := &w.segments[i]
		w.above[i] = below.plus(s.turns)
		switch under, over := w.inside(below), w.inside(w.above[i]); {
		case over && !under:
			w.edges = append(w.edges, boundaryEdge{s.a, s.b, edge})
		case under && !over:
			w.edges = append(w.edges, boundaryEdge{s.b, s.a, edge})
		}
		if w.inside(below) != w.inside(w.above[i]) {
			edge = int32(len(w.edges))
			w.result[i] = edge
		}
		below = w.above[i]
		added = append(added, int32(i))
	}
	w.line = slices.Insert(w.line, place, added...)
}

// remove takes a segment out at its end.
func (w *sweepLine) remove(segment int32) {
	end := w.segments[segment].b
	i := sort.Search(len(w.line), func(i int) bool {
		s := &w.segments[w.line[i]]
		return turnAt(s.a, s.b, end) <= 0
	})
	// Several segments may end here; they stand together.
	for k := i; k < len(w.line); k++ {
		if w.line[k] == segment {
			w.line = slices.Delete(w.line, k, k+1)
			return
		}
	}
	for k, s := range w.line {
		if s == segment {
			w.line = slices.Delete(w.line, k, k+1)
			return
		}
	}
}
