package report

import (
	"maps"
	"math"
	"slices"
)

// circle is a regular polygon that passes for a circle.
func circle(center point, radius float64, corners int) []point {
	return star(center, radius, radius, corners, 0)
}

// star has its corners at the outer radius, and between them its notches at
// the inner one when that is smaller. turn is in degrees, 0 with a corner up.
// All shapes run the same way around.
func star(center point, outer, inner float64, corners int, turn float64) []point {
	var ring []point
	corner := func(a, r float64) {
		a = (a + turn - 90) * math.Pi / 180
		ring = append(ring, point{center.x + r*math.Cos(a), center.y + r*math.Sin(a)})
	}
	step := 360 / float64(corners)
	for i := range corners {
		corner(float64(i)*step, outer)
		if inner < outer {
			corner((float64(i)+0.5)*step, inner)
		}
	}
	return ring
}

// closed repeats the first point of a ring, to stroke it.
func closed(ring []point) []point { return append(ring[:len(ring):len(ring)], ring[0]) }

func rectangle(from, to point) []point {
	return []point{from, {to.x, from.y}, to, {from.x, to.y}}
}

// dashed cuts lines into the strokes of a dash pattern.
func dashed(lines [][]point, dash []float64) [][]point {
	var out [][]point
	for _, line := range lines {
		on, n, left := true, 0, dash[0]
		piece := line[:min(1, len(line)):min(1, len(line))]
		for i := 1; i < len(line); i++ {
			a, b := line[i-1], line[i]
			length := math.Hypot(b.x-a.x, b.y-a.y)
			done := 0.0
			for length-done > left {
				done += left
				t := done / length
				cut := point{a.x + t*(b.x-a.x), a.y + t*(b.y-a.y)}
				if on {
					out = append(out, append(piece, cut))
				}
				piece = []point{cut}
				on = !on
				n++
				left = dash[n%len(dash)]
			}
			left -= length - done
			piece = append(piece, b)
		}
		if on && len(piece) > 1 {
			out = append(out, piece)
		}
	}
	return out
}

// hatch returns diagonal lines, spacing pixels apart, inside rings by the
// even-odd rule.
func hatch(rings [][]point, spacing float64) [][]point {
	const c = math.Sqrt2 / 2
	turn := func(p point) point { return point{(p.x + p.y) * c, (p.y - p.x) * c} }
	back := func(p point) point { return point{(p.x - p.y) * c, (p.x + p.y) * c} }
	crossings := map[int][]float64{}
	for _, ring := range rings {
		for i := range ring {
			a, b := turn(ring[i]), turn(ring[(i+1)%len(ring)])
			if a.y > b.y {
				a, b = b, a
			}
			for row := int(math.Ceil(a.y / spacing)); float64(row)*spacing < b.y; row++ {
				t := (float64(row)*spacing - a.y) / (b.y - a.y)
				crossings[row] = append(crossings[row], a.x+t*(b.x-a.x))
			}
		}
	}
	var lines [][]point
	for _, row := range slices.Sorted(maps.Keys(crossings)) {
		xs := crossings[row]
		slices.Sort(xs)
		for i := 0; i+1 < len(xs); i += 2 {
			y := float64(row) * spacing
			lines = append(lines, []point{back(point{xs[i], y}), back(point{xs[i+1], y})})
		}
	}
	return lines
}
