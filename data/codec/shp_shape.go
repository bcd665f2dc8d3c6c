package codec

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
)

// appendShape writes the content of a record.
func appendShape(b []byte, g orb.Geometry) []byte {
	kind := int32(shpNull)
	if g != nil {
		kind = shpKindOf(g.GeoJSONType())
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(kind))
	switch g := g.(type) {
	case orb.Point:
		return appendXY(b, g)
	case orb.MultiPoint:
		return appendXYs(appendBound(b, g.Bound()), g)
	case orb.LineString:
		return appendShpParts(b, [][]orb.Point{g})
	case orb.MultiLineString:
		return appendShpParts(b, asLists(g))
	case orb.Polygon:
		return appendShpParts(b, wound(nil, g))
	case orb.MultiPolygon:
		var rings [][]orb.Point
		for _, p := range g {
			rings = wound(rings, p)
		}
		return appendShpParts(b, rings)
	}
	return b
}

func appendBound(b []byte, box orb.Bound) []byte { return appendXY(appendXY(b, box.Min), box.Max) }

func appendShpParts(b []byte, parts [][]orb.Point) []byte {
	box := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	points := 0
	for _, part := range parts {
		box = box.Union(orb.LineString(part).Bound())
		points += len(part)
	}
	b = appendCount(appendCount(appendBound(b, box), len(parts)), points)
	start := 0
	for _, part := range parts {
		b = appendCount(b, start)
		start += len(part)
	}
	for _, part := range parts {
		for _, p := range part {
			b = appendXY(b, p)
		}
	}
	return b
}

// wound appends the rings of p wound as shapefiles want them: the outer ring
// clockwise, holes the other way.
func wound(rings [][]orb.Point, p orb.Polygon) [][]orb.Point {
	for i, ring := range p {
		if (ring.Orientation() == orb.CCW) == (i == 0) {
			ring = ring.Clone()
			ring.Reverse()
		}
		rings = append(rings, ring)
	}
	return rings
}
