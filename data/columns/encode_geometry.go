package columns

import (
	"math"
	"strconv"

	"github.com/paulmach/orb"
)

// appendGeometry writes a GeoJSON geometry, null for nil.
func appendGeometry(dst []byte, g orb.Geometry) []byte {
	switch g := g.(type) {
	case orb.Point:
		dst = append(dst, `{"type":"Point","coordinates":`...)
		dst = appendPosition(dst, g)
	case orb.MultiPoint:
		dst = append(dst, `{"type":"MultiPoint","coordinates":`...)
		dst = appendPositions(dst, g)
	case orb.LineString:
		dst = append(dst, `{"type":"LineString","coordinates":`...)
		dst = appendPositions(dst, g)
	case orb.MultiLineString:
		dst = append(dst, `{"type":"MultiLineString","coordinates":`...)
		dst = appendList(dst, g, appendPositions[orb.LineString])
	case orb.Ring:
		return appendGeometry(dst, orb.Polygon{g})
	case orb.Bound:
		return appendGeometry(dst, g.ToPolygon())
	case orb.Polygon:
		dst = append(dst, `{"type":"Polygon","coordinates":`...)
		dst = appendRings(dst, g)
	case orb.MultiPolygon:
		dst = append(dst, `{"type":"MultiPolygon","coordinates":`...)
		dst = appendList(dst, g, appendRings)
	case orb.Collection:
		dst = append(dst, `{"type":"GeometryCollection","geometries":`...)
		dst = appendList(dst, g, appendGeometry)
	default:
		return append(dst, "null"...)
	}
	return append(dst, '}')
}

func appendList[E any](dst []byte, parts []E, one func([]byte, E) []byte) []byte {
	dst = append(dst, '[')
	for i, part := range parts {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = one(dst, part)
	}
	return append(dst, ']')
}

func appendRings(dst []byte, p orb.Polygon) []byte {
	return appendList(dst, p, appendPositions[orb.Ring])
}

func appendPositions[L ~[]orb.Point](dst []byte, line L) []byte {
	return appendList(dst, line, appendPosition)
}

func appendPosition(dst []byte, p orb.Point) []byte {
	dst = append(dst, '[')
	dst = appendDegrees(dst, p[0])
	dst = append(dst, ',')
	dst = appendDegrees(dst, p[1])
	return append(dst, ']')
}

// unitsPerDegree is the resolution of coordinates: 7 decimals, about 1 cm.
const unitsPerDegree = 10_000_000

// appendDegrees writes degrees with at most 7 decimals.
func appendDegrees(dst []byte, degrees float64) []byte {
	scaled := math.Round(degrees * unitsPerDegree)
	if math.IsNaN(scaled) || math.Abs(scaled) > 1e15 {
		return append(dst, '0')
	}
	units := int64(scaled)
	if units < 0 {
		dst = append(dst, '-')
		units = -units
	}
	dst = strconv.AppendInt(dst, units/unitsPerDegree, 10)
	fraction := units % unitsPerDegree
	if fraction == 0 {
		return dst
	}
	dst = append(dst, '.')
	for place := int64(unitsPerDegree / 10); fraction > 0; place /= 10 {
		dst = append(dst, byte('0'+fraction/place))
		fraction %= place
	}
	return dst
}
