package cql2

import (
	"math"
	"strings"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
	"strikewatch/geo"
)

var spatialRelations = map[string]columns.Relation{
	"s_intersects": columns.Intersects, "s_disjoint": columns.Disjoint, "s_within": columns.Within, "s_contains": columns.Contains,
	"s_touches": columns.Touches, "s_crosses": columns.Crosses, "s_overlaps": columns.Overlaps, "s_equals": columns.Equals,
}

// swapped is the relation with its sides exchanged.
func swapped(r columns.Relation) columns.Relation {
	switch r {
	case columns.Within:
		return columns.Contains
	case columns.Contains:
		return columns.Within
	}
	return r
}

func (r *Reader) spatial(t *term, relation columns.Relation) (columns.Expr, error) {
	if err := t.count(2); err != nil {
		return nil, err
	}
	left, right := t.args[0], t.args[1]
	for _, side := range t.args {
		if err := r.checkSide(side); err != nil {
			return nil, err
		}
	}
	switch {
	case left.kind == property && right.kind == property:
		return r.withItself(relation), nil
	case left.kind == property:
		return r.relate(relation, right)
	case right.kind == property:
		return r.relate(swapped(relation), left)
	}
	return r.relateLiterals(t, relation, left, right)
}

// checkSide wants the geometry property or a literal.
func (r *Reader) checkSide(t *term) error {
	switch {
	case t.kind == shape || r.isGeometry(t):
		return nil
	case t.kind == property && r.Schema.Geometry == "":
		return t.wrong("", "%s have no geometry", r.Schema.Collection)
	case t.kind == property:
		return t.wrong("the geometry is called "+columns.GeometryField, "%s is not a geometry", t.name)
	}
	return t.wrong("for example POINT(97.75 22.94)", "a geometry is expected, not %s", t.noun())
}

// withItself relates each geometry to itself: what has one intersects, equals,
// contains and is within itself.
func (r *Reader) withItself(relation columns.Relation) columns.Expr {
	present := columns.Not{Expr: columns.IsNull{Field: columns.GeometryField}}
	switch relation {
	case columns.Intersects, columns.Equals, columns.Within, columns.Contains:
		return present
	}
	return columns.Constant(false)
}

func (r *Reader) relate(relation columns.Relation, t *term) (columns.Expr, error) {
	parts, err := r.parts(t)
	if err != nil {
		return nil, err
	}
	if b, ok := t.geometry.(orb.Bound); ok && r.LonLat == nil && relation <= columns.Disjoint {
		var e columns.Expr = columns.BBox{West: b.Min[0], South: b.Min[1], East: b.Max[0], North: b.Max[1]}
		if relation == columns.Disjoint {
			e = columns.Not{Expr: e}
		}
		return e, nil
	}
	return columns.Spatial{Relation: relation, Geometry: parts}, nil
}

func (r *Reader) relateLiterals(t *term, relation columns.Relation, left, right *term) (columns.Expr, error) {
	a, err := r.parts(left)
	if err != nil {
		return nil, err
	}
	b, err := r.parts(right)
	if err != nil {
		return nil, err
	}
	holds, err := columns.Related(a, relation, b)
	if err != nil {
		return nil, t.wrong("", "the geometries can not be related: %v", err)
	}
	return columns.Constant(holds), nil
}

// dwithin reads S_DWITHIN(geometry, geometry, distance [, unit]), the unit
// being m unless it is km.
func (r *Reader) dwithin(t *term) (columns.Expr, error) {
	if len(t.args) != 3 && len(t.args) != 4 {
		return nil, t.wrong("for example S_DWITHIN(geometry, POINT(97.75 22.94), 50000)", "S_DWITHIN takes two geometries and a distance in metres")
	}
	sides, distance := t.args[:2], t.args[2]
	metres, ok := asNumber(distance.value)
	if distance.kind != literal || !ok || metres < 0 || math.IsInf(metres, 1) {
		return nil, distance.wrong("give metres", "%s is not a distance", distance.noun())
	}
	if len(t.args) == 4 {
		unit := strings.ToLower(t.args[3].value.Text + t.args[3].name)
		switch unit {
		case "m", "metre", "metres", "meter", "meters":
		case "km", "kilometre", "kilometres", "kilometer", "kilometers":
			metres *= 1000
		default:
			return nil, t.args[3].wrong("use 'm' or 'km'", "%s is not a unit", t.args[3].noun())
		}
	}
	for _, side := range sides {
		if err := r.checkSide(side); err != nil {
			return nil, err
		}
	}
	at := sides[1]
	if sides[0].kind == shape {
		at = sides[0]
	}
	if sides[0].kind == sides[1].kind {
		return nil, t.wrong("", "one of the two is the geometry property, the other is written out")
	}
	g, err := r.parts(at)
	return columns.DWithin{Geometry: g, Metres: metres}, err
}

// parts is a literal as a valid geometry in longitude and latitude, a box as
// its area.
func (r *Reader) parts(t *term) (orb.Geometry, error) {
	g := t.geometry
	if b, ok := g.(orb.Bound); ok {
		if b.Min[1] > b.Max[1] {
			return nil, t.wrong("write west, south, east, north", "the box has its south above its north")
		}
		g = area(b, r.LonLat == nil)
	}
	if r.LonLat != nil {
		var err error
		if g, err = transform(g, r.LonLat); err != nil {
			return nil, t.wrong("", "%v", err)
		}
	}
	if err := check(g); err != nil {
		return nil, t.wrong("write longitude, then latitude, in degrees", "%v", err)
	}
	s, err := geo.NewShape(g)
	if err == nil {
		err = s.Validate()
	}
	if err != nil {
		return nil, t.wrong("", "the geometry is not valid: %v", err)
	}
	return g, nil
}
