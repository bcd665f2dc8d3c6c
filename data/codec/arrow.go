package codec

import (
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/paulmach/orb"

	"strikewatch/data/columns"
)

// arrowWriter writes an Arrow IPC stream (https://arrow.apache.org/docs/format/IPC.html)
// with GeoArrow geometry (https://geoarrow.org): points as two columns of
// doubles, all else as WKB. Days are date32, times microseconds in UTC, texts
// that repeat are dictionary-encoded; a later batch brings only the new values
// of a dictionary. Provenance and field dictionary stand as JSON under the key
// "strikewatch" of the schema's metadata. Memory is about twice a batch, and the
// distinct values of the dictionaries.
type arrowWriter struct {
	rows     reader
	declared string // geometry type of the collection
	out      *ipc.Writer
	batch    *array.RecordBuilder
	points   *array.StructBuilder
	shapes   *array.BinaryBuilder
	wkb      []byte
	pending  int // rows of the batch
	bytes    int // of prose and shapes in it
}

// Bounds of a batch.
const (
	arrowBatchRows  = 65_536
	arrowBatchBytes = 32 << 20
)

func openArrow(w io.Writer, m *Meta) (encoder, error) {
	about, err := m.JSON()
	if err != nil {
		return nil, err
	}
	fields := make([]arrow.Field, 0, len(m.Schema.Fields)+1)
	for i := range m.Schema.Fields {
		f := &m.Schema.Fields[i]
		fields = append(fields, arrow.Field{Name: f.Name, Type: arrowType(f, i), Nullable: true})
	}
	if m.Schema.Geometry != "" {
		fields = append(fields, geoArrowField(m.Schema.Geometry))
	}
	metadata := arrow.NewMetadata([]string{"strikewatch"}, []string{string(about)})
	schema := arrow.NewSchema(fields, &metadata)
	a := &arrowWriter{
		rows: reader{schema: m.Schema}, declared: m.Schema.Geometry,
		out:   ipc.NewWriter(w, ipc.WithSchema(schema), ipc.WithDictionaryDeltas(true)),
		batch: array.NewRecordBuilder(memory.DefaultAllocator, schema),
	}
	if a.declared != "" {
		switch b := a.batch.Field(len(m.Schema.Fields)).(type) {
		case *array.StructBuilder:
			a.points = b
		case *array.BinaryBuilder:
			a.shapes = b
		}
	}
	return a, nil
}

func arrowType(f *columns.Field, position int) arrow.DataType {
	switch f.Type {
	case columns.Int:
		return arrow.PrimitiveTypes.Int64
	case columns.Real:
		return arrow.PrimitiveTypes.Float64
	case columns.Bool:
		return arrow.FixedWidthTypes.Boolean
	case columns.Day:
		return arrow.FixedWidthTypes.Date32
	case columns.Time:
		return arrow.FixedWidthTypes.Timestamp_us
	}
	if !repeats(f, position) {
		return arrow.BinaryTypes.String
	}
	return &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int32, ValueType: arrow.BinaryTypes.String}
}

// geoArrowField is the column of geometry as GeoArrow names it, in OGC:CRS84.
func geoArrowField(declared string) arrow.Field {
	f := arrow.Field{Name: "geometry", Type: arrow.BinaryTypes.Binary, Nullable: true}
	name := "geoarrow.wkb"
	if declared == "Point" {
		name = "geoarrow.point"
		f.Type = arrow.StructOf(
			arrow.Field{Name: "x", Type: arrow.PrimitiveTypes.Float64},
			arrow.Field{Name: "y", Type: arrow.PrimitiveTypes.Float64},
		)
	}
	f.Metadata = arrow.NewMetadata([]string{"ARROW:extension:name", "ARROW:extension:metadata"},
		[]string{name, `{"crs":"OGC:CRS84","crs_type":"authority_code"}`})
	return f
}

func (a *arrowWriter) feature(b []byte) error {
	r, err := a.rows.read(b)
	if err != nil {
		return err
	}
	return a.record(r)
}

func (a *arrowWriter) record(r *record) error {
	g, err := conform(r.Geometry, a.declared)
	if err != nil {
		return err
	}
	if err := a.addGeometry(g); err != nil {
		return err
	}
	for i := range r.Values {
		v := &r.Values[i]
		if err := addArrowValue(a.batch.Field(i), v); err != nil {
			return err
		}
		a.bytes += len(v.Text)
	}
	a.pending++
	if a.pending < arrowBatchRows && a.bytes < arrowBatchBytes {
		return nil
	}
	return a.writeBatch()
}

func addArrowValue(column array.Builder, v *columns.Value) error {
	if v.Kind == columns.Null {
		column.AppendNull()
		return nil
	}
	switch c := column.(type) {
	case *array.BinaryDictionaryBuilder:
		return c.AppendString(v.Text)
	case *array.StringBuilder:
		c.Append(v.Text)
	case *array.Int64Builder:
		c.Append(v.Int)
	case *array.Float64Builder:
		c.Append(v.Real)
	case *array.BooleanBuilder:
		c.Append(v.Int != 0)
	case *array.Date32Builder:
		c.Append(arrow.Date32(v.Int))
	case *array.TimestampBuilder:
		c.Append(arrow.Timestamp(v.Int))
	}
	return nil
}

func (a *arrowWriter) addGeometry(g orb.Geometry) error {
	switch {
	case a.declared == "":
	case g == nil && a.points != nil:
		a.points.AppendNull()
	case g == nil:
		a.shapes.AppendNull()
	case a.points != nil:
		p, _ := g.(orb.Point) // conform saw to it
		a.points.Append(true)
		for i, c := range p {
			if column, ok := a.points.FieldBuilder(i).(*array.Float64Builder); ok {
				column.Append(c)
			}
		}
	default:
		var err error
		if a.wkb, err = appendWKB(a.wkb[:0], g); err != nil {
			return badFeature{err}
		}
		a.shapes.Append(a.wkb)
		a.bytes += len(a.wkb)
	}
	return nil
}

func (a *arrowWriter) writeBatch() error {
	batch := a.batch.NewRecordBatch()
	defer batch.Release()
	a.pending, a.bytes = 0, 0
	return a.out.Write(batch)
}

// end writes what remains. A stream without a batch still has its schema.
func (a *arrowWriter) end() error {
	if a.pending > 0 {
		if err := a.writeBatch(); err != nil {
			return err
		}
	}
	return a.out.Close()
}

func (a *arrowWriter) discard() error {
	a.batch.Release()
	return nil
}
