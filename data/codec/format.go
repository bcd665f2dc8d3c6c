package codec

import (
	"io"
	"mime"
	"slices"
	"strings"
)

// Format describes one output format.
type Format struct {
	Name      string   // as in f=NAME and --format NAME
	Aliases   []string // further names that mean the same
	Title     string
	MediaType string
	Extension string // with the dot
	Binary    bool   // not text, and mostly compressed already
	Records   bool   // takes records that are not taken from a feature, see Writer.WriteRecord
	Streams   bool   // bytes reach the output while features are written; else they come at Close
	Beside    bool   // has no place for metadata: Meta.JSON is to travel beside the file
	Memory    string // what a writer holds at most, beside what SQLite or a compressor takes by the megabyte
	Limits    string // what the format can not carry, in a sentence; empty when nothing is lost

	open func(w io.Writer, m *Meta) (encoder, error)
}

// Formats returns every format, the default first.
func Formats() []Format {
	return []Format{
		{
			Name: "geojson", Aliases: []string{"json"}, Title: "GeoJSON",
			MediaType: "application/geo+json", Extension: ".geojson", Streams: true, Memory: "one buffer", open: openGeoJSON,
		},
		{
			Name: "jsonl", Aliases: []string{"geojsonl", "ndjson"}, Title: "GeoJSON, one feature per line",
			MediaType: "application/x-ndjson", Extension: ".geojsonl", Streams: true, Beside: true, Memory: "one buffer", open: openLines,
		},
		{
			Name: "geojsonseq", Title: "GeoJSON text sequence (RFC 8142)",
			MediaType: "application/geo+json-seq", Extension: ".geojsons", Streams: true, Beside: true, Memory: "one buffer", open: openSequence,
		},
		{
			Name: "csv", Title: "CSV", MediaType: "text/csv; charset=utf-8", Extension: ".csv", Streams: true, Beside: true,
			Limits: csvLimits, Memory: "one buffer and one line", open: openCSV,
		},
		{
			Name: "gpkg", Aliases: []string{"geopackage"}, Title: "GeoPackage", MediaType: "application/geopackage+sqlite3",
			Extension: ".gpkg", Binary: true, Limits: gpkgLimits, Memory: "a cache of 32 MiB, and 28 bytes per row for the spatial index", open: openGPKG,
		},
		{
			Name: "fgb", Aliases: []string{"flatgeobuf"}, Title: "FlatGeobuf", MediaType: "application/flatgeobuf",
			Extension: ".fgb", Binary: true, Limits: fgbLimits, Memory: "48 bytes per row for the spatial index, at most 96 MiB", open: openFGB,
		},
		{
			Name: "kml", Title: "KML", MediaType: "application/vnd.google-earth.kml+xml", Extension: ".kml", Streams: true,
			Limits: kmlLimits, Memory: "one buffer and one placemark", open: openKML,
		},
		{
			Name: "xlsx", Aliases: []string{"excel"}, Title: "Excel workbook",
			MediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Extension: ".xlsx", Binary: true,
			Limits: xlsxLimits, Memory: "one buffer and one line; where the number of rows is known, as it is here, it streams", open: openXLSX,
		},
		{
			Name: "parquet", Aliases: []string{"geoparquet"}, Title: "GeoParquet", MediaType: "application/vnd.apache.parquet",
			Extension: ".parquet", Binary: true, Streams: true, Memory: "a row group (65,536 rows or 32 MiB) about twice", open: openParquet,
		},
		{
			Name: "arrow", Aliases: []string{"geoarrow"}, Title: "Arrow stream (GeoArrow)", MediaType: "application/vnd.apache.arrow.stream",
			Extension: ".arrows", Binary: true, Streams: true, Records: true, Memory: "a batch (65,536 rows or 32 MiB) about twice, and the distinct values of columns whose texts repeat", open: openArrow,
		},
		{
			Name: "shp", Aliases: []string{"shapefile"}, Title: "Shapefile (zip)", MediaType: "application/zip", Extension: ".shp.zip",
			Binary: true, Limits: shpLimits, Memory: "a few buffers", open: openShapefile,
		},
	}
}

// FormatByName finds a format by its name or an alias.
func FormatByName(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name || slices.Contains(f.Aliases, name) {
			return f, true
		}
	}
	return Format{}, false
}

// FormatByMediaType finds a format by a media type of an Accept header;
// parameters are ignored. application/json means GeoJSON.
func FormatByMediaType(mediaType string) (Format, bool) {
	want := bareMediaType(mediaType)
	if want == "application/json" {
		want = "application/geo+json"
	}
	for _, f := range Formats() {
		if bareMediaType(f.MediaType) == want {
			return f, true
		}
	}
	return Format{}, false
}

func bareMediaType(s string) string {
	if t, _, err := mime.ParseMediaType(s); err == nil {
		return t
	}
	t, _, _ := strings.Cut(s, ";")
	return strings.ToLower(strings.TrimSpace(t))
}
