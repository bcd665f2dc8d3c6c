package geo

import (
	"fmt"

	"github.com/paulmach/orb"
)

// Union is the area in any of the parts. Parts should be valid (see Repair) but
// may overlap each other. Like all overlays it computes exactly on a grid of
// 1e-7 degrees (1 cm), to which it rounds; gaps and overlaps of up to that
// width between neighbours vanish, and vertices of their common edges remain
// only where the result's boundary runs. The result is valid.
func Union(parts ...orb.MultiPolygon) (orb.MultiPolygon, error) {
	var segments []gridSegment
	for _, part := range parts {
		if err := checkShape(part); err != nil {
			return nil, fmt.Errorf("union: %w", err)
		}
		segments = appendEdges(segments, part, 0)
	}
	return combine("union", segments, func(w winding) bool { return w[0] > 0 })
}

// Intersection is the area in both a and b, as Union computes.
func Intersection(a, b orb.MultiPolygon) (orb.MultiPolygon, error) {
	return overlay("intersection", a, b, func(w winding) bool { return w[0] > 0 && w[1] > 0 })
}

// Difference is the area in a and not in b, as Union computes.
func Difference(a, b orb.MultiPolygon) (orb.MultiPolygon, error) {
	return overlay("difference", a, b, func(w winding) bool { return w[0] > 0 && w[1] <= 0 })
}

func overlay(name string, a, b orb.MultiPolygon, inside func(winding) bool) (orb.MultiPolygon, error) {
	for _, shape := range []orb.MultiPolygon{a, b} {
		if err := checkShape(shape); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return combine(name, appendEdges(appendEdges(nil, a, 0), b, 1), inside)
}

func combine(name string, segments []gridSegment, inside func(winding) bool) (orb.MultiPolygon, error) {
	noded, err := node(segments)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return polygonsFrom(boundary(noded, inside)), nil
}

func checkShape(polygons orb.MultiPolygon) error {
	for _, polygon := range polygons {
		for _, ring := range polygon {
			for _, p := range ring {
				if err := CheckPosition(p); err != nil {
					return err
				}
			}
		}
	}
	return nil
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
