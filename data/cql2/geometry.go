package cql2

import (
	"errors"
	"fmt"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

// area is a box as a polygon, two when it crosses the antimeridian, or what is
// left of it without width or height.
func area(b orb.Bound, degrees bool) orb.Geometry {
	switch {
	case b.Min == b.Max:
		return b.Min
	case b.Min[0] == b.Max[0] || b.Min[1] == b.Max[1]:
		return orb.LineString{b.Min, b.Max}
	case degrees && b.Min[0] > b.Max[0]:
		return orb.MultiPolygon{
			orb.Bound{Min: b.Min, Max: orb.Point{180, b.Max[1]}}.ToPolygon(),
			orb.Bound{Min: orb.Point{-180, b.Min[1]}, Max: b.Max}.ToPolygon(),
		}
	}
	return b.ToPolygon()
}

// check wants positions on the earth and rings that close.
func check(g orb.Geometry) error {
	switch g := g.(type) {
	case orb.Point:
		return geo.CheckPosition(g)
	case orb.MultiPoint:
		return checkAll(g, geo.CheckPosition)
	case orb.LineString:
		if len(g) < 2 {
			return errors.New("a line has two positions at least")
		}
		return checkAll(g, geo.CheckPosition)
	case orb.MultiLineString:
		return checkAll(g, func(l orb.LineString) error { return check(l) })
	case orb.Polygon:
		return checkAll(g, checkRing)
	case orb.MultiPolygon:
		return checkAll(g, func(p orb.Polygon) error { return check(p) })
	case orb.Collection:
		return checkAll(g, check)
	}
	return fmt.Errorf("unexpected geometry %T", g)
}

func checkAll[E any](parts []E, check func(E) error) error {
	if len(parts) == 0 {
		return errors.New("the geometry is empty")
	}
	for _, part := range parts {
		if err := check(part); err != nil {
			return err
		}
	}
	return nil
}

func checkRing(r orb.Ring) error {
	switch {
	case len(r) < 4:
		return errors.New("a ring has four positions at least, the last equal to the first")
	case r[0] != r[len(r)-1]:
		return errors.New("a ring ends where it begins; repeat its first position")
	}
	return checkAll(r, geo.CheckPosition)
}

// transform puts every position through move.
func transform(g orb.Geometry, move func(orb.Point) (orb.Point, error)) (orb.Geometry, error) {
	switch g := g.(type) {
	case orb.Point:
		return one(move(g))
	case orb.MultiPoint:
		points, err := each(g, move)
		return orb.MultiPoint(points), err
	case orb.LineString:
		points, err := each(g, move)
		return orb.LineString(points), err
	case orb.MultiLineString:
		lines, err := each(g, func(l orb.LineString) (orb.LineString, error) { return each(l, move) })
		return orb.MultiLineString(lines), err
	case orb.Polygon:
		return transformPolygon(g, move)
	case orb.MultiPolygon:
		polygons, err := each(g, func(p orb.Polygon) (orb.Polygon, error) { return transformPolygon(p, move) })
		return orb.MultiPolygon(polygons), err
	case orb.Collection:
		parts, err := each(g, func(part orb.Geometry) (orb.Geometry, error) { return transform(part, move) })
		return orb.Collection(parts), err
	}
	return nil, fmt.Errorf("unexpected geometry %T", g)
}

func transformPolygon(p orb.Polygon, move func(orb.Point) (orb.Point, error)) (orb.Polygon, error) {
	return each(p, func(r orb.Ring) (orb.Ring, error) { return each(r, move) })
}

func each[E any](parts []E, change func(E) (E, error)) ([]E, error) {
	changed := make([]E, len(parts))
	for i, part := range parts {
		var err error
		if changed[i], err = change(part); err != nil {
			return nil, err
		}
	}
	return changed, nil
}
