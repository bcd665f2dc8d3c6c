package codec

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	flatbuffers "github.com/google/flatbuffers/go"
	"github.com/paulmach/orb"

	"strikewatch/data/columns"
)

const fgbLimits = "days are date-times without a time; above 2,097,152 features there is no spatial index"

// fgbIndexBound is up to how many features the file gets a spatial index. The
// index needs 48 bytes of memory per feature until Close: 96 MiB at most.
const fgbIndexBound = 1 << 21

// fgb writes FlatGeobuf 3 (https://flatgeobuf.org). Features are spooled to a
// file in TempDir, then written along a Hilbert curve behind a packed R-tree.
// A collection without geometry, and one that outgrows fgbIndexBound, is
// written in the order given, without index; what was spooled is sent on and
// the rest streams.
//
// A null property and a null geometry are absent. Provenance and codes stand
// in the header's metadata as JSON.
type fgb struct {
	out     *bufio.Writer
	meta    *Meta
	rows    reader
	builder *flatbuffers.Builder
	shape   fgbShape
	values  []byte

	spool    *os.File // nil once streaming
	spooling *bufio.Writer
	items    []fgbItem
	size     int64 // of the spool
	bound    int   // features up to which there is an index
}

// fgbItem is a leaf of the index: a box, and where its feature is spooled.
type fgbItem struct {
	minX, minY, maxX, maxY float64
	offset                 int64
	size                   uint32
	place                  uint32 // along the Hilbert curve
}

func openFGB(w io.Writer, m *Meta) (encoder, error) { return openFGBBound(w, m, fgbIndexBound) }

func openFGBBound(w io.Writer, m *Meta, bound int) (encoder, error) {
	f := &fgb{
		out: bufio.NewWriterSize(w, outputBuffer), meta: m, rows: reader{schema: m.Schema},
		builder: flatbuffers.NewBuilder(4096), bound: bound,
	}
	if m.Schema.Geometry == "" {
		return f, f.writeHeader(0, nil)
	}
	var err error
	if f.spool, err = tempFile(m, ".fgb"); err != nil {
		return nil, err
	}
	f.spooling = bufio.NewWriterSize(f.spool, outputBuffer)
	return f, nil
}

func (f *fgb) feature(b []byte) error {
	r, err := f.rows.read(b)
	if err != nil {
		return err
	}
	g, err := conform(r.Geometry, f.meta.Schema.Geometry)
	if err != nil {
		return err
	}
	data, err := f.encode(g, r.Values)
	if err != nil {
		return badFeature{err}
	}
	if f.spool == nil {
		_, err = f.out.Write(data)
		return err
	}
	item := fgbItem{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1), f.size, uint32(len(data)), 0}
	if g != nil {
		b := g.Bound()
		item.minX, item.minY, item.maxX, item.maxY = b.Min[0], b.Min[1], b.Max[0], b.Max[1]
	}
	f.items = append(f.items, item)
	f.size += int64(len(data))
	if _, err = f.spooling.Write(data); err != nil {
		return err
	}
	if len(f.items) > f.bound {
		return f.stream()
	}
	return nil
}

// stream gives up the index: header, what was spooled, and from then on every
// feature as it comes.
func (f *fgb) stream() error {
	f.items = nil
	if err := f.spooling.Flush(); err != nil {
		return err
	}
	if err := f.writeHeader(0, nil); err != nil {
		return err
	}
	if err := copyFrom(f.out, f.spool); err != nil {
		return err
	}
	spool := f.spool
	f.spool, f.spooling = nil, nil
	return removeTemp(spool)
}

func (f *fgb) end() error {
	if f.spool != nil {
		if err := f.spooling.Flush(); err != nil {
			return err
		}
		if err := f.writeIndexed(); err != nil {
			return err
		}
	}
	return f.out.Flush()
}

func (f *fgb) discard() error { return removeTemp(f.spool) }

// encode returns one size-prefixed Feature table; it holds until the next.
func (f *fgb) encode(g orb.Geometry, values []columns.Value) ([]byte, error) {
	b := f.builder
	b.Reset()
	properties := b.CreateByteVector(f.properties(values))
	var geometry flatbuffers.UOffsetT
	if g != nil {
		var err error
		if geometry, err = f.shape.build(b, g); err != nil {
			return nil, err
		}
	}
	b.StartObject(3)
	if g != nil {
		b.PrependUOffsetTSlot(0, geometry, 0)
	}
	b.PrependUOffsetTSlot(1, properties, 0)
	b.FinishSizePrefixed(b.EndObject())
	return b.FinishedBytes(), nil
}

// properties encodes the values that are not null: column number, then value.
func (f *fgb) properties(values []columns.Value) []byte {
	dst := f.values[:0]
	for i := range values {
		v := &values[i]
		if v.Kind == columns.Null {
			continue
		}
		dst = append(dst, byte(i), byte(i>>8))
		switch v.Kind {
		case columns.IntValue:
			dst = appendUint64(dst, uint64(v.Int))
		case columns.RealValue:
			dst = appendFloat(dst, v.Real)
		case columns.BoolValue:
			dst = append(dst, byte(v.Int))
		default:
			at := len(dst)
			dst = appendValue(append(dst, 0, 0, 0, 0), v)
			putUint32(dst[at:], uint32(len(dst)-at-4))
		}
	}
	f.values = dst
	return dst
}

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
