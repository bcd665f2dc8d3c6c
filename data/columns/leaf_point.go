package columns

import (
	"fmt"

	"github.com/paulmach/orb"
)

// bbox keeps what meets a box.
func (c *compiler) bbox(e BBox, negated bool) (node, error) {
	if !(e.South <= e.North) || e.West != e.West || e.East != e.East {
		return nil, fmt.Errorf("box %v,%v,%v,%v: the south must not be beyond the north", e.West, e.South, e.East, e.North)
	}
	parts := []orb.Bound{{Min: orb.Point{e.West, e.South}, Max: orb.Point{e.East, e.North}}}
	if e.West > e.East {
		parts = []orb.Bound{
			{Min: orb.Point{e.West, e.South}, Max: orb.Point{180, e.North}},
			{Min: orb.Point{-180, e.South}, Max: orb.Point{e.East, e.North}},
		}
	}
	nodes := make([]node, len(parts))
	for i, bound := range parts {
		if c.points {
			nodes[i] = boxNode(bound, negated)
			continue
		}
		n, err := c.shapeNode(Intersects, boundShape(bound), negated)
		if err != nil {
			return nil, err
		}
		nodes[i] = n
	}
	if negated {
		return newAnd(nodes), nil
	}
	return newOr(nodes), nil
}

// boundShape is a box as an area, or what is left of one without height or width.
func boundShape(b orb.Bound) orb.Geometry {
	switch {
	case b.Min == b.Max:
		return b.Min
	case b.Min[0] == b.Max[0] || b.Min[1] == b.Max[1]:
		return orb.LineString{b.Min, b.Max}
	}
	return b.ToPolygon()
}

// boxNode keeps the points in a box, or outside.
func boxNode(b orb.Bound, negated bool) node {
	lon := axisLeaf(laneWest, b.Min[0], b.Max[0], negated)
	lat := axisLeaf(laneSouth, b.Min[1], b.Max[1], negated)
	if negated {
		return newOr([]node{lon, lat})
	}
	return newAnd([]node{lon, lat})
}

// axisLeaf compares coordinates as decimals of 7 places, which they are.
func axisLeaf(lane int, low, high float64, negated bool) node {
	degrees := lane7
	return &rangeLeaf{lane: lane, low: degrees.atLeast(low), high: degrees.atMost(high), outside: negated}
}

// lane7 scales degrees.
var lane7 = lane{digits: 7}

// spatial relates geometries.
func (c *compiler) spatial(e Spatial, negated bool) (node, error) {
	if e.Geometry == nil {
		return constantNode(false), nil
	}
	if !c.points {
		return c.shapeNode(e.Relation, e.Geometry, negated)
	}
	s := newShape(e.Geometry)
	want := s.wanted(e.Relation)
	if want&outside != 0 { // search within the bound of the shape only
		want, negated = ^want&(outside|onBoundary|inside), !negated
	}
	return newPointLeaf(s.bound, func(m mark) bool { return s.locate(m)&want != 0 },
		func(b box) (yes, uniform bool) {
			at, uniform := s.uniform(b)
			return at&want != 0, uniform
		}, negated), nil
}

// wanted is where a point must lie to have a relation to the shape.
func (s *shape) wanted(r Relation) location {
	switch r {
	case Intersects:
		return onBoundary | inside
	case Disjoint:
		return outside
	case Within:
		return inside
	case Touches:
		return onBoundary
	case Contains, Equals:
		if len(s.points) == 1 && len(s.lines.edges) == 0 && len(s.areas) == 0 {
			return inside
		}
	}
	return 0
}

// pointLeaf tests points one by one within a box; outside of it none pass.
type pointLeaf struct {
	box     node
	bound   box
	test    func(mark) bool
	uniform func(box) (yes, uniform bool)
	negated bool
}

func newPointLeaf(bound box, test func(mark) bool, uniform func(box) (yes, uniform bool), negated bool) node {
	lon := &rangeLeaf{lane: laneWest, low: bound.west, high: bound.east}
	lat := &rangeLeaf{lane: laneSouth, low: bound.south, high: bound.north}
	return &pointLeaf{newAnd([]node{lon, lat}), bound, test, uniform, negated}
}

// box is the extent of a block's points; nowhere when it has none.
func (b *block) box() box {
	lon, lat := b.lane(laneWest), b.lane(laneSouth)
	if lon.empty() {
		return nowhere
	}
	return box{lon.least, lat.least, lon.most, lat.most}
}

func (f *pointLeaf) zone(b *block) verdict {
	if b.lane(laneWest).empty() {
		return none
	}
	yes, uniform := false, !b.box().meets(f.bound)
	if !uniform {
		yes, uniform = f.uniform(b.box())
	}
	if !uniform {
		return some
	}
	passes := yes != f.negated
	return verdictOf(passes, passes && !b.lane(laneWest).nulls)
}

func (f *pointLeaf) keep(b *block, sel *bitmap) {
	lon, lat := b.lane(laneWest), b.lane(laneSouth)
	near := *sel
	if f.box.zone(b) == none {
		near = bitmap{}
	} else {
		f.box.keep(b, &near)
	}
	var list [blockRows]uint16
	var passed bitmap
	rows := near.rows(&list)
	if len(rows) < b.rows/8 {
		for _, row := range rows {
			if f.test(mark{lon.value(int(row)), lat.value(int(row))}) {
				passed.set(int(row))
			}
		}
	} else {
		var x, y [blockRows]int64
		lon.unpack(x[:b.rows], false)
		lat.unpack(y[:b.rows], false)
		for _, row := range rows {
			if row &= blockRows - 1; f.test(mark{x[row], y[row]}) {
				passed.set(int(row))
			}
		}
	}
	if !f.negated {
		*sel = passed
		return
	}
	sel.andNot(&passed)
	nullLeaf{laneWest, true}.keep(b, sel)
}

func (f *pointLeaf) cost() int { return 20 }
