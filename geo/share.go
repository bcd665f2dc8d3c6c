package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// Share is the part (0 to 1) of the geodesic disk that lies in the region. A
// radius of 0 or less asks for the centre alone: 0 or 1.
func (r *Region) Share(center orb.Point, radius float64) float64 {
	if !(radius > 0) {
		if r.Contains(center) {
			return 1
		}
		return 0
	}
	d := newDisk(center, radius)
	return r.share(&d)
}

func (r *Region) share(d *disk) float64 {
	if d.misses(r.bound.Min[0], r.bound.Min[1], r.bound.Max[0], r.bound.Max[1]) {
		return 0
	}
	var room [16]rim
	c := clip{rims: room[:0]}
	c.cut(d, r)
	return c.share(d, r)
}

// clip is what a disk cuts out of a region's boundary: the region's part of the
// disk is bounded by the pieces of edges within and by the arcs of the circle
// from each place where the boundary leaves the disk, anticlockwise, to where
// it comes back.
type clip struct {
	// area is that between the pieces and the centre, twice; radius 1.
	area   float64
	pieces int
	middle float64 // of the last piece, as a part of its edge
	rims   []rim
	edges  *edgeList  // where to collect the edges that have a piece, if wanted
	kept   *[]segment // the same for the pieces
}

// rim is a crossing of the circle, at an angle anticlockwise from east.
type rim struct {
	angle float64
	in    bool
}

// segment is a piece of an edge in the plane of the disk.
type segment struct{ a, b spot }

// cut collects the pieces of all edges in the disk.
func (c *clip) cut(d *disk, r *Region) {
	top := len(r.tree) - 1
	for i := range r.tree[top] {
		c.walk(d, r, top, i)
	}
}

func (c *clip) walk(d *disk, r *Region, at, i int) {
	n := &r.tree[at][i]
	if d.misses(float64(n.minX), float64(n.minY), float64(n.maxX), float64(n.maxY)) {
		return
	}
	if at > 0 {
		below := r.tree[at-1]
		for k := i * branching; k < min((i+1)*branching, len(below)); k++ {
			c.walk(d, r, at-1, k)
		}
		return
	}
	chain := r.vertices[n.first : n.last+1]
	a := d.place(chain[0])
	for i := 1; i < len(chain); i++ {
		b, before := d.place(chain[i]), c.pieces
		if t0, t1, steps := d.course(chain[i-1], chain[i]); steps == 1 && t0 == 0 && t1 == 1 {
			c.edge(a, b)
		} else if steps > 0 {
			c.follow(d, chain[i-1], chain[i], t0, t1, steps)
		}
		if c.edges != nil && c.pieces > before {
			c.edges.add(chain[i-1], chain[i], n.first+int32(i-1), c.middle)
		}
		a = b
	}
}

// follow takes in an edge in steps. What lies before t0 and after t1 is outside
// the disk.
func (c *clip) follow(d *disk, from, to orb.Point, t0, t1 float64, steps int) {
	at := d.place(part(from, to, t0))
	for k := 1; k <= steps; k++ {
		next := d.place(part(from, to, t0+(t1-t0)*float64(k)/float64(steps)))
		if k == steps && t1 == 1 {
			next = d.place(to)
		}
		before := c.pieces
		c.edge(at, next)
		if c.pieces > before {
			c.middle = t0 + (t1-t0)*(float64(k-1)+c.middle)/float64(steps)
		}
		at = next
	}
}

// edge takes in the part of an edge within the unit circle. Whether an end is
// inside is decided by that end alone, so that comings and goings balance.
func (c *clip) edge(a, b spot) {
	switch ina, inb := a.inside(), b.inside(); {
	case ina && inb:
		c.piece(a, b, 0, 1)
	case ina:
		_, t := meet(a, b)
		q := a.to(b, t)
		c.rims = append(c.rims, rim{q.angle(), false})
		c.piece(a, q, 0, t)
	case inb:
		t, _ := meet(a, b)
		p := a.to(b, t)
		c.rims = append(c.rims, rim{p.angle(), true})
		c.piece(p, b, t, 1)
	default:
		if t0, t1 := meet(a, b); t0 < t1 && t0 > 0 && t1 < 1 {
			p, q := a.to(b, t0), a.to(b, t1)
			c.rims = append(c.rims, rim{p.angle(), true}, rim{q.angle(), false})
			c.piece(p, q, t0, t1)
		}
	}
}

// piece takes in the part t0 to t1 of an edge, which runs from a to b.
func (c *clip) piece(a, b spot, t0, t1 float64) {
	c.area += a.cross(b)
	c.pieces++
	c.middle = (t0 + t1) / 2
	if c.kept != nil {
		*c.kept = append(*c.kept, segment{a, b})
	}
}

func (p spot) angle() float64 { return math.Atan2(p.y, p.x) }

// meet is where the line from a to b meets the unit circle, as parts of the
// way, held to 0..1; where it does not, the first is not below the second.
func meet(a, b spot) (t0, t1 float64) {
	x, y := b.x-a.x, b.y-a.y
	square := x*x + y*y
	along := -(a.x*x + a.y*y) / square
	root := along*along - (a.square()-1)/square
	if !(root > 0) {
		return 1, 0
	}
	root = math.Sqrt(root)
	return math.Max(0, math.Min(1, along-root)), math.Max(0, math.Min(1, along+root))
}

// share is the part of the disk that the region has. r tells the ambiguous
// cases apart.
func (c *clip) share(d *disk, r *Region) float64 {
	if c.pieces == 0 {
		if r.Contains(d.center) {
			return 1
		}
		return 0
	}
	arcs := 0.0
	for _, m := range c.rims {
		if m.in {
			arcs += m.angle
		} else {
			arcs -= m.angle
		}
	}
	arcs = math.Mod(arcs, 2*math.Pi)
	if arcs < 0 {
		arcs += 2 * math.Pi
	}
	// No arc or all of the circle: the angles cannot tell.
	const unsure = 1e-6
	if arcs < unsure || arcs > 2*math.Pi-unsure {
		full := r.Contains(c.quiet(d))
		switch {
		case full && arcs < unsure:
			arcs += 2 * math.Pi
		case !full && arcs > unsure:
			arcs -= 2 * math.Pi
		}
	}
	return math.Max(0, math.Min(1, (c.area+arcs)/(2*math.Pi)))
}

// quiet is a position on the circle far from all crossings.
func (c *clip) quiet(d *disk) orb.Point {
	angle := 0.0
	if len(c.rims) > 0 {
		rims := make([]rim, len(c.rims))
		copy(rims, c.rims)
		angle = widest(rims)
	}
	return Destination(d.center, 90-angle/degree, d.radius)
}
