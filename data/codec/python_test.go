package codec_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"strikewatch/data/codec"
	"strikewatch/data/columns"
)

// python returns an interpreter with the packages of
// testdata/requirements.txt; without one the test fails.
func python(t testing.TB) string {
	t.Helper()
	path := os.Getenv("STRIKEWATCH_PYTHON")
	if path == "" {
		root, err := filepath.Abs("../..")
		if err != nil {
			t.Fatal(err)
		}
		path = filepath.Join(root, ".cache", "python", "bin", "python")
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("no Python with pyarrow and geopandas at %s: scripts/bootstrap makes it, or set STRIKEWATCH_PYTHON", path)
	}
	return path
}

// seen is what testdata/read.py tells of a file.
type seen struct {
	Features []row
	Types    map[string]string
	Metadata map[string]json.RawMessage
	CRS      string
	Columns  []string
	Rows     int
	InBox    int `json:"in_box"`
	Distinct int
	Sheets   []string
	Frozen   string
	Filter   string
}

// readPython reads files, each as "path" or "path:layer", in one process.
func readPython(t testing.TB, targets ...string) []seen {
	t.Helper()
	var all []seen
	decodeJSON(t, run(t, python(t), append([]string{"testdata/read.py"}, targets...)...), &all)
	return all
}

// TestParquetReadBackByArrow compares types, values, geometry and nulls.
func TestParquetReadBackByArrow(t *testing.T) {
	var ins []collection
	var names, targets []string
	for name, in := range collections(t) {
		ins, names = append(ins, in), append(names, name)
		targets = append(targets, file(t, "parquet", meta(in.schema), in.features))
	}
	for i, got := range readPython(t, targets...) {
		t.Run(names[i], func(t *testing.T) {
			in := ins[i]
			sameRows(t, in.schema, stored(t, in.features), got.Features, losses{padded: true})
			want := make([]string, 0, len(in.schema.Fields)+2)
			for i := range in.schema.Fields {
				f := &in.schema.Fields[i]
				want = append(want, f.Name)
				if got.Types[f.Name] != arrowType(f.Type) {
					t.Errorf("%s is %s, want %s", f.Name, got.Types[f.Name], arrowType(f.Type))
				}
			}
			if in.schema.Geometry != "" {
				want = append(want, "geometry", "bbox")
				if got.CRS != "OGC:CRS84" {
					t.Errorf("CRS is %q", got.CRS)
				}
			}
			if !slices.Equal(got.Columns, want) {
				t.Errorf("columns are %v, want %v", got.Columns, want)
			}
			about := string(got.Metadata["strikewatch"])
			if !strings.Contains(about, "ODbL-1.0") || !strings.Contains(about, meta(in.schema).Query) {
				t.Errorf("metadata is %s", about)
			}
		})
	}
}

func arrowType(t columns.Type) string {
	switch t {
	case columns.Int:
		return "int64"
	case columns.Real:
		return "double"
	case columns.Bool:
		return "bool"
	case columns.Day:
		return "date32[day]"
	case columns.Time:
		return "timestamp[us, tz=UTC]"
	}
	return "string"
}

// TestArrowReadBackByArrow compares types, values, geometry and nulls of a
// stream, written from features and from records alike.
func TestArrowReadBackByArrow(t *testing.T) {
	for name, in := range collections(t) {
		t.Run(name, func(t *testing.T) {
			whole := encode(t, "arrow", meta(in.schema), in.features)
			if again := encodeRecords(t, "arrow", meta(in.schema), in.features); !bytes.Equal(whole, again) {
				t.Error("records give another stream than features")
			}
			got := readPython(t, file(t, "arrow", meta(in.schema), in.features))[0]
			sameRows(t, in.schema, stored(t, in.features), got.Features, losses{padded: true})
			for i := range in.schema.Fields {
				f := &in.schema.Fields[i]
				if got.Types[f.Name] != arrowType(f.Type) {
					t.Errorf("%s is %s, want %s", f.Name, got.Types[f.Name], arrowType(f.Type))
				}
			}
			if in.schema.Geometry != "" && got.CRS != "OGC:CRS84" {
				t.Errorf("CRS is %q", got.CRS)
			}
			about := string(got.Metadata["strikewatch"])
			if !strings.Contains(about, "ODbL-1.0") || !strings.Contains(about, meta(in.schema).Query) {
				t.Errorf("metadata is %s", about)
			}
		})
	}
}

// TestArrowDictionaryGrows writes several batches whose dictionary grows.
func TestArrowDictionaryGrows(t *testing.T) {
	const rows = 150_000
	var features [][]byte
	for i := range rows {
		features = append(features, feature(t, mixedSchema(), "null", fmt.Sprint(i), fmt.Sprint(i/50)))
	}
	got := readPython(t, file(t, "arrow", meta(mixedSchema()), features))[0]
	if got.Rows != rows || got.Distinct != rows/50 {
		t.Errorf("%d rows with %d notes; want %d, %d", got.Rows, got.Distinct, rows, rows/50)
	}
}

// encodeRecords takes the features apart first.
func encodeRecords(t *testing.T, format string, m codec.Meta, features [][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := codec.NewWriter(format, &out, m)
	if err != nil {
		t.Fatal(err)
	}
	var record columns.Record
	for _, f := range features {
		if err := m.Schema.Decode(f, &record); err != nil {
			t.Fatal(err)
		}
		if err := w.WriteRecord(&record); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestParquetCoveringBox writes several row groups and asks for a box.
func TestParquetCoveringBox(t *testing.T) {
	features, at := randomPoints(t, 70_000)
	want := 0
	for _, p := range at {
		if p[0] >= 97 && p[0] <= 98 && p[1] >= 22 && p[1] <= 23 {
			want++
		}
	}
	got := readPython(t, file(t, "parquet", meta(mixedSchema()), features))[0]
	if got.Rows != len(features) || got.InBox != want {
		t.Errorf("%d rows, %d in the box; want %d, %d", got.Rows, got.InBox, len(features), want)
	}
}

// TestGeopandasReadsEachFormat reads with a second, newer GDAL.
func TestGeopandasReadsEachFormat(t *testing.T) {
	var ins []collection
	var titles, targets []string
	for _, format := range codec.Formats() {
		if format.Name == "csv" || format.Name == "xlsx" || format.Name == "parquet" || format.Name == "arrow" {
			continue // no geometry for pandas, or tested elsewhere
		}
		for _, name := range []string{"points", "polygons", "none"} {
			in := collections(t)[name]
			target := file(t, format.Name, meta(in.schema), in.features)
			if format.Binary || format.Name == "kml" {
				target += ":" + in.schema.Collection
			}
			ins, titles, targets = append(ins, in), append(titles, format.Name+"/"+name), append(targets, target)
		}
	}
	for i, got := range readPython(t, targets...) {
		t.Run(titles[i], func(t *testing.T) {
			if len(got.Features) != len(ins[i].features) {
				t.Errorf("%d rows", len(got.Features))
			}
			for j := range ins[i].schema.Fields {
				name := ins[i].schema.Fields[j].Name
				if strings.HasPrefix(titles[i], "shp/") && len(name) > 10 {
					continue // shortened
				}
				if !slices.ContainsFunc(got.Columns, func(c string) bool { return strings.EqualFold(c, name) }) {
					t.Errorf("%s is missing in %v", name, got.Columns)
				}
			}
		})
	}
}

// TestWorkbookReadBackByOpenpyxl compares values, which come as Python's own.
func TestWorkbookReadBackByOpenpyxl(t *testing.T) {
	in := collections(t)["points"]
	got := readPython(t, file(t, "xlsx", meta(in.schema), in.features))[0]
	if got.Frozen != "A2" || got.Filter != "A1:M5" || len(got.Sheets) != 3 {
		t.Errorf("frozen at %q, filter %q, sheets %v", got.Frozen, got.Filter, got.Sheets)
	}
	sameRows(t, in.schema, stored(t, in.features), got.Features, losses{
		noGeometry: true, midnight: true, millis: true, padded: true, text: unreadXstring,
	})
}
