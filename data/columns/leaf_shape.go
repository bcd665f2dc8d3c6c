package columns

import (
	"errors"
	"fmt"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

var errNoFetch = errors.New("this filter needs features that the query gave no way to fetch")

// shapeNode relates lines and areas: their boxes decide where they can, the
// features where they must. Only boxes are kept in memory.
func (c *compiler) shapeNode(r Relation, g orb.Geometry, negated bool) (node, error) {
	if r == Disjoint {
		return c.shapeNode(Intersects, g, !negated)
	}
	target, err := geo.NewShape(g)
	if err != nil {
		return nil, err
	}
	if err := target.Validate(); err != nil {
		return nil, fmt.Errorf("the geometry of the filter is not valid: %w", err)
	}
	s, targetDimension := newShape(g), dimension(g)
	want := s.wanted(r)
	f := &fetchLeaf{answerLeaf: answerLeaf{lane: laneWest, negated: negated, yes: map[*block]*bitmap{}}}
	f.sort = byBox(func(b box) (yes, sure bool) {
		if b.west == b.east && b.south == b.north { // a point
			return s.locate(mark{b.west, b.south})&want != 0, true
		}
		if !b.meets(s.bound) || r == Within && !b.within(s.bound) ||
			r == Contains && !s.bound.within(b) || r == Equals && b != s.bound {
			return false, true
		}
		at, uniform := s.uniform(b)
		return at == inside && (r == Intersects || r == Within), uniform
	})
	f.decide = func(p *parser) (bool, error) {
		geometry := p.anyGeometry()
		if d := dimension(geometry); d > 0 && targetDimension > 0 {
			if holds, sure := judge(r, plainShape(geometry), s, d, targetDimension); sure {
				return holds, nil
			}
		}
		row, err := geo.NewShape(geometry)
		if err != nil {
			return false, err
		}
		if r == Touches && !row.Intersects(target) { // mostly so, and soon found
			return false, nil
		}
		return relate(r, row, target)
	}
	c.pending = append(c.pending, f)
	return f, nil
}

// Related relates two geometries.
func Related(a orb.Geometry, r Relation, b orb.Geometry) (bool, error) {
	left, err := geo.NewShape(a)
	if err != nil {
		return false, err
	}
	right, err := geo.NewShape(b)
	if err != nil {
		return false, err
	}
	if r == Disjoint {
		return !left.Intersects(right), nil
	}
	return relate(r, left, right)
}

func relate(r Relation, a, b geo.Shape) (bool, error) {
	switch r {
	case Intersects:
		return a.Intersects(b), nil
	case Within:
		return a.Within(b)
	case Contains:
		return a.Contains(b)
	case Touches:
		return a.Touches(b)
	case Crosses:
		return a.Crosses(b)
	case Overlaps:
		return a.Overlaps(b)
	}
	return a.Equals(b)
}

// anyGeometry is the geometry of the feature last read, nil when it has none.
func (p *parser) anyGeometry() orb.Geometry {
	if p.located {
		return p.point
	}
	return p.geometry
}

// byBox judges rows by their boxes.
func byBox(judge func(box) (yes, sure bool)) func(b *block, sel, yes *bitmap) {
	return func(b *block, sel, yes *bitmap) {
		west, south := b.lane(laneWest), b.lane(laneSouth)
		east, north := b.lane(laneEast), b.lane(laneNorth)
		var open bitmap
		var list [blockRows]uint16
		for _, r := range sel.rows(&list) {
			row := int(r)
			matches, sure := judge(box{west.value(row), south.value(row), east.value(row), north.value(row)})
			switch {
			case !sure:
				open.set(row)
			case matches:
				yes.set(row)
			}
		}
		*sel = open
	}
}

// reachNode keeps the lines and areas within a distance.
func (c *compiler) reachNode(r *reach, negated bool) node {
	f := &fetchLeaf{answerLeaf: answerLeaf{lane: laneWest, negated: negated, yes: map[*block]*bitmap{}}}
	f.sort = byBox(func(b box) (yes, sure bool) {
		if b.west == b.east && b.south == b.north {
			return r.reaches(mark{b.west, b.south}), true
		}
		return false, !b.meets(r.bound) || r.Metres < 0
	})
	f.decide = func(p *parser) (bool, error) { return r.touches(p.anyGeometry()) }
	c.pending = append(c.pending, f)
	return f
}

// touches tells whether any position of g is within reach. Where the two do
// not meet, the least distance is at a vertex of one of them.
func (r *reach) touches(g orb.Geometry) (bool, error) {
	other, err := newReach(DWithin{g, r.Metres})
	if err != nil {
		return false, err
	}
	a, err := geo.NewShape(g)
	if err != nil {
		return false, err
	}
	b, err := geo.NewShape(r.Geometry)
	if err != nil {
		return false, err
	}
	return a.Intersects(b) || r.reachesVertex(g) || other.reachesVertex(r.Geometry), nil
}

func (r *reach) reachesVertex(g orb.Geometry) bool {
	vertices := &reach{}
	for _, line := range vertices.collect(g, nil) {
		for _, p := range line {
			if r.near(p) {
				return true
			}
		}
	}
	for _, p := range vertices.spots {
		if r.near(p) {
			return true
		}
	}
	return false
}
