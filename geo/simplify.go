package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// SimplifyLine drops vertices so that no line moves by more than toleranceM
// metres. The ends stay, and so do lines of two points.
func SimplifyLine(lines orb.MultiLineString, toleranceM float64) orb.MultiLineString {
	simple := make(orb.MultiLineString, len(lines))
	for i, line := range lines {
		simple[i] = orb.LineString(thin(line, toleranceM))
	}
	return simple
}

// thin drops points of a chain by the rule of Douglas and Peucker: what is
// dropped lies within tolerance metres of what stays. The ends stay; of a
// closed chain also the two points that span it, so that it keeps an area.
func thin(chain []orb.Point, tolerance float64) []orb.Point {
	if len(chain) < 3 || !(tolerance > 0) {
		return append([]orb.Point(nil), chain...)
	}
	t := thinner{chain: chain, tolerance: tolerance, keep: make([]bool, len(chain))}
	last := len(chain) - 1
	t.keep[0], t.keep[last] = true, true
	if chain[0] == chain[last] {
		far, _ := t.farthest(0, last)
		side, beside := t.farthest(0, far)
		if other, d := t.farthest(far, last); d > beside {
			side = other
		}
		t.keep[far], t.keep[side] = true, true
	}
	from := 0
	for to := 1; to <= last; to++ {
		if t.keep[to] {
			t.divide(from, to)
			from = to
		}
	}
	kept := make([]orb.Point, 0, len(chain))
	for i, p := range chain {
		if t.keep[i] {
			kept = append(kept, p)
		}
	}
	return kept
}

type thinner struct {
	chain     []orb.Point
	tolerance float64
	keep      []bool
}

// divide keeps what is needed between two kept points.
func (t *thinner) divide(from, to int) {
	for {
		far, d := t.farthest(from, to)
		if d <= t.tolerance {
			return
		}
		t.keep[far] = true
		// The shorter part by recursion, so that the depth stays logarithmic.
		if far-from < to-far {
			t.divide(from, far)
			from = far
		} else {
			t.divide(far, to)
			to = far
		}
	}
}

// farthest is the point between two that lies farthest from the segment between
// them, and its distance in metres; or one of the two and 0 if none is between.
func (t *thinner) farthest(from, to int) (far int, metres float64) {
	far = from
	if to > from+1 {
		far = from + 1
	}
	a, b := t.chain[from], t.chain[to]
	// Degrees of longitude shrink towards the poles; a chain that is thinned is
	// short enough for those of its middle.
	shrink := math.Cos((a[1] + b[1]) / 2 * degree)
	best := 0.0
	for i := from + 1; i < to; i++ {
		if d := fromSegment(t.chain[i], a, b, shrink); d > best {
			best, far = d, i
		}
	}
	return far, math.Sqrt(best) * equatorialRadius * degree
}

// fromSegment is the square of the distance of p from a segment, in degrees of
// latitude.
func fromSegment(p, a, b orb.Point, shrink float64) float64 {
	x, y := (p[0]-a[0])*shrink, p[1]-a[1]
	dx, dy := (b[0]-a[0])*shrink, b[1]-a[1]
	if square := dx*dx + dy*dy; square > 0 {
		t := max(0, min(1, (x*dx+y*dy)/square))
		x -= t * dx
		y -= t * dy
	}
	return x*x + y*y
}
