package report

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/simplify"
)

// drawnTolerance is how far a drawn line may stray from the true one, pixels.
const drawnTolerance = 0.35

// window is the frame with a margin, beyond which nothing needs drawing.
func (v *view) window() orb.Bound {
	const margin = 12
	return orb.Bound{Min: orb.Point{v.from.x - margin, v.from.y - margin}, Max: orb.Point{v.to.x + margin, v.to.y + margin}}
}

// rings projects polygons and cuts them to the window. Outer rings run one
// way, holes the other.
func (v *view) rings(shape orb.MultiPolygon) [][]point {
	var out [][]point
	window := v.window()
	for _, polygon := range shape {
		for i, ring := range polygon {
			flat := make(orb.Ring, len(ring))
			for j, p := range ring {
				at := v.at(p)
				flat[j] = orb.Point{at.x, at.y}
			}
			flat = clip.Ring(window, flat)
			if len(flat) < 4 || math.Abs(ringArea(flat)) < 0.3 {
				continue
			}
			flat = simplify.DouglasPeucker(drawnTolerance).Ring(flat)
			if len(flat) < 4 {
				continue
			}
			drawn := toPage(flat[:len(flat)-1])
			if ringArea(flat) > 0 != (i == 0) {
				slices.Reverse(drawn)
			}
			out = append(out, drawn)
		}
	}
	return out
}

// lines projects lines and cuts them to the window.
func (v *view) lines(shape orb.MultiLineString) [][]point {
	var out [][]point
	for _, line := range shape {
		flat := make(orb.LineString, len(line))
		for j, p := range line {
			at := v.at(p)
			flat[j] = orb.Point{at.x, at.y}
		}
		for _, part := range clip.LineString(v.window(), flat) {
			out = append(out, toPage(simplify.DouglasPeucker(drawnTolerance).LineString(part)))
		}
	}
	return out
}

// toPage keeps the points that a tenth of a pixel tells apart.
func toPage[L ~[]orb.Point](line L) []point {
	out := make([]point, 0, len(line))
	for _, p := range line {
		out = append(out, point{p[0], p[1]})
	}
	return out
}

// ringArea is signed: positive for one direction.
func ringArea(ring orb.Ring) float64 {
	var a float64
	for i := 1; i < len(ring); i++ {
		a += ring[i-1][0]*ring[i][1] - ring[i][0]*ring[i-1][1]
	}
	return a / 2
}

// outlines closes rings, to stroke them.
func outlines(rings [][]point) [][]point {
	out := make([][]point, len(rings))
	for i, ring := range rings {
		out[i] = closed(ring)
	}
	return out
}

// contains tells whether a point lies within rings, by the even-odd rule.
func contains(rings [][]point, p point) bool {
	in := false
	for _, ring := range rings {
		for i := range ring {
			a, b := ring[i], ring[(i+1)%len(ring)]
			if a.y > p.y != (b.y > p.y) && p.x < a.x+(p.y-a.y)/(b.y-a.y)*(b.x-a.x) {
				in = !in
			}
		}
	}
	return in
}

// inside finds the point within rings that is farthest from their edges, on a
// grid over the frame, and how far that is; false when there is none.
func (v *view) inside(rings [][]point, edge float64) (best point, room float64, ok bool) {
	const steps = 24
	for i := range steps {
		for j := range steps {
			p := point{v.from.x + (v.to.x-v.from.x)*(float64(i)+0.5)/steps, v.from.y + (v.to.y-v.from.y)*(float64(j)+0.5)/steps}
			if !contains(rings, p) {
				continue
			}
			d := min(p.x-v.from.x-edge, v.to.x-p.x-edge, p.y-v.from.y, v.to.y-p.y)
			for _, ring := range rings {
				for k := range ring {
					d = min(d, distanceTo(p, ring[k], ring[(k+1)%len(ring)]))
				}
			}
			if d > room {
				best, room, ok = p, d, true
			}
		}
	}
	return best, room, ok
}

// distanceTo measures a point from the line between two others.
func distanceTo(p, a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	t := 0.0
	if n := dx*dx + dy*dy; n > 0 {
		t = max(0, min(1, ((p.x-a.x)*dx+(p.y-a.y)*dy)/n))
	}
	return math.Hypot(p.x-a.x-t*dx, p.y-a.y-t*dy)
}
