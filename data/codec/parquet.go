package codec

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
	"github.com/paulmach/orb"

	"strikewatch/data/columns"
)

// parquetWriter writes GeoParquet 1.1 (https://geoparquet.org): typed columns,
// days as DATE and times as TIMESTAMP in UTC, geometry as WKB with a covering
// bbox column that readers prune by, pages compressed with zstd. Provenance
// and field dictionary stand as JSON under the key "strikewatch" of the file's
// metadata. A collection without geometry gives plain Parquet.
//
// It streams by row groups of at most 65,536 rows or 32 MiB of features;
// memory is about twice that.
type parquetWriter struct {
	rows     reader
	declared string // geometry type of the collection
	out      *parquet.GenericWriter[any]
	columns  []*parquet.ColumnWriter
	batch    [][]parquet.Value // per leaf column
	data     []byte            // texts and WKB of the batch
	pending  int               // rows in the batch
	grouped  int               // rows in the row group
	bytes    int               // features' bytes in the row group
	types    []string          // geometry types met
	bound    orb.Bound
	some     bool // whether any row has a geometry
}

// Bounds of a batch handed to the columns, and of a row group.
const (
	parquetBatch      = 256
	parquetGroupRows  = 65_536
	parquetGroupBytes = 32 << 20
)

func openParquet(w io.Writer, m *Meta) (encoder, error) {
	about, err := m.JSON()
	if err != nil {
		return nil, err
	}
	schema := parquet.NewSchema(m.Layer, parquetColumns(m.Schema))
	p := &parquetWriter{rows: reader{schema: m.Schema}, declared: m.Schema.Geometry}
	options := []parquet.WriterOption{
		schema,
		parquet.CreatedBy("strikewatch", "", ""),
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}),
		parquet.WriteBufferSize(outputBuffer),
		parquet.DictionaryMaxBytes(1 << 20), // above that a column goes on plain
		parquet.KeyValueMetadata("strikewatch", string(about)),
	}
	// Least and greatest of a shape or of prose help nobody and are as long as
	// the values themselves.
	for _, name := range bulky(m.Schema) {
		options = append(options, parquet.SkipPageBounds(name), parquet.SkipPageStatistics(name))
	}
	p.out = parquet.NewGenericWriter[any](w, options...)
	p.columns = p.out.ColumnWriters()
	p.batch = make([][]parquet.Value, len(p.columns))
	return p, nil
}

func (p *parquetWriter) feature(b []byte) error {
	r, err := p.rows.read(b)
	if err != nil {
		return err
	}
	for i := range r.Values {
		v := &r.Values[i]
		if v.Kind == columns.TextValue {
			from := len(p.data)
			p.data = append(p.data, v.Text...)
			p.batch[i] = append(p.batch[i], p.bytesFrom(from).Level(0, 1, i))
			continue
		}
		p.batch[i] = append(p.batch[i], parquetValue(v, i))
	}
	if p.declared != "" {
		if err := p.addGeometry(r); err != nil {
			return err
		}
	}
	p.pending++
	p.bytes += len(b)
	if p.pending < parquetBatch {
		return nil
	}
	return p.writeBatch()
}

// bytesFrom makes a value of the end of p.data, which stays as it is until
// the batch is written, even when p.data moves.
func (p *parquetWriter) bytesFrom(at int) parquet.Value {
	return parquet.ByteArrayValue(p.data[at:len(p.data):len(p.data)])
}

// parquetValue returns a fixed-size value of an optional column: definition
// level 1, or 0 for null.
func parquetValue(v *columns.Value, column int) parquet.Value {
	var out parquet.Value
	switch v.Kind {
	case columns.IntValue, columns.TimeValue:
		out = parquet.Int64Value(v.Int)
	case columns.RealValue:
		out = parquet.DoubleValue(v.Real)
	case columns.BoolValue:
		out = parquet.BooleanValue(v.Int != 0)
	case columns.DayValue:
		out = parquet.Int32Value(int32(v.Int))
	default:
		return parquet.Value{}.Level(0, 0, column)
	}
	return out.Level(0, 1, column)
}

func (p *parquetWriter) addGeometry(r *record) error {
	at := len(r.Values)
	g, err := conform(r.Geometry, p.declared)
	if err != nil {
		return err
	}
	if g == nil {
		for i := at; i < at+5; i++ {
			p.batch[i] = append(p.batch[i], parquet.Value{}.Level(0, 0, i))
		}
		return nil
	}
	from := len(p.data)
	if p.data, err = appendWKB(p.data, g); err != nil {
		return badFeature{err}
	}
	p.batch[at] = append(p.batch[at], p.bytesFrom(from).Level(0, 1, at))
	bound := g.Bound()
	for i, side := range [4]float64{bound.Min[0], bound.Min[1], bound.Max[0], bound.Max[1]} {
		p.batch[at+1+i] = append(p.batch[at+1+i], parquet.DoubleValue(side).Level(0, 1, at+1+i))
	}
	if !slices.Contains(p.types, g.GeoJSONType()) {
		p.types = append(p.types, g.GeoJSONType())
	}
	if !p.some {
		p.bound, p.some = bound, true
	}
	p.bound = p.bound.Union(bound)
	return nil
}

// writeBatch hands the rows to the columns, and ends the row group when it is
// full.
func (p *parquetWriter) writeBatch() error {
	for i, values := range p.batch {
		if _, err := p.columns[i].WriteRowValues(values); err != nil {
			return err
		}
		p.batch[i] = values[:0]
	}
	p.data = p.data[:0]
	p.grouped += p.pending
	p.pending = 0
	if p.grouped < parquetGroupRows && p.bytes < parquetGroupBytes {
		return nil
	}
	p.grouped, p.bytes = 0, 0
	return p.out.Flush()
}

func (p *parquetWriter) end() error {
	if p.pending > 0 {
		if err := p.writeBatch(); err != nil {
			return err
		}
	}
	if p.declared != "" {
		geo, err := p.geoMetadata()
		if err != nil {
			return err
		}
		p.out.SetKeyValueMetadata("geo", geo)
	}
	return p.out.Close()
}

func (p *parquetWriter) discard() error { return nil }

// geoMetadata is GeoParquet's description of the geometry column. No CRS
// means OGC:CRS84.
func (p *parquetWriter) geoMetadata() (string, error) {
	column := map[string]any{
		"encoding":       "WKB",
		"geometry_types": append([]string{}, p.types...),
		"covering": map[string]any{"bbox": map[string][2]string{
			"xmin": {"bbox", "xmin"}, "ymin": {"bbox", "ymin"}, "xmax": {"bbox", "xmax"}, "ymax": {"bbox", "ymax"},
		}},
	}
	if p.some {
		column["bbox"] = []float64{p.bound.Min[0], p.bound.Min[1], p.bound.Max[0], p.bound.Max[1]}
	}
	geo, err := json.Marshal(map[string]any{
		"version": "1.1.0", "primary_column": "geometry", "columns": map[string]any{"geometry": column},
	})
	if err != nil {
		return "", fmt.Errorf("geo metadata: %w", err)
	}
	return string(geo), nil
}
