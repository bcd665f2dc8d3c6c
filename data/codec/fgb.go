package codec

import (
	"bufio"
	"io"
	"math"

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

	spool    *spool // nil once streaming
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
	if f.spool, err = newSpool(m, ".fgb"); err != nil {
		return nil, err
	}
	f.spooling = bufio.NewWriterSize(f.spool, outputBuffer)
	f.items = make([]fgbItem, 0, m.expected(bound))
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
	if err := f.spool.copyTo(f.out); err != nil {
		return err
	}
	spool := f.spool
	f.spool, f.spooling = nil, nil
	return spool.remove()
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

func (f *fgb) discard() error { return f.spool.remove() }

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
