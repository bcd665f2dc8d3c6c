package codec_test

import (
	"archive/zip"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"strikewatch/data/columns"
)

func zipEntry(t *testing.T, path, name string) string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	f, err := archive.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestShapefileTellsWhatItCut(t *testing.T) {
	s := sourceSchema()
	long := strings.Repeat("မြို့", 20) // 15 or 18 bytes each
	path := file(t, "shp", meta(s), [][]byte{feature(t, s, "null", "s1", long, "2024-11-02")})
	readme := zipEntry(t, path, "README.txt")
	for _, want := range []string{"1 texts of publisher were cut", "Known at: 2024-11-05T06:07:08Z", "ODbL-1.0", "field names of 10 characters", "3 rows, because"} {
		if !strings.Contains(readme, want) {
			t.Errorf("README lacks %q:\n%s", want, readme)
		}
	}
	rows := readOGR(t, "/vsizip/"+path, "sources")
	got, _ := rows[0].Properties["publisher"].(string)
	if len(got) > 254 || len(got) < 251 || !strings.HasPrefix(long, got) {
		t.Errorf("cut to %d bytes: %q", len(got), got)
	}
}

func TestShapefileShortNames(t *testing.T) {
	s := &columns.Schema{Collection: "x"}
	names := strings.Fields("id civilians_killed_min civilians_killed_max children_killed_min combatants_killed_max location_precision " +
		"date_precision border_km_min border_km_max border_distances abcdefghij_a abcdefghij_b ABCDEFGHIJ")
	values := make([]any, len(names))
	for i, name := range names {
		s.Fields = append(s.Fields, columns.Field{Name: name, Type: columns.Text})
		values[i] = fmt.Sprint(i)
	}
	path := file(t, "shp", meta(s), [][]byte{feature(t, s, "null", values...)})
	full := fullNames(t, path, "x")
	properties := readOGR(t, "/vsizip/"+path, "x")[0].Properties
	for i, name := range names {
		for short, value := range properties {
			if full[short] == name && value != values[i] {
				t.Errorf("%s (%s) holds %v, want %v", short, name, value, values[i])
			}
		}
	}
	for _, want := range []string{"civ_kil_mi", "civ_kil_ma", "date_preci"} {
		if full[want] == "" {
			t.Errorf("no field is called %s: %v", want, full)
		}
	}
}

func TestShapefileNumbersAreExact(t *testing.T) {
	s := &columns.Schema{Collection: "x", Fields: []columns.Field{
		{Name: "id", Type: columns.Text}, {Name: "n", Type: columns.Int}, {Name: "r", Type: columns.Real},
	}}
	features := [][]byte{
		feature(t, s, "null", "a", 1234567890123, 0.1+0.2),
		feature(t, s, "null", "b", -1, -1e-9),
		feature(t, s, "null", "c", nil, math.Pi*1e6),
		feature(t, s, "null", "d", 0, 3e40),
	}
	got := readOGR(t, "/vsizip/"+file(t, "shp", meta(s), features), "x")
	sameRows(t, s, stored(t, features), got, losses{noGeometry: true})
}
