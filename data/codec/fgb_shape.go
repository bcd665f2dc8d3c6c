package codec

import (
	"errors"
	"fmt"

	flatbuffers "github.com/google/flatbuffers/go"
	"github.com/paulmach/orb"
)

// errNoPart stands for shapes that GeoJSON can not hold.
var errNoPart = errors.New("not a GeoJSON geometry")

// fgbShape builds Geometry tables.
type fgbShape struct{ ends []uint32 }

func (s *fgbShape) build(b *flatbuffers.Builder, g orb.Geometry) (flatbuffers.UOffsetT, error) {
	switch g := g.(type) {
	case orb.Point:
		return s.table(b, typePoint, []orb.Point{g}), nil
	case orb.MultiPoint:
		return s.table(b, typeMultiPoint, g), nil
	case orb.LineString:
		return s.table(b, typeLineString, g), nil
	case orb.MultiLineString:
		return s.table(b, typeMultiLineString, asLists(g)...), nil
	case orb.Polygon:
		return s.table(b, typePolygon, asLists(g)...), nil
	case orb.MultiPolygon:
		parts := make([]flatbuffers.UOffsetT, len(g))
		for i, p := range g {
			parts[i] = s.table(b, typePolygon, asLists(p)...)
		}
		return s.collection(b, typeMultiPolygon, parts), nil
	case orb.Collection:
		parts := make([]flatbuffers.UOffsetT, len(g))
		for i, member := range g {
			var err error
			if parts[i], err = s.build(b, member); err != nil {
				return 0, err
			}
		}
		return s.collection(b, typeCollection, parts), nil
	}
	return 0, fmt.Errorf("%T: %w", g, errNoPart)
}

func asLists[L ~[]orb.Point](lines []L) [][]orb.Point {
	out := make([][]orb.Point, len(lines))
	for i, line := range lines {
		out[i] = line
	}
	return out
}

// table writes a Geometry of coordinates; ends tells several lists apart.
func (s *fgbShape) table(b *flatbuffers.Builder, kind uint32, lists ...[]orb.Point) flatbuffers.UOffsetT {
	count := 0
	s.ends = s.ends[:0]
	for _, l := range lists {
		count += len(l)
		s.ends = append(s.ends, uint32(count))
	}
	b.StartVector(8, 2*count, 8)
	for i := len(lists) - 1; i >= 0; i-- {
		for j := len(lists[i]) - 1; j >= 0; j-- {
			b.PrependFloat64(lists[i][j][1])
			b.PrependFloat64(lists[i][j][0])
		}
	}
	xy := b.EndVector(2 * count)
	var ends flatbuffers.UOffsetT
	if kind == typeMultiLineString || kind == typePolygon {
		b.StartVector(4, len(s.ends), 4)
		for i := len(s.ends) - 1; i >= 0; i-- {
			b.PrependUint32(s.ends[i])
		}
		ends = b.EndVector(len(s.ends))
	}
	b.StartObject(8)
	b.PrependUOffsetTSlot(0, ends, 0)
	b.PrependUOffsetTSlot(1, xy, 0)
	b.PrependUint8Slot(6, uint8(kind), 0)
	return b.EndObject()
}

func (s *fgbShape) collection(b *flatbuffers.Builder, kind uint32, parts []flatbuffers.UOffsetT) flatbuffers.UOffsetT {
	vector := b.CreateVectorOfTables(parts)
	b.StartObject(8)
	b.PrependUint8Slot(6, uint8(kind), 0)
	b.PrependUOffsetTSlot(7, vector, 0)
	return b.EndObject()
}
