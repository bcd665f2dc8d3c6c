package starter_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/paulmach/orb/geojson"
)

// table reads a file of this folder, a row by column name.
func table(t *testing.T, file string) []map[string]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	rows := make([]map[string]string, 0, len(all)-1)
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, column := range all[0] {
			row[column] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// shapes reads the features of a file of this folder.
func shapes(t *testing.T, file string) []*geojson.Feature {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c, err := geojson.UnmarshalFeatureCollection(text)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return c.Features
}

func TestTablesAreWhole(t *testing.T) {
	for _, c := range []struct {
		file string
		rows int
		key  string
	}{
		{"incidents.csv", 235, "id"},
		{"sources.csv", 216, "id"},
		{"citations.csv", 346, ""},
		{"control.csv", 244, "id"},
		{"names-zh.csv", 49, "code"},
		{"actors.csv", 23, "code"},
		{"towns.csv", 531, "code"},
		{"places-extra.csv", 8, "code"},
		{"gates.csv", 21, "id"},
	} {
		rows := table(t, c.file)
		if len(rows) != c.rows {
			t.Errorf("%s has %d rows, want %d", c.file, len(rows), c.rows)
		}
		if c.key == "" {
			continue
		}
		seen := map[string]bool{}
		for i, row := range rows {
			if key := row[c.key]; key == "" || seen[key] {
				t.Errorf("%s row %d: %s %q is empty or occurs twice", c.file, i+2, c.key, key)
			} else {
				seen[key] = true
			}
		}
	}
}

func TestReferencesResolve(t *testing.T) {
	known := func(key string, files ...string) map[string]bool {
		codes := map[string]bool{}
		for _, file := range files {
			for _, row := range table(t, file) {
				codes[row[key]] = true
			}
		}
		return codes
	}
	incidents, sources, actors := known("id", "incidents.csv"), known("id", "sources.csv"), known("code", "actors.csv")
	for _, row := range table(t, "citations.csv") {
		if !incidents[row["incident_id"]] || !sources[row["source_id"]] {
			t.Errorf("citation of %s by %s", row["source_id"], row["incident_id"])
		}
	}
	towns, extra := known("code", "towns.csv"), known("name", "places-extra.csv")
	for _, row := range table(t, "control.csv") {
		if !towns[row["place_code"]] && (row["place_code"] != "" || !extra[row["place"]]) {
			t.Errorf("%s: no place %s %q", row["id"], row["place_code"], row["place"])
		}
		if !actors[row["actor"]] {
			t.Errorf("%s: no actor %q", row["id"], row["actor"])
		}
		if row["valid_to"] != "" && row["valid_from"] >= row["valid_to"] {
			t.Errorf("%s: from %s to %s", row["id"], row["valid_from"], row["valid_to"])
		}
	}
	borders := map[string]bool{}
	for _, f := range shapes(t, "borders.geojson") {
		borders[f.Properties.MustString("code")] = true
	}
	for _, row := range table(t, "gates.csv") {
		if !borders[row["border"]] {
			t.Errorf("%s: no border %q", row["id"], row["border"])
		}
	}
	townships := known("township_code", "towns.csv")
	for _, row := range table(t, "places-extra.csv") {
		if !townships[row["township_code"]] {
			t.Errorf("%s: no township %q", row["code"], row["township_code"])
		}
	}
}

// TestEveryFileHasItsOrigin holds attribution.json and README.md to the files
// that stand beside them.
func TestEveryFileHasItsOrigin(t *testing.T) {
	text, err := os.ReadFile("attribution.json")
	if err != nil {
		t.Fatal(err)
	}
	var named []struct{ File string }
	if err := json.Unmarshal(text, &named); err != nil {
		t.Fatal(err)
	}
	attributed := map[string]bool{}
	for _, n := range named {
		for file := range strings.SplitSeq(n.File, ", ") {
			attributed[file] = true
		}
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	present := map[string]bool{}
	for _, pattern := range []string{"*.csv", "*.geojson"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			present[file] = true
			if !attributed[file] {
				t.Errorf("attribution.json does not name %s", file)
			}
			if !strings.Contains(string(readme), "`"+file+"`") {
				t.Errorf("README.md does not name %s", file)
			}
		}
	}
	for file := range attributed {
		if !present[file] {
			t.Errorf("attribution.json names %s, which is not there", file)
		}
	}
	for _, file := range []string{"borders.geojson", "basemap.geojson", "rivers.geojson", "town-areas.geojson"} {
		for _, f := range shapes(t, file) {
			if f.Properties.MustString("source", "") == "" || f.Properties.MustString("licence", "") != "ODbL 1.0" {
				t.Errorf("%s: %v lacks source or licence", file, f.Properties["code"])
			}
		}
	}
}

// TestChineseNames: each stands for a town of the gazetteer under its name
// there, and no town is named twice.
func TestChineseNames(t *testing.T) {
	towns := map[string]string{}
	for _, r := range table(t, "towns.csv") {
		towns[r["code"]] = r["name"]
	}
	seen := map[string]bool{}
	for _, r := range table(t, "names-zh.csv") {
		if towns[r["code"]] != r["name"] || seen[r["code"]] || r["name_zh"] == "" {
			t.Errorf("%s %s %s: the gazetteer has %q", r["code"], r["name"], r["name_zh"], towns[r["code"]])
		}
		for _, letter := range r["name_zh"] {
			if !unicode.Is(unicode.Han, letter) {
				t.Errorf("%s: %q is not Chinese", r["code"], r["name_zh"])
			}
		}
		seen[r["code"]] = true
	}
}
