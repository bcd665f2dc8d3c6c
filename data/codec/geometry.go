package codec

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// conform returns g as the type that a collection declares: a line or polygon
// becomes a multi of one part where multis are declared. "Geometry" allows
// all. Anything else that differs is the feature's fault.
func conform(g orb.Geometry, declared string) (orb.Geometry, error) {
	if g == nil || declared == "Geometry" {
		return g, nil
	}
	switch p := g.(type) {
	case orb.Point:
		if declared == "MultiPoint" {
			return orb.MultiPoint{p}, nil
		}
	case orb.LineString:
		if declared == "MultiLineString" {
			return orb.MultiLineString{p}, nil
		}
	case orb.Polygon:
		if declared == "MultiPolygon" {
			return orb.MultiPolygon{p}, nil
		}
	}
	if g.GeoJSONType() == declared {
		return g, nil
	}
	if declared == "" {
		return nil, badFeature{fmt.Errorf("a %s in a collection without geometry", g.GeoJSONType())}
	}
	return nil, badFeature{fmt.Errorf("a %s in a collection of %s", g.GeoJSONType(), declared)}
}

// Codes of geometry types, shared by WKB, GeoPackage and FlatGeobuf.
const (
	typeAny uint32 = iota
	typePoint
	typeLineString
	typePolygon
	typeMultiPoint
	typeMultiLineString
	typeMultiPolygon
	typeCollection
)

// geometryType returns the code of a GeoJSON type name.
func geometryType(name string) uint32 {
	switch name {
	case "Point":
		return typePoint
	case "LineString":
		return typeLineString
	case "Polygon":
		return typePolygon
	case "MultiPoint":
		return typeMultiPoint
	case "MultiLineString":
		return typeMultiLineString
	case "MultiPolygon":
		return typeMultiPolygon
	case "GeometryCollection":
		return typeCollection
	}
	return typeAny
}

// appendWKB writes g as little-endian well-known binary (OGC 06-103r4).
func appendWKB(dst []byte, g orb.Geometry) ([]byte, error) {
	switch g := g.(type) {
	case orb.Point:
		return appendXY(appendWKBHead(dst, typePoint), g), nil
	case orb.MultiPoint:
		dst = appendCount(appendWKBHead(dst, typeMultiPoint), len(g))
		for _, p := range g {
			dst = appendXY(appendWKBHead(dst, typePoint), p)
		}
		return dst, nil
	case orb.LineString:
		return appendXYs(appendWKBHead(dst, typeLineString), g), nil
	case orb.MultiLineString:
		dst = appendCount(appendWKBHead(dst, typeMultiLineString), len(g))
		for _, line := range g {
			dst = appendXYs(appendWKBHead(dst, typeLineString), line)
		}
		return dst, nil
	case orb.Polygon:
		return appendWKBPolygon(dst, g), nil
	case orb.MultiPolygon:
		dst = appendCount(appendWKBHead(dst, typeMultiPolygon), len(g))
		for _, p := range g {
			dst = appendWKBPolygon(dst, p)
		}
		return dst, nil
	case orb.Collection:
		dst = appendCount(appendWKBHead(dst, typeCollection), len(g))
		for _, member := range g {
			var err error
			if dst, err = appendWKB(dst, member); err != nil {
				return dst, err
			}
		}
		return dst, nil
	}
	return dst, fmt.Errorf("geometry %T is not of GeoJSON", g)
}

func appendWKBHead(dst []byte, kind uint32) []byte {
	return binary.LittleEndian.AppendUint32(append(dst, 1), kind)
}

func appendWKBPolygon(dst []byte, p orb.Polygon) []byte {
	dst = appendCount(appendWKBHead(dst, typePolygon), len(p))
	for _, ring := range p {
		dst = appendXYs(dst, ring)
	}
	return dst
}

func appendCount(dst []byte, n int) []byte {
	return binary.LittleEndian.AppendUint32(dst, uint32(n))
}

func appendXYs[L ~[]orb.Point](dst []byte, line L) []byte {
	dst = appendCount(dst, len(line))
	for _, p := range line {
		dst = appendXY(dst, p)
	}
	return dst
}

func appendXY(dst []byte, p orb.Point) []byte {
	return appendFloat(appendFloat(dst, p[0]), p[1])
}

func appendFloat(dst []byte, f float64) []byte {
	return binary.LittleEndian.AppendUint64(dst, math.Float64bits(f))
}
