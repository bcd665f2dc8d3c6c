package geo

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/peterstace/simplefeatures/geom"
)

// Union is the area in any of the parts.
func Union(parts ...orb.MultiPolygon) (orb.MultiPolygon, error) {
	shapes := make([]geom.Geometry, 0, len(parts))
	for _, part := range parts {
		shape, err := toShape(part)
		if err != nil {
			return nil, err
		}
		shapes = append(shapes, shape)
	}
	union, err := geom.UnionMany(shapes)
	if err != nil {
		return nil, fmt.Errorf("union: %w", err)
	}
	return fromShape(union)
}

// Intersection is the area in both a and b.
func Intersection(a, b orb.MultiPolygon) (orb.MultiPolygon, error) {
	return overlay("intersection", geom.Intersection, a, b)
}

// Difference is the area in a and not in b.
func Difference(a, b orb.MultiPolygon) (orb.MultiPolygon, error) {
	return overlay("difference", geom.Difference, a, b)
}

func overlay(name string, operate func(a, b geom.Geometry) (geom.Geometry, error), a, b orb.MultiPolygon) (orb.MultiPolygon, error) {
	left, err := toShape(a)
	if err != nil {
		return nil, err
	}
	right, err := toShape(b)
	if err != nil {
		return nil, err
	}
	result, err := operate(left, right)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return fromShape(result)
}

func toShape(polygons orb.MultiPolygon) (geom.Geometry, error) {
	data, err := wkb.Marshal(polygons)
	if err != nil {
		return geom.Geometry{}, fmt.Errorf("encode shape: %w", err)
	}
	shape, err := geom.UnmarshalWKB(data)
	if err != nil {
		return geom.Geometry{}, fmt.Errorf("decode shape: %w", err)
	}
	return shape, nil
}

func fromShape(shape geom.Geometry) (orb.MultiPolygon, error) {
	geometry, err := wkb.Unmarshal(shape.AsBinary())
	if err != nil {
		return nil, fmt.Errorf("decode result: %w", err)
	}
	return polygonsOf(geometry), nil
}

func polygonsOf(geometry orb.Geometry) orb.MultiPolygon {
	switch g := geometry.(type) {
	case orb.Polygon:
		if len(g) == 0 {
			return nil
		}
		return orb.MultiPolygon{g}
	case orb.MultiPolygon:
		return g
	case orb.Collection:
		var all orb.MultiPolygon
		for _, member := range g {
			all = append(all, polygonsOf(member)...)
		}
		return all
	}
	return nil
}
