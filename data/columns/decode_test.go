package columns_test

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"strikewatch/data/columns"
)

func TestFeaturesRoundTrip(t *testing.T) {
	for _, schema := range []columns.Schema{pointSchema(), shapeSchema()} {
		w := newWorld(schema, 21)
		var again columns.Record
		for range 2000 {
			values := make([]columns.Value, len(schema.Fields))
			for i := range values {
				values[i] = w.value(&schema.Fields[i])
			}
			g := w.geometry()
			feature := columns.AppendFeature(nil, &schema, "a\"b", g, values)
			if err := schema.Decode(feature, &again); err != nil {
				t.Fatalf("%s: %v", feature, err)
			}
			if again.ID != "a\"b" || !reflect.DeepEqual(again.Values, values) || !reflect.DeepEqual(again.Geometry, g) {
				t.Fatalf("%s\ncame back as %v", feature, again)
			}
			decoded, err := geojson.UnmarshalFeature(feature)
			if err != nil || !reflect.DeepEqual(decoded.Geometry, g) {
				t.Fatalf("%s\nis %v to orb: %v", feature, decoded, err)
			}
		}
	}
}

func TestAppendFeatureWritesPlainGeoJSON(t *testing.T) {
	s := columns.Schema{Fields: []columns.Field{{Name: "name", Type: columns.Text}, {Name: "n", Type: columns.Real}, {Name: "on", Type: columns.Day}, {Name: "at", Type: columns.Time}, {Name: "left_out", Type: columns.Int}}}
	got := string(columns.AppendFeature([]byte("\x1e"), &s, "x", orb.Point{97.74980000001, -0.00000001}, []columns.Value{
		text("<b> \u2028 \x01 \xff é"), real(math.Inf(1)), day(-1), moment(1_500_000)}))
	want := "\x1e" + `{"type":"Feature","id":"x","geometry":{"type":"Point","coordinates":[97.7498,0]},` +
		`"properties":{"name":"<b> ` + "\u2028" + ` \u0001 ` + "\uFFFD" + ` é","n":null,"on":"1969-12-31","at":"1970-01-01T00:00:01.5Z","left_out":null}}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestDecodeTakesAnyOrder(t *testing.T) {
	s := pointSchema()
	feature := ` {"properties" : { "killed": 3, "unknown": {"a":[1,{"b":null}]}, "kind":"\u0041\ud83d\ude00\ud800", "area": 1e-3, "exact":true, "killed":4 },
		"bbox":[1,2,3,4], "geometry":{"coordinates":[97.5,22.5,300],"type":"Point","crs":null},"id":7,"type":"Feature"} `
	var r columns.Record
	if err := s.Decode([]byte(feature), &r); err != nil {
		t.Fatal(err)
	}
	if r.ID != "7" || !reflect.DeepEqual(r.Geometry, orb.Geometry(orb.Point{97.5, 22.5})) {
		t.Errorf("id %q, geometry %v", r.ID, r.Geometry)
	}
	for name, want := range map[string]columns.Value{"killed": whole(4), "kind": text("A😀\uFFFD"), "area": real(0.001), "exact": truthValue(true), "ratio": {}} {
		if got := r.Values[s.Index(name)]; got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	s := pointSchema()
	for name, feature := range map[string]string{
		"nothing":            "",
		"not an object":      `[]`,
		"not a feature":      `{"type":"Point","coordinates":[1,2]}`,
		"text after the end": `{"type":"Feature"} x`,
		"cut":                `{"type":"Feature","properties":{"kind":"air`,
		"text for a number":  `{"type":"Feature","properties":{"killed":"3"}}`,
		"a fraction":         `{"type":"Feature","properties":{"killed":3.5}}`,
		"number for a text":  `{"type":"Feature","properties":{"kind":3}}`,
		"no such day":        `{"type":"Feature","properties":{"earliest":"2024-02-30"}}`,
		"no time":            `{"type":"Feature","properties":{"recorded_at":"2024-02-03"}}`,
		"leading zero":       `{"type":"Feature","properties":{"killed":03}}`,
		"out of range":       `{"type":"Feature","properties":{"area":1e999}}`,
		"latitude 95":        `{"type":"Feature","geometry":{"type":"Point","coordinates":[97,95]}}`,
		"one coordinate":     `{"type":"Feature","geometry":{"type":"Point","coordinates":[97]}}`,
		"no such geometry":   `{"type":"Feature","geometry":{"type":"Circle","coordinates":[97,2]}}`,
		"no coordinates":     `{"type":"Feature","geometry":{"type":"Point"}}`,
		"control character":  "{\"type\":\"Feature\",\"properties\":{\"kind\":\"a\nb\"}}",
		"bad escape":         `{"type":"Feature","properties":{"kind":"\x"}}`,
		"bad UTF-8":          "{\"type\":\"Feature\",\"properties\":{\"kind\":\"\xff\"}}",
		"deep":               `{"type":"Feature","x":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}`,
	} {
		if err := s.Decode([]byte(feature), new(columns.Record)); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// FuzzDecode: what is taken is JSON, means the same to encoding/json, and
// encodes to a feature that is taken as the same.
func FuzzDecode(f *testing.F) {
	point, shape := pointSchema(), shapeSchema()
	for _, s := range []columns.Schema{point, shape} {
		w := newWorld(s, 22)
		for range 30 {
			f.Add(w.feature())
		}
	}
	f.Add([]byte(`{"type":"Feature","geometry":{"type":"GeometryCollection","geometries":[null,{"type":"MultiPolygon","coordinates":[[[]],[]]}]},"id":null,"properties":null}`))
	f.Fuzz(func(t *testing.T, feature []byte) {
		var a, b columns.Record
		if err := shape.Decode(feature, &a); err != nil {
			return
		}
		if !json.Valid(feature) {
			t.Fatalf("took %q", feature)
		}
		var plain struct {
			Properties map[string]any `json:"properties"`
		}
		if err := json.Unmarshal(feature, &plain); err == nil && !bytes.Contains(feature, []byte(`"\`)) {
			for i, field := range shape.Fields {
				v, ok := plain.Properties[field.Name].(string)
				if ok && field.Type == columns.Text && v != a.Values[i].Text && bytes.Count(feature, []byte(field.Name)) == 1 && bytes.Count(bytes.ToLower(feature), []byte("properties")) == 1 {
					t.Fatalf("%s is %q, want %q", field.Name, a.Values[i].Text, v)
				}
			}
		}
		again := columns.AppendFeature(nil, &shape, a.ID, a.Geometry, a.Values)
		if !json.Valid(again) {
			t.Fatalf("wrote %q", again)
		}
		if err := shape.Decode(again, &b); err != nil {
			t.Fatalf("%q: %v", again, err)
		}
		if third := columns.AppendFeature(nil, &shape, b.ID, b.Geometry, b.Values); !bytes.Equal(again, third) {
			t.Fatalf("%q became %q", again, third)
		}
	})
}
