package codec_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"strikewatch/data/columns"
)

// row is a feature as a foreign reader gives it back.
type row struct {
	ID         any
	Geometry   any
	Properties map[string]any
}

func parseRows(t testing.TB, collection []byte) []row {
	t.Helper()
	var c struct{ Features []row }
	decodeJSON(t, collection, &c)
	for _, r := range c.Features {
		// GDAL's KML driver calls a field "name" by the element's name.
		if r.Properties["Name"] != nil && r.Properties["name"] == nil {
			r.Properties["name"] = r.Properties["Name"]
		}
		// GDAL's GeoJSON driver moves a property "id" that equals the feature's id.
		if r.ID != nil && r.Properties["id"] == nil {
			r.Properties["id"] = r.ID
		}
	}
	return c.Features
}

// decodeJSON keeps numbers as they are written.
func decodeJSON(t testing.TB, text []byte, into any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		t.Fatalf("%v in\n%.2000s", err, text)
	}
}

// stored reads the features that went in.
func stored(t testing.TB, features [][]byte) []row {
	t.Helper()
	return parseRows(t, append(append([]byte(`{"features":[`), bytes.Join(features, []byte(","))...), "]}"...))
}

// losses says what a format, or GDAL's reader of it, can not keep.
type losses struct {
	emptyIsNull   bool // an empty text comes back null
	millis        bool // times lose what is below a millisecond
	seconds       bool // times lose what is below a second
	dateIsTime    bool // days come back as midnight
	boolIsInt     bool // true comes back as 1
	multi         bool // lines and polygons come back as multis
	noGeometry    bool // the reader takes no geometry
	midnight      bool // days may come back as midnight, or not
	orderUnstable bool // rows come in another order
	padded        bool // times come with six decimals
	text          func(string) string
}

// sameRows compares what went in with what came out, value by value.
func sameRows(t *testing.T, s *columns.Schema, want, got []row, l losses) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d rows, want %d", len(got), len(want))
	}
	if l.orderUnstable {
		got = ordered(t, s, want, got)
	}
	for i := range want {
		id := want[i].Properties[s.Fields[0].Name]
		for j := range s.Fields {
			f := &s.Fields[j]
			w, g := expected(f, want[i].Properties[f.Name], l), got[i].Properties[f.Name]
			if f.Type == columns.Day || f.Type == columns.Time {
				g = plainTime(g)
			}
			if text, ok := g.(string); ok && l.padded && f.Type == columns.Time {
				whole, part, _ := strings.Cut(text, ".")
				g = strings.TrimSuffix(whole+"."+strings.TrimRight(part, "0"), ".")
			}
			if text, ok := g.(string); ok && l.midnight && f.Type == columns.Day {
				g = strings.TrimSuffix(strings.TrimSuffix(text, ".000000"), "T00:00:00")
			}
			if !same(w, g) {
				t.Errorf("%v: %s is %#v, want %#v", id, f.Name, g, w)
			}
		}
		if l.noGeometry {
			continue
		}
		if w, g := shape(want[i].Geometry, l.multi || s.Geometry != "Geometry"), shape(got[i].Geometry, l.multi || s.Geometry != "Geometry"); !same(w, g) {
			t.Errorf("%v: geometry is\n%v, want\n%v", id, g, w)
		}
	}
}

// ordered puts got in the order of want, by the first field.
func ordered(t *testing.T, s *columns.Schema, want, got []row) []row {
	t.Helper()
	key := s.Fields[0].Name
	byID := map[any]row{}
	for _, r := range got {
		byID[r.Properties[key]] = r
	}
	out := make([]row, len(want))
	for i, r := range want {
		found, ok := byID[r.Properties[key]]
		if !ok {
			t.Fatalf("%v is missing", r.Properties[key])
		}
		out[i] = found
	}
	return out
}

func expected(f *columns.Field, v any, l losses) any {
	switch v := v.(type) {
	case string:
		if v == "" && l.emptyIsNull {
			return nil
		}
		switch {
		case f.Type == columns.Day && l.dateIsTime:
			return v + "T00:00:00"
		case f.Type == columns.Time && l.seconds:
			whole, _, _ := strings.Cut(strings.TrimSuffix(v, "Z"), ".")
			return whole
		case f.Type == columns.Time && l.millis:
			whole, part, found := strings.Cut(strings.TrimSuffix(v, "Z"), ".")
			if !found {
				return whole
			}
			return whole + "." + part[:3]
		case f.Type == columns.Time:
			return strings.TrimSuffix(v, "Z")
		case f.Type == columns.Text && l.text != nil:
			return l.text(v)
		}
	case bool:
		if l.boolIsInt {
			if v {
				return json.Number("1")
			}
			return json.Number("0")
		}
	}
	return v
}

// plainTime undoes GDAL's spellings of days and times.
func plainTime(v any) any {
	s, ok := v.(string)
	if !ok {
		return v
	}
	s = strings.ReplaceAll(s, "/", "-")
	s = strings.Replace(s, " ", "T", 1)
	s = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(s, "Z"), "+00"), "+00:00")
	return s
}

// shape is a GeoJSON geometry as type and coordinates, as a multi if asked.
func shape(g any, multi bool) any {
	m, ok := g.(map[string]any)
	if !ok {
		return nil
	}
	kind, coordinates := m["type"], m["coordinates"]
	if name, _ := kind.(string); multi && (name == "LineString" || name == "Polygon") {
		kind, coordinates = "Multi"+name, []any{coordinates}
	}
	return []any{kind, coordinates}
}

// same compares JSON values, numbers as numbers.
func same(a, b any) bool {
	switch a := a.(type) {
	case json.Number:
		n, ok := b.(json.Number)
		if !ok {
			return false
		}
		x, errX := a.Float64()
		y, errY := n.Float64()
		return a == n || errors.Join(errX, errY) == nil && math.Abs(x-y) <= 1e-15*math.Abs(x)
	case []any:
		other, ok := b.([]any)
		if !ok || len(other) != len(a) {
			return false
		}
		for i := range a {
			if !same(a[i], other[i]) {
				return false
			}
		}
		return true
	}
	return a == b
}
