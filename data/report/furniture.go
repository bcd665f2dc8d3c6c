package report

import "fmt"

// drawScale draws a bar of a round length and returns the space it takes.
func (d *drawing) drawScale(c canvas) box {
	km := 1.0
	for _, n := range []float64{2, 5, 10, 20, 50, 100, 200, 500, 1000} {
		if n*d.view.scale <= d.size.width*0.26 {
			km = n
		}
	}
	x, y := d.view.from.x+12, d.view.to.y-12
	length := km * d.view.scale
	bar := [][]point{{{x, y - 5}, {x, y}, {x + length, y}, {x + length, y - 5}}}
	c.stroke(bar, pen{width: 4, color: faded(paper, 0.85)})
	c.stroke(bar, pen{width: 1.4, color: ink})
	c.text(point{x + length/2, y - 5}, fmt.Sprintf("%g km", km), font{size: 10, color: ink, anchor: middle, halo: faded(homeland, 0.9)})
	return box{point{x - 4, y - 18}, point{x + length + 4, y + 4}}
}

func (d *drawing) drawNorth(c canvas) box {
	x, y := d.view.to.x-18, d.view.from.y+14
	arrow := [][]point{{{x, y - 4}, {x + 5, y + 12}, {x, y + 8.5}, {x - 5, y + 12}}}
	c.stroke(outlines(arrow), pen{width: 3, color: faded(paper, 0.85)})
	c.fill(arrow, ink)
	c.text(point{x, y + 23}, "N", font{size: 10, bold: true, color: ink, anchor: middle, halo: faded(homeland, 0.9)})
	return box{point{x - 9, y - 8}, point{x + 9, y + 26}}
}
