package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// overHorizon is the distance from p when the line is too far for straight
// distances to tell which part is nearest. It is branch and bound again, by
// geodesic distances to vertices. So far away the nearest vertex is as good as
// the nearest point of a piece: they differ by 3 cm at most.
func (s *search) overHorizon(b *Border, p orb.Point) float64 {
	s.stack[0] = branch{level: int32(len(b.levels) - 1)}
	s.vertex(p, b.piece(s.found-1).start)
	for top := 0; top >= 0; top-- {
		if next := s.stack[top]; next.reach <= s.metres {
			top += s.openFar(b, next, p, s.stack[top:])
		}
	}
	return s.metres
}

// openFar measures the lanes of a block and puts those that may hold something
// nearer on the stack, the nearest last. The reach of these branches is the
// least distance that anything in them may have.
func (s *search) openFar(b *Border, at branch, p orb.Point, stack []branch) int {
	count, near := 0, 0
	var end vector
	var toEnd float64
	for i := range fan {
		run := b.levels[at.level][at.block].get(i)
		if run.start.x > 1e100 {
			break
		}
		toStart := toEnd
		if i == 0 || run.start.minus(end).length() > 1e-3 {
			toStart = s.vertex(p, run.start)
		}
		end = run.end()
		toEnd = s.vertex(p, end)
		if at.level == 0 {
			continue
		}
		stack[count] = branch{
			reach: min(toStart, toEnd) - dip(run), level: at.level - 1, block: at.block*fan + int32(i),
		}
		if stack[count].reach < stack[near].reach {
			near = count
		}
		count++
	}
	if count > 1 {
		stack[near], stack[count-1] = stack[count-1], stack[near]
	}
	return count
}

// dip is by how much something in a run may be nearer than both its ends, seen
// from beyond straightRange.
func dip(run capsule) float64 {
	long := math.Sqrt(2 * run.half)
	if long > 2e5 {
		// An arc is no longer than pi/2 chords.
		return (long/2 + run.reach) * 1.58
	}
	// Between the ends the distance sags like that of a straight line seen
	// from straightRange.
	return long*long/(8*straightRange) + run.reach*1.01
}

// vertex is the distance from p to a vertex of the line, kept if it is the
// least.
func (s *search) vertex(p orb.Point, v vector) float64 {
	foot := drop(v)
	d := Distance(p, foot.position())
	if d < s.metres {
		s.metres, s.foot = d, foot
	}
	return d
}
