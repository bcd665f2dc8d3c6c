package codec

import (
	flatbuffers "github.com/google/flatbuffers/go"
	"github.com/paulmach/orb"

	"strikewatch/data/columns"
)

func fgbType(t columns.Type) uint8 {
	switch t {
	case columns.Int:
		return fgbLong
	case columns.Real:
		return fgbDouble
	case columns.Bool:
		return fgbBool
	case columns.Day, columns.Time:
		return fgbDateTime
	}
	return fgbString
}

// writeHeader writes the magic bytes and the Header table. A nil envelope
// means that there is no index and that the count is not told.
func (f *fgb) writeHeader(count int, envelope *orb.Bound) error {
	about, err := f.meta.JSON()
	if err != nil {
		return err
	}
	b := flatbuffers.NewBuilder(16 << 10)
	fields := make([]flatbuffers.UOffsetT, len(f.meta.Schema.Fields))
	for i := range fields {
		fields[i] = fgbColumn(b, &f.meta.Schema.Fields[i])
	}
	list := b.CreateVectorOfTables(fields)
	name, title := b.CreateString(f.meta.Layer), b.CreateString(f.meta.Title)
	description, metadata := b.CreateString(f.meta.Description), b.CreateString(string(about))
	crs := fgbCRS(b)
	var box flatbuffers.UOffsetT
	if envelope != nil && !envelope.IsEmpty() {
		b.StartVector(8, 4, 8)
		for _, v := range [4]float64{envelope.Max[1], envelope.Max[0], envelope.Min[1], envelope.Min[0]} {
			b.PrependFloat64(v)
		}
		box = b.EndVector(4)
	}
	nodeSize := uint16(0)
	if envelope != nil {
		nodeSize = fgbNodeSize
	}
	b.StartObject(14)
	b.PrependUOffsetTSlot(0, name, 0)
	b.PrependUOffsetTSlot(1, box, 0)
	b.PrependUint8Slot(2, uint8(geometryType(f.meta.Schema.Geometry)), 0)
	b.PrependUOffsetTSlot(7, list, 0)
	b.PrependUint64Slot(8, uint64(count), 0)
	b.PrependUint16Slot(9, nodeSize, 16)
	b.PrependUOffsetTSlot(10, crs, 0)
	b.PrependUOffsetTSlot(11, title, 0)
	b.PrependUOffsetTSlot(12, description, 0)
	b.PrependUOffsetTSlot(13, metadata, 0)
	b.FinishSizePrefixed(b.EndObject())
	f.out.WriteString("fgb\x03fgb\x00")
	_, err = f.out.Write(b.FinishedBytes())
	return err
}

func fgbColumn(b *flatbuffers.Builder, f *columns.Field) flatbuffers.UOffsetT {
	name, title, description := b.CreateString(f.Name), b.CreateString(f.Title), b.CreateString(fieldText(f))
	b.StartObject(11)
	b.PrependUOffsetTSlot(0, name, 0)
	b.PrependUint8Slot(1, fgbType(f.Type), 0)
	b.PrependUOffsetTSlot(2, title, 0)
	b.PrependUOffsetTSlot(3, description, 0)
	return b.EndObject()
}

func fgbCRS(b *flatbuffers.Builder) flatbuffers.UOffsetT {
	org, name := b.CreateString("EPSG"), b.CreateString("WGS 84")
	b.StartObject(6)
	b.PrependUOffsetTSlot(0, org, 0)
	b.PrependInt32Slot(1, 4326, 0)
	b.PrependUOffsetTSlot(2, name, 0)
	return b.EndObject()
}

// Column types of FlatGeobuf's header.fbs.
const (
	fgbBool     = 2
	fgbLong     = 7
	fgbDouble   = 10
	fgbString   = 11
	fgbDateTime = 13
)
