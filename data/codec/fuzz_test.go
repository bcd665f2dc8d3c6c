package codec_test

import (
	"io"
	"testing"

	"strikewatch/data/codec"
)

// FuzzWriters feeds bytes to every writer: an error or an output, never a
// panic.
func FuzzWriters(f *testing.F) {
	for _, in := range collections(f) {
		for _, b := range in.features {
			f.Add(b)
		}
	}
	f.Add([]byte(`{"type":"Feature","id":"x","geometry":{"type":"Polygon","coordinates":[]},"properties":{}}`))
	f.Add([]byte(`{"type":"Feature","id":"x","geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]},"properties":{"id":"x"}}`))
	f.Add([]byte(`{"type":"Feature","id":"x","geometry":{"type":"MultiPolygon","coordinates":[[],[[]],[[[1,2]]]]},"properties":{"note":"\ud800"}}`))
	schema := mixedSchema()
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, feature []byte) {
		for _, format := range codec.Formats() {
			m := meta(schema)
			m.TempDir = dir
			w, err := codec.NewWriter(format.Name, io.Discard, m)
			if err != nil {
				t.Fatal(err)
			}
			failed := w.Write(feature)
			if err := w.Close(); failed == nil && err != nil {
				t.Errorf("%s took the feature and failed at Close: %v", format.Name, err)
			}
		}
	})
}
