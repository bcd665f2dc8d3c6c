package columns_test

import (
	"math"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
	"strikewatch/geo"
)

// prepared is a geometry made ready for the other implementation.
type prepared struct {
	geometry orb.Geometry
	shape    geo.Shape
	points   []orb.Point
	lines    orb.MultiLineString
	border   *geo.Border // of the lines, when first asked for
}

func prepare(g orb.Geometry) *prepared {
	shape, err := geo.NewShape(g)
	if err != nil {
		panic(err)
	}
	p := &prepared{geometry: g, shape: shape}
	switch g := g.(type) {
	case orb.Point:
		p.points = []orb.Point{g}
	case orb.LineString:
		p.points, p.lines = g, orb.MultiLineString{g}
	case orb.Polygon:
		for _, ring := range g {
			p.points, p.lines = append(p.points, ring...), append(p.lines, orb.LineString(ring))
		}
	}
	return p
}

func (p *prepared) edges() *geo.Border {
	if p.border == nil && len(p.lines) > 0 {
		var err error
		if p.border, err = geo.NewBorder(p.lines); err != nil {
			panic(err)
		}
	}
	return p.border
}

func (ref *reference) ask(g orb.Geometry) *prepared {
	for _, p := range ref.asked {
		if orb.Equal(p.geometry, g) {
			return p
		}
	}
	ref.asked = append(ref.asked[max(0, len(ref.asked)-7):], prepare(g))
	return ref.asked[len(ref.asked)-1]
}

func (ref *reference) bbox(e columns.BBox, r *referenceRow) truth {
	if r.Geometry == nil {
		return unknown
	}
	if e.West > e.East {
		return max(ref.bbox(columns.BBox{West: e.West, South: e.South, East: 180, North: e.North}, r),
			ref.bbox(columns.BBox{West: -180, South: e.South, East: e.East, North: e.North}, r))
	}
	b := orb.Bound{Min: orb.Point{e.West, e.South}, Max: orb.Point{e.East, e.North}}
	if p, ok := r.Geometry.(orb.Point); ok {
		return is(b.Contains(p))
	}
	var box orb.Geometry = b.ToPolygon()
	if b.Min == b.Max {
		box = b.Min
	} else if b.Min[0] == b.Max[0] || b.Min[1] == b.Max[1] {
		box = orb.LineString{b.Min, b.Max}
	}
	return ref.spatial(columns.Spatial{Geometry: box}, r)
}

func (ref *reference) spatial(e columns.Spatial, r *referenceRow) truth {
	if r.Geometry == nil {
		return unknown
	}
	a, b := r.prepared.shape, ref.ask(e.Geometry).shape
	var holds bool
	var err error
	switch e.Relation {
	case columns.Intersects:
		holds = a.Intersects(b)
	case columns.Disjoint:
		holds = !a.Intersects(b)
	case columns.Within:
		holds, err = a.Within(b)
	case columns.Contains:
		holds, err = a.Contains(b)
	case columns.Touches:
		holds, err = a.Touches(b)
	case columns.Crosses:
		holds, err = a.Crosses(b)
	case columns.Overlaps:
		holds, err = a.Overlaps(b)
	case columns.Equals:
		holds, err = a.Equals(b)
	}
	if err != nil {
		panic(err)
	}
	return is(holds)
}

func (ref *reference) dwithin(e columns.DWithin, r *referenceRow) truth {
	if r.Geometry == nil {
		return unknown
	}
	to := ref.ask(e.Geometry)
	if r.prepared.shape.Intersects(to.shape) {
		return is(e.Metres >= 0)
	}
	return is(min(r.prepared.least(to), to.least(r.prepared)) <= e.Metres)
}

// least is the distance from the vertices of one geometry to another that it
// does not meet.
func (p *prepared) least(to *prepared) float64 {
	metres := math.Inf(1)
	for _, a := range p.points {
		if edges := to.edges(); edges != nil {
			d, _ := edges.Nearest(a)
			metres = min(metres, d)
			continue
		}
		for _, b := range to.points {
			metres = min(metres, geo.Distance(a, b))
		}
	}
	return metres
}
