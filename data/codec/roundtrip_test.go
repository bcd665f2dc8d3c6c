package codec_test

import (
	"archive/zip"
	"encoding/csv"
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

// TestShapefileReadBackByGDAL reads each shapefile of the zip, with the full
// names that its field map gives.
func TestShapefileReadBackByGDAL(t *testing.T) {
	for name, in := range collections(t) {
		t.Run(name, func(t *testing.T) {
			path := file(t, "shp", meta(in.schema), in.features)
			inside := "/vsizip/" + path
			run(t, "ogrinfo", "-ro", "-al", "-so", inside)
			layers := []string{in.schema.Collection}
			if name == "mixed" {
				layers = []string{"control_points", "control_lines", "control_polygons"}
			}
			full := fullNames(t, path, in.schema.Collection)
			var got []row
			for _, layer := range layers {
				var options []string
				if in.schema.Geometry != "" {
					options = []string{"-lco", "RFC7946=YES"} // winds rings back
				}
				for _, r := range readOGR(t, inside, layer, options...) {
					properties := map[string]any{}
					for short, value := range r.Properties {
						properties[full[short]] = value
					}
					got = append(got, row{Geometry: r.Geometry, Properties: properties})
				}
			}
			sameRows(t, in.schema, stored(t, in.features), got, losses{
				emptyIsNull: true, boolIsInt: true, multi: true, orderUnstable: true, noGeometry: in.schema.Geometry == "",
			})
		})
	}
}

// fullNames reads the map of field names inside a zipped shapefile.
func fullNames(t *testing.T, path, layer string) map[string]string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	f, err := archive.Open(layer + "_fields.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	full := map[string]string{}
	for _, r := range rows[1:] {
		if len(r[0]) > 10 || full[r[0]] != "" {
			t.Errorf("short name %q of %q", r[0], r[1])
		}
		full[r[0]] = r[1]
	}
	return full
}

// unreadXstring leaves the one escape of a workbook's texts that GDAL does not
// undo.
func unreadXstring(s string) string { return strings.ReplaceAll(s, "_x0041_", "_x005F_x0041_") }
