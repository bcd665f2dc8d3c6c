package columns

import "math"

// raster divides a shape's bound into cells. Cells that no edge and no point of
// the shape comes near lie wholly inside or outside, so most points of a large
// filter are located by one look.
type raster struct {
	bound      box
	side       int // cells along each axis
	perX, perY float64
	cells      []location
}

// unsure marks cells in which a point's location must be worked out.
const unsure location = 0

const (
	fewEdges = 12 // below which a raster does not pay
	mostSide = 256
)

func newRaster(s *shape) *raster {
	edges := 0
	s.eachEdge(func(edge) { edges++ })
	if edges < fewEdges || s.bound.west >= s.bound.east || s.bound.south >= s.bound.north {
		return nil
	}
	side := max(16, min(int(3*math.Sqrt(float64(edges))), mostSide))
	r := &raster{bound: s.bound, side: side, cells: make([]location, side*side)}
	// One part in a thousand less, so that the last position is in the last cell.
	r.perX = float64(side) * 0.999 / float64(s.bound.east-s.bound.west)
	r.perY = float64(side) * 0.999 / float64(s.bound.north-s.bound.south)
	const unknown = outside | onBoundary | inside
	for i := range r.cells {
		r.cells[i] = unknown
	}
	s.eachEdge(func(e edge) { r.markEdge(e, 0) })
	for m := range s.points {
		r.markBox(nowhere.with(m))
	}
	for y := range side {
		last := unsure
		for x := range side {
			cell := &r.cells[y*side+x]
			if *cell == unknown {
				if last == unsure {
					last = s.locateExactly(r.center(x, y))
				}
				*cell = last
			}
			last = *cell
		}
	}
	return r
}

func (s *shape) eachEdge(visit func(edge)) {
	for _, e := range s.lines.all {
		visit(e)
	}
	for i := range s.areas {
		for _, e := range s.areas[i].all {
			visit(e)
		}
	}
}

func (r *raster) column(x int64) int { return int(float64(x-r.bound.west) * r.perX) }
func (r *raster) line(y int64) int   { return int(float64(y-r.bound.south) * r.perY) }

// center is well within a cell.
func (r *raster) center(x, y int) mark {
	return mark{r.bound.west + int64((float64(x)+0.5)/r.perX), r.bound.south + int64((float64(y)+0.5)/r.perY)}
}

// at is the location of all points of a cell, unsure when they differ.
func (r *raster) at(m mark) location {
	if m.x < r.bound.west || m.x > r.bound.east || m.y < r.bound.south || m.y > r.bound.north {
		return outside
	}
	return r.cells[r.line(m.y)*r.side+r.column(m.x)]
}

// markEdge marks the cells that an edge comes near, halving it until its box is
// small. Halves are rounded by a unit at most, which markBox allows for.
func (r *raster) markEdge(e edge, depth int) {
	b := e.box()
	if depth == 40 || r.column(b.east)-r.column(b.west) <= 1 && r.line(b.north)-r.line(b.south) <= 1 {
		r.markBox(b)
		return
	}
	middle := mark{e.from.x + (e.to.x-e.from.x)/2, e.from.y + (e.to.y-e.from.y)/2}
	r.markEdge(edge{e.from, middle}, depth+1)
	r.markEdge(edge{middle, e.to}, depth+1)
}

func (r *raster) markBox(b box) {
	const margin = 64 // more than the roundings of 40 halvings
	west, east := r.column(max(b.west-margin, r.bound.west)), r.column(min(b.east+margin, r.bound.east))
	south, north := r.line(max(b.south-margin, r.bound.south)), r.line(min(b.north+margin, r.bound.north))
	for y := south; y <= north; y++ {
		for x := west; x <= east; x++ {
			r.cells[y*r.side+x] = unsure
		}
	}
}
