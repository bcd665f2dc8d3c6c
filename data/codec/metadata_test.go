package codec_test

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"strikewatch/data/codec"
)

// TestMetadataTravels reads back, in each format's own way, all that a file is
// to say of itself.
func TestMetadataTravels(t *testing.T) {
	m := meta(incidentSchema())
	wanted := []string{
		m.Query, "2024-11-05T06:07:08Z", "abc=", // the question, when, and the checkpoint
		"ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/", "© OpenStreetMap contributors", "https://www.openstreetmap.org",
		"Stable identifier", "km", "persons", "Air/drone strike", "airstrike", // the dictionary with units, codes and equivalents
	}
	for _, f := range codec.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			about := aboutFile(t, f, m)
			for _, want := range wanted {
				if !strings.Contains(about, want) {
					t.Errorf("%q is not told in %s", want, about)
				}
			}
			if !strings.Contains(about, "3 rows, because") && !strings.Contains(about, `"left_out":3`) {
				t.Errorf("what is left out is not told in %s", about)
			}
			if !strings.Contains(about, "UCDP 1") && !strings.Contains(about, `"ucdp":"1"`) && !strings.Contains(about, "|Air/drone strike|1|") {
				t.Errorf("the code of UCDP is not told in %s", about)
			}
		})
	}
}

// aboutFile returns what a file of the format says of itself, without its rows.
func aboutFile(t *testing.T, f codec.Format, m codec.Meta) string {
	t.Helper()
	if f.Beside {
		about, err := m.JSON()
		if err != nil {
			t.Fatal(err)
		}
		return string(about)
	}
	switch f.Name {
	case "gpkg":
		db := openSQLite(t, file(t, "gpkg", m, incidents(t)))
		return queryText(t, db, "SELECT metadata FROM gpkg_metadata WHERE mime_type = 'application/json'") +
			queryText(t, db, "SELECT group_concat(description) FROM gpkg_data_columns")
	case "xlsx":
		return sheetText(t, m, "Fields") + sheetText(t, m, "Provenance")
	case "shp":
		path := file(t, "shp", m, incidents(t))
		return zipEntry(t, path, "README.txt") + zipEntry(t, path, "incidents_fields.csv")
	case "parquet", "arrow":
		return compact(t, readPython(t, file(t, f.Name, m, incidents(t)))[0].Metadata["strikewatch"])
	case "kml":
		return documentData(t, encode(t, "kml", m, incidents(t)))
	}
	return string(encode(t, f.Name, m, nil))
}

func sheetText(t *testing.T, m codec.Meta, sheet string) string {
	t.Helper()
	rows, err := workbook(t, m, incidents(t)).GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, row := range rows {
		fmt.Fprintln(&b, strings.Join(row, "|")+"|")
	}
	return b.String()
}

// documentData returns the data of the KML document, not of its placemarks.
func documentData(t *testing.T, text []byte) string {
	t.Helper()
	var kml struct {
		Document struct {
			ExtendedData struct {
				Data []struct {
					Name  string `xml:"name,attr"`
					Value string `xml:"value"`
				}
			}
		}
	}
	if err := xml.Unmarshal(text, &kml); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, d := range kml.Document.ExtendedData.Data {
		fmt.Fprintln(&b, d.Name, d.Value)
	}
	return b.String()
}

// compact writes JSON the way that [codec.Meta.JSON] does.
func compact(t *testing.T, text []byte) string {
	t.Helper()
	var v any
	decodeJSON(t, text, &v)
	return quote(t, v)
}
