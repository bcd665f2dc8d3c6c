package codec

import (
	"fmt"

	"github.com/paulmach/orb"
)

// appendWKT writes g as well-known text (OGC 06-103r4), "POINT (97.7 22.9)",
// with coordinates in their shortest exact form. A nil geometry adds nothing.
func appendWKT(dst []byte, g orb.Geometry) ([]byte, error) {
	switch g := g.(type) {
	case nil:
		return dst, nil
	case orb.Point:
		dst = append(dst, "POINT ("...)
		return append(appendPosition(dst, g), ')'), nil
	case orb.MultiPoint:
		dst = append(dst, "MULTIPOINT "...)
		return appendList(dst, g, func(dst []byte, p orb.Point) []byte {
			return append(appendPosition(append(dst, '('), p), ')')
		}), nil
	case orb.LineString:
		return appendPositions(append(dst, "LINESTRING "...), g), nil
	case orb.MultiLineString:
		return appendList(append(dst, "MULTILINESTRING "...), g, appendPositions[orb.LineString]), nil
	case orb.Polygon:
		return appendRings(append(dst, "POLYGON "...), g), nil
	case orb.MultiPolygon:
		return appendList(append(dst, "MULTIPOLYGON "...), g, appendRings), nil
	case orb.Collection:
		dst = append(dst, "GEOMETRYCOLLECTION "...)
		var err error
		dst = appendList(dst, g, func(dst []byte, member orb.Geometry) []byte {
			out, e := appendWKT(dst, member)
			if e != nil {
				err = e
			}
			return out
		})
		return dst, err
	}
	return dst, fmt.Errorf("geometry %T is not of GeoJSON", g)
}

func appendRings(dst []byte, p orb.Polygon) []byte {
	return appendList(dst, p, appendPositions[orb.Ring])
}

func appendPositions[L ~[]orb.Point](dst []byte, line L) []byte {
	return appendList(dst, line, appendPosition)
}

func appendPosition(dst []byte, p orb.Point) []byte {
	return appendReal(append(appendReal(dst, p[0]), ' '), p[1])
}

func appendList[T any](dst []byte, items []T, each func([]byte, T) []byte) []byte {
	if len(items) == 0 {
		return append(dst, "EMPTY"...)
	}
	dst = append(dst, '(')
	for i, item := range items {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = each(dst, item)
	}
	return append(dst, ')')
}
