package codec_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"strikewatch/data/codec"
	"strikewatch/data/columns"
)

// incidentSchema has every type, codes, prose and a time window.
func incidentSchema() *columns.Schema {
	return &columns.Schema{
		Collection: "incidents", Geometry: "Point", Start: "date_start", End: "date_end",
		Fields: []columns.Field{
			{Name: "id", Type: columns.Text, Title: "Id", Description: "Stable identifier"},
			{Name: "kind", Type: columns.Text, Title: "Kind", Codes: []columns.Code{
				{Value: "airstrike", Title: "Air strike", ACLED: "Air/drone strike", UCDP: "1"},
				{Value: "shelling", Title: "Shelling"},
			}},
			{Name: "date_start", Type: columns.Day, Title: "First day", Description: "First day on which it may have happened"},
			{Name: "date_end", Type: columns.Day, Title: "Last day"},
			{Name: "place", Type: columns.Text, Title: "Place"},
			{Name: "killed_min", Type: columns.Int, Title: "Killed, at least", Unit: "persons"},
			{Name: "border_km", Type: columns.Real, Title: "Distance to the border", Unit: "km"},
			{Name: "generalised", Type: columns.Bool, Title: "Generalised"},
			{Name: "location_precision", Type: columns.Text, Title: "Location precision"},
			{Name: "summary", Type: columns.Text, Title: "Summary", Long: true, Description: "What is said, with \"quotes\", <tags> & more"},
			{Name: "recorded_at", Type: columns.Time, Title: "Recorded at"},
		},
	}
}

// territorySchema has polygons, a colour per feature and a half-open period.
func territorySchema() *columns.Schema {
	return &columns.Schema{
		Collection: "territory", Geometry: "MultiPolygon", Start: "valid_from", End: "valid_to", EndOpen: true,
		Fields: []columns.Field{
			{Name: "id", Type: columns.Text},
			{Name: "actor", Type: columns.Text},
			{Name: "color", Type: columns.Text},
			{Name: "valid_from", Type: columns.Day},
			{Name: "valid_to", Type: columns.Day},
			{Name: "area_km2", Type: columns.Real, Unit: "km²"},
		},
	}
}

// mixedSchema allows any geometry.
func mixedSchema() *columns.Schema {
	return &columns.Schema{
		Collection: "control", Geometry: "Geometry",
		Fields: []columns.Field{{Name: "id", Type: columns.Text}, {Name: "note", Type: columns.Text}},
	}
}

// placeSchema has names that formats use for themselves.
func placeSchema() *columns.Schema {
	return &columns.Schema{
		Collection: "places", Geometry: "Point",
		Fields: []columns.Field{
			{Name: "code", Type: columns.Text}, {Name: "name", Type: columns.Text}, {Name: "name_my", Type: columns.Text},
			{Name: "description", Type: columns.Text}, {Name: "state_code", Type: columns.Text},
		},
	}
}

func places(t testing.TB) [][]byte {
	s := placeSchema()
	return [][]byte{
		feature(t, s, point, "MMR015001701", "Lashio", "လားရှိုးမြို့", "A town", "MMR015"),
		feature(t, s, `{"type":"Point","coordinates":[98.5,23.7]}`, "x", "老街", nil, nil, "0012"),
	}
}

// sourceSchema has no geometry.
func sourceSchema() *columns.Schema {
	return &columns.Schema{
		Collection: "sources",
		Fields: []columns.Field{
			{Name: "id", Type: columns.Text}, {Name: "publisher", Type: columns.Text}, {Name: "published", Type: columns.Day},
		},
	}
}

// feature builds a stored feature: values in field order, nil for null.
func feature(t testing.TB, s *columns.Schema, geometry string, values ...any) []byte {
	t.Helper()
	if len(values) != len(s.Fields) {
		t.Fatalf("%d values for %d fields", len(values), len(s.Fields))
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"type":"Feature","id":%s,"geometry":%s,"properties":{`, quote(t, values[0]), geometry)
	for i, v := range values {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:%s", s.Fields[i].Name, quote(t, v))
	}
	b.WriteString("}}")
	return b.Bytes()
}

func quote(t testing.TB, v any) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

const point = `{"type":"Point","coordinates":[97.7498,22.9359]}`

func incidents(t testing.TB) [][]byte {
	s := incidentSchema()
	return [][]byte{
		feature(t, s, point, "mm-0001", "airstrike", "2024-11-01", "2024-11-01", "လားရှိုးမြို့", 0, 101.873, true, "exact",
			"Five bombs, \"at night\",\nnear the market; 腊戌\tmarket\r\nsecond line", "2024-11-02T03:04:05.123456Z"),
		feature(t, s, `{"type":"Point","coordinates":[-179.9999999,-0.5]}`, "mm-0002", "shelling", "1899-12-31", "2024-02-29", "", nil, nil, nil, "", "", nil),
		feature(t, s, "null", "mm-0003", nil, nil, nil, nil, nil, nil, nil, nil, nil, nil),
		feature(t, s, `{"type":"Point","coordinates":[0,0]}`, "mm-0004", "airstrike", "2021-02-01", "2021-12-31", "=HYPERLINK(\"http://x\")", 2147483647, -0.1, false,
			"'-apostrophe", "& <b> ]]> ' \u2028 \U0001F4A5 _x0041_", "2021-02-01T00:00:00Z"),
	}
}

const squareWithHole = `[[[96,22],[97,22],[97,23],[96,23],[96,22]],[[96.25,22.25],[96.25,22.75],[96.75,22.75],[96.75,22.25],[96.25,22.25]]]`

func territories(t testing.TB) [][]byte {
	s := territorySchema()
	return [][]byte{
		feature(t, s, `{"type":"MultiPolygon","coordinates":[`+squareWithHole+`,[[[98,22],[98.5,22],[98.5,22.5],[98,22]]]]}`,
			"t1", "MNDAA", "#aa3377", "2024-08-03", "2025-04-21", 12345.678),
		feature(t, s, `{"type":"MultiPolygon","coordinates":[[[[90,20],[91,20],[91,21],[90,20]]]]}`, "t2", "TNLA", nil, nil, nil, nil),
		feature(t, s, "null", "t3", "AA", "#000000", "2024-01-01", nil, 0),
	}
}

func mixed(t testing.TB) [][]byte {
	s := mixedSchema()
	return [][]byte{
		feature(t, s, point, "c1", "a point"),
		feature(t, s, `{"type":"Polygon","coordinates":`+squareWithHole+`}`, "c2", "with a hole"),
		feature(t, s, `{"type":"MultiLineString","coordinates":[[[96,22],[97,23]],[[98,22],[98,23],[99,24]]]}`, "c3", nil),
		feature(t, s, `{"type":"LineString","coordinates":[[96,22],[97,23.5]]}`, "c4", ""),
		feature(t, s, "null", "c5", "nowhere"),
		feature(t, s, `{"type":"MultiPolygon","coordinates":[`+squareWithHole+`,[[[98,22],[98.5,22],[98.5,22.5],[98,22]]]]}`, "c6", "two parts"),
	}
}

func sources(t testing.TB) [][]byte {
	s := sourceSchema()
	return [][]byte{
		feature(t, s, "null", "s1", "The Irrawaddy", "2024-11-02"),
		feature(t, s, "null", "s2", "", nil),
		feature(t, s, "null", "s3", nil, "2021-02-01"),
	}
}

// collection is one set of features to send through every format.
type collection struct {
	schema   *columns.Schema
	features [][]byte
}

func collections(t testing.TB) map[string]collection {
	return map[string]collection{
		"points":   {incidentSchema(), incidents(t)},
		"polygons": {territorySchema(), territories(t)},
		"mixed":    {mixedSchema(), mixed(t)},
		"none":     {sourceSchema(), sources(t)},
		"names":    {placeSchema(), places(t)},
		"empty":    {incidentSchema(), nil},
	}
}

func meta(s *columns.Schema) codec.Meta {
	return codec.Meta{
		Schema: s, Layer: s.Collection, Title: "Strikes <&> \"test\"", Description: "Made by a test.",
		Query:   "/api/collections/" + s.Collection + "/items?kind=airstrike&limit=10",
		KnownAt: time.Date(2024, 11, 5, 6, 7, 8, 0, time.UTC), Generated: time.Date(2024, 11, 6, 0, 0, 0, 0, time.UTC),
		Checkpoint: "strikewatch\n42\nabc=\n",
		Attribution: []codec.Attribution{{
			Title: "Borders", Origin: "https://www.openstreetmap.org", Licence: "ODbL-1.0",
			LicenceURL: "https://opendatacommons.org/licenses/odbl/1-0/", Text: "© OpenStreetMap contributors",
		}},
		LeftOut: 3,
	}
}

// encode sends features through a format and returns the bytes.
func encode(t testing.TB, format string, m codec.Meta, features [][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	m.TempDir = t.TempDir()
	w, err := codec.NewWriter(format, &out, m)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range features {
		if err := w.Write(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
