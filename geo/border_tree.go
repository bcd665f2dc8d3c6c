package geo

import "math"

// capsule is the space within reach of an axis. An axis from the first to the
// last point of a run of pieces, with the run in its reach, bounds the winding
// line closely at every scale.
type capsule struct {
	start, axis  vector
	half, ground float64 // |axis|^2 / 2; 1 / |axis|^2, 0 for a point
	reach        float64
}

// fan is the number of branches of a node; of 2, 4, 8 and 16 it was fastest.
const fan = 4

// block holds fan capsules side by side, as the search reads them.
type block struct {
	startX, startY, startZ [fan]float64
	axisX, axisY, axisZ    [fan]float64
	half, ground, reach    [fan]float64
}

func newCapsule(from, to vector) capsule {
	c := capsule{start: from, axis: to.minus(from)}
	if square := c.axis.dot(c.axis); square > 0 {
		c.half, c.ground = square/2, 1/square
	}
	return c
}

func (c *capsule) end() vector { return c.start.plus(c.axis) }

// foot is the point of the axis nearest to v, as a part of the axis.
func (c *capsule) foot(v vector) float64 {
	return min(max(v.minus(c.start).dot(c.axis)*c.ground, 0), 1)
}

// distance is that of v to the axis.
func (c *capsule) distance(v vector) float64 {
	return v.minus(c.start.along(c.axis, c.foot(v))).length()
}

// around is the capsule of a run of pieces.
func around(run []capsule) capsule {
	c := newCapsule(run[0].start, run[len(run)-1].end())
	for i := range run {
		c.reach = max(c.reach, c.distance(run[i].start), c.distance(run[i].end()))
	}
	c.reach *= 1 + 1e-9
	return c
}

// grow builds the levels over the pieces, up to one with a single block.
func grow(pieces []capsule) [][]block {
	var levels [][]block
	for size := 1; ; size *= fan {
		lanes := (len(pieces) + size - 1) / size
		level := make([]block, (lanes+fan-1)/fan)
		for i := range len(level) * fan {
			c := emptyLane()
			if i < lanes {
				c = around(pieces[i*size : min((i+1)*size, len(pieces))])
			}
			level[i/fan].set(i%fan, c)
		}
		levels = append(levels, level)
		if len(level) == 1 {
			return levels
		}
	}
}

// emptyLane is a capsule that nothing is near.
func emptyLane() capsule { return capsule{start: vector{x: 1e150}} }

func (b *block) set(lane int, c capsule) {
	b.startX[lane], b.startY[lane], b.startZ[lane] = c.start.x, c.start.y, c.start.z
	b.axisX[lane], b.axisY[lane], b.axisZ[lane] = c.axis.x, c.axis.y, c.axis.z
	b.half[lane], b.ground[lane], b.reach[lane] = c.half, c.ground, c.reach
}

func (b *block) get(lane int) capsule {
	return capsule{
		start: vector{b.startX[lane], b.startY[lane], b.startZ[lane]},
		axis:  vector{b.axisX[lane], b.axisY[lane], b.axisZ[lane]},
		half:  b.half[lane], ground: b.ground[lane], reach: b.reach[lane],
	}
}

// distances2 are the squares of the distances of p to the axes.
func (b *block) distances2(p *vector) (d [fan]float64) {
	for i := range fan {
		x, y, z := p.x-b.startX[i], p.y-b.startY[i], p.z-b.startZ[i]
		dot := x*b.axisX[i] + y*b.axisY[i] + z*b.axisZ[i]
		// The foot is over the axis where 0 <= dot <= |axis|^2, and over is 0;
		// else the foot is an end, and over is twice what dot is outside by.
		// No branch: none could be predicted.
		over := math.Abs(dot-b.half[i]) - b.half[i]
		over += math.Abs(over)
		d[i] = x*x + y*y + z*z + (over*over/4-dot*dot)*b.ground[i]
	}
	return d
}

// piece is number i of the line.
func (b *Border) piece(i int32) capsule { return b.levels[0][i/fan].get(int(i % fan)) }
