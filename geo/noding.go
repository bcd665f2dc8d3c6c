package geo

import (
	"cmp"
	"errors"
	"slices"

	"github.com/paulmach/orb"
)

// appendEdges adds the edges of a shape as those of an operand. Outer rings
// count anticlockwise and holes clockwise, whichever way they run.
func appendEdges(segments []gridSegment, polygons orb.MultiPolygon, operand int) []gridSegment {
	for _, polygon := range polygons {
		for i, ring := range polygon {
			turn := int32(1)
			if (signedArea(closed(ring)) < 0) != (i > 0) {
				turn = -1
			}
			segments = appendRingEdges(segments, ring, operand, turn)
		}
	}
	return segments
}

func appendRingEdges(segments []gridSegment, ring orb.Ring, operand int, turn int32) []gridSegment {
	for i := range ring {
		a, b := toGrid(ring[i]), toGrid(ring[(i+1)%len(ring)])
		if a == b {
			continue
		}
		s := gridSegment{a: a, b: b}
		s.turns[operand] = turn
		if b.before(a) {
			s.a, s.b = b, a
			s.turns[operand] = -turn
		}
		segments = append(segments, s)
	}
	return segments
}

// closed is the ring with its first vertex at the end.
func closed(ring orb.Ring) orb.Ring {
	if n := len(ring); n > 0 && ring[0] != ring[n-1] {
		return append(ring[:n:n], ring[0])
	}
	return ring
}

var errIntricate = errors.New("the edges are too intricate to be told apart on a grid of 1 cm")

// node cuts segments wherever they cross or a vertex lies on them, give or take
// a unit, and joins equal ones, until they meet in their ends only. This is
// snap rounding (J. D. Hobby, Practical segment intersection with finite
// precision output, 1999) in rounds: what is cut moves a little and may meet
// others anew.
func node(segments []gridSegment) ([]gridSegment, error) {
	segments = mergeEqual(weld(segments))
	for round := range 30 {
		reach2 := float64(pixel)
		if round == 0 {
			reach2 = seam
		}
		cuts := findCuts(segments, reach2)
		if len(cuts) == 0 {
			return segments, nil
		}
		segments = mergeEqual(applyCuts(segments, cuts))
	}
	return nil, errIntricate
}

// weld makes one of vertices that lie within the root of two units of each
// other: a corner that neighbours computed and rounded apart.
func weld(segments []gridSegment) []gridSegment {
	vertices := make([]gridPoint, 0, 2*len(segments))
	for _, s := range segments {
		vertices = append(vertices, s.a, s.b)
	}
	slices.SortFunc(vertices, func(p, q gridPoint) int { return cmp.Or(cmp.Compare(p.x, q.x), cmp.Compare(p.y, q.y)) })
	vertices = slices.Compact(vertices)
	// Cells of two units hold one welded vertex each, for two in one cell are
	// near each other.
	kept := make(map[gridPoint]gridPoint, len(vertices))
	moved := map[gridPoint]gridPoint{}
	for _, p := range vertices {
		if q, ok := weldedNear(kept, p); ok {
			moved[p] = q
		} else {
			kept[gridPoint{p.x >> 1, p.y >> 1}] = p
		}
	}
	if len(moved) == 0 {
		return segments
	}
	welded := make([]gridSegment, 0, len(segments))
	for _, s := range segments {
		a, b := s.a, s.b
		if q, ok := moved[a]; ok {
			a = q
		}
		if q, ok := moved[b]; ok {
			b = q
		}
		welded = appendPart(welded, a, b, s.turns)
	}
	return welded
}

func weldedNear(kept map[gridPoint]gridPoint, p gridPoint) (gridPoint, bool) {
	for dx := int32(-1); dx <= 1; dx++ {
		for dy := int32(-1); dy <= 1; dy++ {
			q, ok := kept[gridPoint{p.x>>1 + dx, p.y>>1 + dy}]
			if ok && abs(int64(q.x)-int64(p.x)) <= 1 && abs(int64(q.y)-int64(p.y)) <= 1 {
				return q, true
			}
		}
	}
	return gridPoint{}, false
}

// mergeEqual sorts segments by their ends, adds up the turns of equal ones and
// drops those that change nothing.
func mergeEqual(segments []gridSegment) []gridSegment {
	slices.SortFunc(segments, func(s, t gridSegment) int {
		return cmp.Or(cmp.Compare(s.a.x, t.a.x), cmp.Compare(s.a.y, t.a.y), cmp.Compare(s.b.x, t.b.x), cmp.Compare(s.b.y, t.b.y))
	})
	merged := segments[:0]
	for _, s := range segments {
		if n := len(merged); n > 0 && merged[n-1].a == s.a && merged[n-1].b == s.b {
			merged[n-1].turns = merged[n-1].turns.plus(s.turns)
			continue
		}
		merged = append(merged, s)
	}
	return slices.DeleteFunc(merged, func(s gridSegment) bool { return s.turns == winding{} })
}

// cut is a place at which a segment is to be parted.
type cut struct {
	segment int32
	at      gridPoint
}

// findCuts lists where segments must be parted because they cross or another
// one's end is near.
func findCuts(segments []gridSegment, reach2 float64) []cut {
	var cuts []cut
	index := newBoxIndex(segments)
	add := func(i int, at gridPoint) {
		if s := &segments[i]; at != s.a && at != s.b {
			cuts = append(cuts, cut{int32(i), at})
		}
	}
	for i := range segments {
		s := &segments[i]
		index.search(boxOf(s).grown(1), func(k int) {
			if k == i {
				return
			}
			t := &segments[k]
			if t.a != s.a && t.a != s.b && s.near(t.a, reach2) {
				add(i, t.a)
			}
			if t.b != s.a && t.b != s.b && s.near(t.b, reach2) {
				add(i, t.b)
			}
			if k > i {
				if at, ok := crossing(s, t); ok {
					add(i, at)
					add(k, at)
				}
			}
		})
	}
	return cuts
}

// applyCuts parts the segments at their cuts, in the order along them.
func applyCuts(segments []gridSegment, cuts []cut) []gridSegment {
	along := func(s *gridSegment, p gridPoint) float64 {
		return (float64(s.b.x)-float64(s.a.x))*(float64(p.x)-float64(s.a.x)) +
			(float64(s.b.y)-float64(s.a.y))*(float64(p.y)-float64(s.a.y))
	}
	slices.SortFunc(cuts, func(c, d cut) int {
		if c.segment != d.segment {
			return cmp.Compare(c.segment, d.segment)
		}
		s := &segments[c.segment]
		return cmp.Or(cmp.Compare(along(s, c.at), along(s, d.at)), cmp.Compare(c.at.x, d.at.x), cmp.Compare(c.at.y, d.at.y))
	})
	var parted []gridSegment
	for i := range segments {
		s := segments[i]
		from := s.a
		for ; len(cuts) > 0 && int(cuts[0].segment) == i; cuts = cuts[1:] {
			parted = appendPart(parted, from, cuts[0].at, s.turns)
			from = cuts[0].at
		}
		parted = appendPart(parted, from, s.b, s.turns)
	}
	return parted
}

func appendPart(parts []gridSegment, from, to gridPoint, turns winding) []gridSegment {
	switch {
	case from == to:
		return parts
	case to.before(from):
		return append(parts, gridSegment{to, from, winding{}.minus(turns)})
	}
	return append(parts, gridSegment{from, to, turns})
}
