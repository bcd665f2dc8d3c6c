package codec_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"strikewatch/data/codec"
	"strikewatch/data/columns"
)

func TestGeoJSONCopiesFeatures(t *testing.T) {
	for name, c := range collections(t) {
		t.Run(name, func(t *testing.T) {
			out := encode(t, "geojson", meta(c.schema), c.features)
			var got struct {
				Type     string
				Metadata struct {
					Query       string
					KnownAt     string `json:"known_at"`
					LeftOut     int    `json:"left_out"`
					Attribution []codec.Attribution
					Fields      []struct{ Name, Type, Unit string }
				}
				Features []json.RawMessage
			}
			if err := json.Unmarshal(out, &got); err != nil {
				t.Fatal(err)
			}
			if got.Type != "FeatureCollection" || got.Features == nil || len(got.Features) != len(c.features) {
				t.Fatalf("%s of %d features", got.Type, len(got.Features))
			}
			for i, f := range c.features {
				if !bytes.Equal(f, got.Features[i]) {
					t.Errorf("feature %d changed:\n%s\n%s", i, f, got.Features[i])
				}
			}
			m := got.Metadata
			if m.LeftOut != 3 || m.KnownAt != "2024-11-05T06:07:08Z" || len(m.Attribution) != 1 || len(m.Fields) != len(c.schema.Fields) ||
				m.Query != meta(c.schema).Query {
				t.Errorf("metadata is %+v", m)
			}
		})
	}
}

func TestGeoJSONMembers(t *testing.T) {
	m := meta(incidentSchema())
	m.Head = []codec.Member{{Name: "numberMatched", Value: json.RawMessage("7")}, {Name: "links", Value: json.RawMessage("[]")}}
	m.Tail = func() ([]codec.Member, error) {
		return []codec.Member{{Name: "numberReturned", Value: json.RawMessage("1")}}, nil
	}
	got := string(encode(t, "geojson", m, incidents(t)[2:3]))
	want := `{"type":"FeatureCollection","numberMatched":7,"links":[],"features":[` + "\n" +
		string(incidents(t)[2]) + "\n" + `],"numberReturned":1}` + "\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	m.Head = []codec.Member{{Name: "broken", Value: json.RawMessage("{")}}
	if _, err := codec.NewWriter("geojson", &strings.Builder{}, m); err == nil {
		t.Error("a member that is not JSON was written")
	}
}

func TestLines(t *testing.T) {
	pretty := []byte("{\n \"type\": \"Feature\",\n \"geometry\": null, \"properties\": {}\n}")
	for format, prefix := range map[string]string{"jsonl": "", "geojsonseq": "\x1e"} {
		got := string(encode(t, format, meta(incidentSchema()), append(incidents(t), pretty)))
		var want strings.Builder
		for _, f := range incidents(t) {
			want.WriteString(prefix + string(f) + "\n")
		}
		want.WriteString(prefix + `{"type":"Feature","geometry":null,"properties":{}}` + "\n")
		if got != want.String() {
			t.Errorf("%s: got\n%s\nwant\n%s", format, got, want.String())
		}
	}
}

func TestCSVReadsBack(t *testing.T) {
	m := meta(incidentSchema())
	m.HXL = true
	out := encode(t, "csv", m, incidents(t))
	r := csv.NewReader(bytes.NewReader(bytes.ReplaceAll(out, []byte("\r\n"), []byte("\n"))))
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"id", "kind", "date_start", "date_end", "place", "killed_min", "border_km", "generalised", "location_precision", "summary", "recorded_at", "lon", "lat"},
		{"#meta+id", "#event+type", "#date+start", "#date+end", "#loc+name", "#affected+killed+min", "#geo+distance+border_km", "#meta+generalised",
			"#geo+precision", "#description", "#date+recorded", "#geo+lon", "#geo+lat"},
		{"mm-0001", "airstrike", "2024-11-01", "2024-11-01", "လားရှိုးမြို့", "0", "101.873", "true", "exact",
			"Five bombs, \"at night\",\nnear the market; 腊戌\tmarket\nsecond line", "2024-11-02T03:04:05.123456Z", "97.7498", "22.9359"},
		{"mm-0002", "shelling", "1899-12-31", "2024-02-29", "", "", "", "", "", "", "", "-179.9999999", "-0.5"},
		{"mm-0003", "", "", "", "", "", "", "", "", "", "", "", ""},
		{"mm-0004", "airstrike", "2021-02-01", "2021-12-31", "'=HYPERLINK(\"http://x\")", "2147483647", "-0.1", "false",
			"''-apostrophe", "& <b> ]]> ' \u2028 \U0001F4A5 _x0041_", "2021-02-01T00:00:00Z", "0", "0"},
	}
	if len(rows) != len(want) {
		t.Fatalf("%d rows", len(rows))
	}
	for i := range want {
		for j := range want[i] {
			if rows[i][j] != want[i][j] {
				t.Errorf("row %d, %s: %q, want %q", i, want[0][j], rows[i][j], want[i][j])
			}
		}
	}
	if !strings.Contains(string(out), `mm-0002,shelling,1899-12-31,2024-02-29,"",,,,"","",,`) {
		t.Error("null and empty text are not told apart")
	}
}

func TestCSVGuardIsUndone(t *testing.T) {
	s := &columns.Schema{Collection: "x", Fields: []columns.Field{{Name: "id", Type: columns.Text}, {Name: "n", Type: columns.Int}}}
	for _, text := range []string{"=1+1", "+95 1 234", "-5", "@here", "\tx", "\rx", "'=1", "''=1", "'quoted'", "'", "plain", "a=b", "=", `="a"`} {
		out := encode(t, "csv", meta(s), [][]byte{feature(t, s, "null", text, -5)})
		rows, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		cell := rows[1][0]
		if strings.ContainsAny(cell[:1], "=+-@\t\r") {
			t.Errorf("%q would run as %q", text, cell)
		}
		if got := codec.UnguardText(cell); got != text {
			t.Errorf("%q comes back as %q", text, got)
		}
		if rows[1][1] != "-5" {
			t.Errorf("a number became %q", rows[1][1])
		}
	}
}

func TestCSVGeometryAsText(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(encode(t, "csv", meta(mixedSchema()), mixed(t)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"geometry", "POINT (97.7498 22.9359)",
		"POLYGON ((96 22, 97 22, 97 23, 96 23, 96 22), (96.25 22.25, 96.25 22.75, 96.75 22.75, 96.75 22.25, 96.25 22.25))",
		"MULTILINESTRING ((96 22, 97 23), (98 22, 98 23, 99 24))", "LINESTRING (96 22, 97 23.5)", "",
		"MULTIPOLYGON (((96 22, 97 22, 97 23, 96 23, 96 22), (96.25 22.25, 96.25 22.75, 96.75 22.75, 96.75 22.25, 96.25 22.25)), ((98 22, 98.5 22, 98.5 22.5, 98 22)))",
	}
	for i := range want {
		if rows[i][2] != want[i] {
			t.Errorf("row %d is %q, want %q", i, rows[i][2], want[i])
		}
	}
}
