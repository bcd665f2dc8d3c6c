package geo

import (
	"math"
	"math/bits"

	"github.com/paulmach/orb"
)

// gridPoint is a position in units of 1e-7 degrees (about 1 cm), in which
// overlays compute exactly. A position with up to seven decimals survives the
// way to the grid and back unchanged.
type gridPoint struct{ x, y int32 }

const gridUnits = 1e7

func toGrid(p orb.Point) gridPoint {
	return gridPoint{int32(math.Round(p[0] * gridUnits)), int32(math.Round(p[1] * gridUnits))}
}

func (p gridPoint) position() orb.Point {
	return orb.Point{float64(p.x) / gridUnits, float64(p.y) / gridUnits}
}

// before orders points from west to east, on a meridian from south to north.
func (p gridPoint) before(q gridPoint) bool { return p.x < q.x || p.x == q.x && p.y < q.y }

// turnAt is 1 where c lies left of the line from a to b, -1 where right, 0 on
// it, exactly: each product stays below 2^63.
func turnAt(a, b, c gridPoint) int {
	left := (int64(b.x) - int64(a.x)) * (int64(c.y) - int64(a.y))
	right := (int64(b.y) - int64(a.y)) * (int64(c.x) - int64(a.x))
	switch {
	case left > right:
		return 1
	case left < right:
		return -1
	}
	return 0
}

// gridSegment is an edge from a to b, where a is before b. Walking from a to
// b, the winding number of each operand is greater by turns on the left side
// than on the right.
type gridSegment struct {
	a, b  gridPoint
	turns winding
}

// winding counts how often the rings of the two operands of an overlay go
// around a place, anticlockwise.
type winding [2]int32

func (w winding) plus(v winding) winding  { return winding{w[0] + v[0], w[1] + v[1]} }
func (w winding) minus(v winding) winding { return winding{w[0] - v[0], w[1] - v[1]} }

// near tells whether c, no end of the segment, lies between its ends and within
// a distance of it whose square is given.
func (s *gridSegment) near(c gridPoint, reach2 float64) bool {
	dx, dy := int64(s.b.x)-int64(s.a.x), int64(s.b.y)-int64(s.a.y)
	cx, cy := int64(c.x)-int64(s.a.x), int64(c.y)-int64(s.a.y)
	ex, ey := int64(c.x)-int64(s.b.x), int64(c.y)-int64(s.b.y)
	// Between the ends: the scalar products with the direction differ in sign.
	if float64(dx)*float64(cx)+float64(dy)*float64(cy) <= 0 || float64(dx)*float64(ex)+float64(dy)*float64(ey) >= 0 {
		return false
	}
	cross := dx*cy - dy*cx
	// Overflow is far from near: the product of a distance and a length.
	if hi, lo := bits.Mul64(uint64(abs(dx)), uint64(abs(cy))); hi != 0 || lo > 1<<62 {
		return turnAt(s.a, s.b, c) == 0
	}
	if hi, lo := bits.Mul64(uint64(abs(dy)), uint64(abs(cx))); hi != 0 || lo > 1<<62 {
		return turnAt(s.a, s.b, c) == 0
	}
	length2 := float64(dx)*float64(dx) + float64(dy)*float64(dy)
	if length2 < 400 {
		reach2 = min(reach2, pixel)
	}
	return float64(cross)*float64(cross) <= reach2*length2
}

const (
	// pixel lets a segment meet the points that rounding moves it to.
	pixel = 0.25
	// seam joins neighbours whose common corners and edges were each rounded:
	// a corner and an edge then lie within the root of two of each other.
	// Segments of few units are too short for it.
	seam = 2
)

func abs(x int64) int64 {
	if x < 0 {
		return -x
	}
	return x
}

// crossing is the grid point nearest to where two segments cross, if each has
// its ends on both sides of the other.
func crossing(s, t *gridSegment) (gridPoint, bool) {
	if turnAt(s.a, s.b, t.a)*turnAt(s.a, s.b, t.b) >= 0 || turnAt(t.a, t.b, s.a)*turnAt(t.a, t.b, s.b) >= 0 {
		return gridPoint{}, false
	}
	dx, dy := float64(s.b.x)-float64(s.a.x), float64(s.b.y)-float64(s.a.y)
	ex, ey := float64(t.b.x)-float64(t.a.x), float64(t.b.y)-float64(t.a.y)
	cx, cy := float64(t.a.x)-float64(s.a.x), float64(t.a.y)-float64(s.a.y)
	part := (cx*ey - cy*ex) / (dx*ey - dy*ex)
	part = math.Max(0, math.Min(1, part))
	return gridPoint{
		int32(math.Round(float64(s.a.x) + part*dx)),
		int32(math.Round(float64(s.a.y) + part*dy)),
	}, true
}
