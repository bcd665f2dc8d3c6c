package codec_test

import (
	"strings"
	"testing"
)

// TestReadBackByGDAL holds every format that GDAL reads to one promise: what
// comes out is what went in, but for the losses stated here.
func TestReadBackByGDAL(t *testing.T) {
	for _, c := range []struct {
		format  string
		losses  losses
		options []string
	}{
		{format: "geojson", losses: losses{millis: true}},
		{format: "jsonl", losses: losses{millis: true}},
		{format: "geojsonseq", losses: losses{millis: true}},
		{format: "gpkg", losses: losses{millis: true}},
		{format: "fgb", losses: losses{millis: true, dateIsTime: true, orderUnstable: true}},
		{format: "kml", losses: losses{boolIsInt: true}},
		{format: "xlsx", losses: losses{noGeometry: true, millis: true, emptyIsNull: true, text: unreadXstring},
			options: []string{"--config", "OGR_XLSX_HEADERS", "FORCE"}},
	} {
		t.Run(c.format, func(t *testing.T) {
			for name, in := range collections(t) {
				if name == "empty" && strings.HasPrefix(c.format, "geojsons") || name == "empty" && c.format == "jsonl" {
					continue // a file of no bytes, which GDAL does not know
				}
				if name == "empty" && c.format == "xlsx" {
					continue // GDAL takes a lone header for a row
				}
				t.Run(name, func(t *testing.T) {
					path := file(t, c.format, meta(in.schema), in.features)
					run(t, "ogrinfo", "-ro", "-al", "-so", path)
					layer := in.schema.Collection
					if c.format == "geojson" || c.format == "jsonl" || c.format == "geojsonseq" {
						layer = ""
					}
					sameRows(t, in.schema, stored(t, in.features), readOGR(t, path, layer, c.options...), c.losses)
				})
			}
		})
	}
}

// unreadXstring leaves the one escape of a workbook's texts that GDAL does not
// undo.
func unreadXstring(s string) string { return strings.ReplaceAll(s, "_x0041_", "_x005F_x0041_") }
