package codec_test

import (
	"database/sql"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"strikewatch/data/codec"
)

// TestGeoPackageIsValid asks GDAL's checker of the standard.
func TestGeoPackageIsValid(t *testing.T) {
	for name, in := range collections(t) {
		t.Run(name, func(t *testing.T) {
			path := file(t, "gpkg", meta(in.schema), in.features)
			run(t, "/usr/bin/python3", "-m", "osgeo_utils.samples.validate_gpkg", "-q", path)
		})
	}
}

func openSQLite(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func queryText(t *testing.T, db *sql.DB, query string, args ...any) string {
	t.Helper()
	var out sql.NullString
	if err := db.QueryRow(query, args...).Scan(&out); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return out.String
}

// randomPoints returns n features scattered over and around a box.
func randomPoints(t testing.TB, n int) ([][]byte, [][2]float64) {
	r := rand.New(rand.NewPCG(1, 2))
	s := mixedSchema()
	features, at := make([][]byte, n), make([][2]float64, n)
	for i := range features {
		x, y := 92+r.Float64()*9, 10+r.Float64()*18
		if i%10 == 0 {
			x, y = 97.75, 22.93
		}
		at[i] = [2]float64{x, y}
		features[i] = feature(t, s, fmt.Sprintf(`{"type":"Point","coordinates":[%.7f,%.7f]}`, x, y), fmt.Sprintf("p%d", i), nil)
	}
	return features, at
}

func TestGeoPackageIndex(t *testing.T) {
	for _, n := range []int{0, 1, 51, 52, 51 * 51, 51*51 + 1, 20000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			features, at := randomPoints(t, n)
			db := openSQLite(t, file(t, "gpkg", meta(mixedSchema()), features))
			if got := queryText(t, db, "SELECT rtreecheck('rtree_control_geom')"); got != "ok" {
				t.Errorf("rtreecheck: %s", got)
			}
			if got := queryText(t, db, "PRAGMA integrity_check"); got != "ok" {
				t.Errorf("integrity_check: %s", got)
			}
			if got := queryText(t, db, "SELECT count(*) FROM rtree_control_geom"); got != fmt.Sprint(n) {
				t.Errorf("%s rows in the index", got)
			}
			want := 0
			for _, p := range at {
				if p[0] >= 97 && p[0] <= 98 && p[1] >= 22 && p[1] <= 23 {
					want++
				}
			}
			got := queryText(t, db, "SELECT count(*) FROM rtree_control_geom WHERE minx <= 98 AND maxx >= 97 AND miny <= 23 AND maxy >= 22")
			if got != fmt.Sprint(want) {
				t.Errorf("%s in the box, want %d", got, want)
			}
		})
	}
}

func TestGeoPackageCarriesMetadataAndStyle(t *testing.T) {
	m := meta(incidentSchema())
	db := openSQLite(t, file(t, "gpkg", m, incidents(t)))
	about := queryText(t, db, "SELECT metadata FROM gpkg_metadata WHERE mime_type = 'application/json'")
	for _, want := range []string{m.Query, "2024-11-05T06:07:08Z", "ODbL-1.0", `"left_out":3`, "Air/drone strike"} {
		if !strings.Contains(about, want) {
			t.Errorf("metadata lacks %q: %s", want, about)
		}
	}
	qgis := queryText(t, db, "SELECT metadata FROM gpkg_metadata WHERE md_standard_uri = 'http://mrcc.com/qgis.dtd'")
	wellFormed(t, qgis)
	if !strings.Contains(qgis, "<license>ODbL-1.0</license>") {
		t.Error("QGIS metadata lacks the licence")
	}
	style := queryText(t, db, "SELECT styleQML FROM layer_styles WHERE f_table_name = 'incidents' AND useAsDefault")
	wellFormed(t, style)
	for _, want := range []string{`attr="kind"`, `value="airstrike" label="Air strike"`, "74,109,140,", `limitMode="1" startField="date_start"`} {
		if !strings.Contains(style, want) {
			t.Errorf("style lacks %q: %s", want, style)
		}
	}
	if got := queryText(t, db, "SELECT group_concat(value) FROM gpkg_data_column_constraints WHERE constraint_name = 'incidents_kind'"); got != "airstrike,shelling" {
		t.Errorf("enumeration of kind: %s", got)
	}
	if got := queryText(t, db, "SELECT description FROM gpkg_data_columns WHERE column_name = 'border_km'"); got != "unit: km" {
		t.Errorf("border_km: %s", got)
	}

	db = openSQLite(t, file(t, "gpkg", meta(territorySchema()), territories(t)))
	style = queryText(t, db, "SELECT styleQML FROM layer_styles")
	wellFormed(t, style)
	if !strings.Contains(style, `coalesce(&#34;color&#34;, '#8a8f94')`) || !strings.Contains(style, `limitMode="0"`) {
		t.Errorf("style of territory: %s", style)
	}
	if got := queryText(t, db, "SELECT typeof(valid_from) || ' ' || valid_from FROM territory WHERE id = 't1'"); got != "text 2024-08-03" {
		t.Errorf("a day is stored as %s", got)
	}
	if codec.DefaultStyle(sourceSchema()).Color == "" {
		t.Error("no colour for a plain collection")
	}
}

func wellFormed(t *testing.T, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%v in %s", err, text)
		}
	}
}
