package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"reflect"
	"strings"
	"testing"

	"strikewatch/data"
	"strikewatch/data/report"
)

const lashio = "border=mmr-chn&within=110km&period=2024-09-01/2024-11-30"

func render(t *testing.T, s *data.Store, format string) []byte {
	t.Helper()
	_, body, err := report.Render(t.Context(), s, query(t, lashio), format)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestAllFormatsHoldTheSameStrikes(t *testing.T) {
	s := openStore(t, copyStarter(t), nil)
	var plain map[string]any
	if err := json.Unmarshal(render(t, s, "json"), &plain); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"border", "within_km", "period", "previous", "certain", "possible", "killed", "injured", "by_holder", "by_kind", "incidents", "known_at", "licence", "method"} {
		if _, ok := plain[name]; !ok {
			t.Errorf("the JSON has no %s", name)
		}
	}
	incidents := plain["incidents"].([]any)
	if len(incidents) == 0 {
		t.Fatal("no incidents")
	}
	var collection struct {
		Type     string
		Border   string
		Certain  int
		Features []struct {
			Type       string
			Geometry   struct{ Coordinates []float64 }
			Properties any
		}
	}
	if err := json.Unmarshal(render(t, s, "geojson"), &collection); err != nil {
		t.Fatal(err)
	}
	if collection.Type != "FeatureCollection" || collection.Border != "mmr-chn" || len(collection.Features) != len(incidents) {
		t.Errorf("GeoJSON: %s of %s with %d features, want %d", collection.Type, collection.Border, len(collection.Features), len(incidents))
	}
	for i, f := range collection.Features {
		if !reflect.DeepEqual(f.Properties, incidents[i]) || len(f.Geometry.Coordinates) != 2 {
			t.Errorf("feature %d differs from the JSON's incident", i)
		}
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(render(t, s, "csv"), []byte("\ufeff")))).ReadAll()
	if err != nil || len(rows) != len(incidents)+1 {
		t.Errorf("CSV: %d rows, %v; want %d and a header", len(rows), err, len(incidents))
	}
	page, words := string(render(t, s, "html")), string(render(t, s, "text"))
	for _, i := range incidents {
		id := text(i.(map[string]any)["id"])
		if !strings.Contains(page, `id="`+id+`"`) || !strings.Contains(words, "["+id+"]") {
			t.Errorf("%s is missing from the page or the text", id)
		}
	}
	if strings.Contains(page, "src=\"http") || strings.Contains(page, "<script") || strings.Contains(page, "<link") {
		t.Error("the page loads something from elsewhere")
	}
}

func TestMapIsDrawnOnce(t *testing.T) {
	s := openStore(t, copyStarter(t), nil)
	drawn := render(t, s, "svg")
	d := xml.NewDecoder(bytes.NewReader(drawn))
	links := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal("the SVG is not well-formed: ", err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "a" {
			links++
		}
	}
	if links == 0 || !bytes.Contains(drawn, []byte(">Lashio<")) {
		t.Errorf("the map has %d strikes, and Lashio's name: %v", links, bytes.Contains(drawn, []byte(">Lashio<")))
	}
	picture, err := png.Decode(bytes.NewReader(render(t, s, "png")))
	if err != nil {
		t.Fatal(err)
	}
	colours := map[[4]uint32]bool{}
	for x := range picture.Bounds().Dx() {
		r, g, b, a := picture.At(x, 500).RGBA()
		colours[[4]uint32{r, g, b, a}] = true
	}
	if picture.Bounds().Dx() != 1520 || len(colours) < 5 {
		t.Errorf("the picture is %v with %d colours in one line", picture.Bounds(), len(colours))
	}
}

func TestAnEmptyReportSaysSo(t *testing.T) {
	s := openStore(t, copyStarter(t), nil)
	for _, format := range []string{"html", "text"} {
		_, body, err := report.Render(t.Context(), s, query(t, "border=mmr-lao&within=1km&period=1999-01-01/1999-01-31"), format)
		if err != nil || !strings.Contains(string(body), "does not mean that there was none") {
			t.Errorf("%s: %v; want it to say that nothing is recorded", format, err)
		}
	}
}
