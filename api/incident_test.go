package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"image/png"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"strikewatch/api"
	"strikewatch/data"
)

// tagged finds the content of a page's meta tag.
func tagged(text, property string) string {
	found := regexp.MustCompile(`<meta (?:property|name)="` + property + `" content="([^"]*)"`).FindStringSubmatch(text)
	if found == nil {
		return ""
	}
	return html.UnescapeString(found[1])
}

// TestIncidentPage: the page says what the record does, its preview is whole,
// and it needs no script.
func TestIncidentPage(t *testing.T) {
	h := newStarterHandler(t)
	r := get(t, h, "/incidents/mm-0119", "Accept", "text/html")
	text := body(t, r)
	for _, want := range []string{"Five bombs", "<h1>Airstrike, Lashio, 1 November 2024</h1>", "Held by Myanmar National Democratic Alliance Army (MNDAA)",
		`aria-current="step"><strong>Reported</strong>`, "within 3 km", "MMR015001701", "mm-c093", "between 98.3 and 104.3 km", "The Irrawaddy", "not known",
		`href="http://test/?day=2024-11-01&amp;id=mm-0119"`, "@misc{strikewatch-mm-0119,", "change log of", "/api/collections/incidents/items/mm-0119/history?f=html"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(text, "Report an error") {
		t.Error("errors can be reported, but nobody is named who would hear of them")
	}
	if policy := r.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "script-src") {
		t.Errorf("the page may run scripts: %s", policy)
	}
	for property, want := range map[string]string{"og:title": "Airstrike, Lashio, 1 November 2024", "og:url": "http://test/incidents/mm-0119",
		"og:image": "http://test/incidents/mm-0119/map.png", "twitter:card": "summary_large_image", "og:type": "article"} {
		if got := tagged(text, property); got != want {
			t.Errorf("%s is %q, want %q", property, got, want)
		}
	}
	if got := tagged(text, "og:description"); !strings.Contains(got, "Five bombs") || !strings.Contains(got, "Killed: not known") {
		t.Errorf("the preview says %q", got)
	}
	var linked struct {
		Type  string                                   `json:"@type"`
		Days  string                                   `json:"temporalCoverage"`
		Place struct{ Geo struct{ Latitude float64 } } `json:"spatialCoverage"`
	}
	_, script, _ := strings.Cut(text, `<script type="application/ld+json">`)
	script, _, _ = strings.Cut(script, "</script>")
	if err := json.Unmarshal([]byte(script), &linked); err != nil || linked.Days != "2024-11-01/2024-11-01" || linked.Place.Geo.Latitude < 22 {
		t.Errorf("linked data: %v, %+v in %s", err, linked, script)
	}
	picture, err := png.Decode(bytes.NewReader([]byte(body(t, get(t, h, "/incidents/mm-0119/map.png")))))
	if err != nil || picture.Bounds().Dx() != 1200 || picture.Bounds().Dy() != 630 {
		t.Errorf("picture: %v", err)
	}
}

// TestEveryIncidentHasItsPage, with disagreeing sources, uncertain holders and
// hard days among them; each cites an address that answers.
func TestEveryIncidentHasItsPage(t *testing.T) {
	h := newStarterHandler(t)
	list := decode[collection](t, get(t, h, "/api/collections/incidents/items?limit=10000"))
	for i, f := range list.Features {
		r := get(t, h, "/incidents/"+f.ID, "Accept", "text/html")
		text := body(t, r)
		if r.StatusCode != 200 || !strings.Contains(text, f.ID) {
			t.Fatalf("%s: status %d", f.ID, r.StatusCode)
		}
		if s, _ := f.Properties["held_shares"].(string); strings.Contains(s, ",") != strings.Contains(text, "<meter") {
			t.Errorf("%s: shares %q do not show", f.ID, s)
		}
		for _, c := range f.Citations {
			if publisher := fmt.Sprint(c["publisher"]); !strings.Contains(html.UnescapeString(text), publisher) {
				t.Errorf("%s: %s is not heard", f.ID, publisher)
			}
		}
		if i%40 != 0 {
			continue
		}
		_, cited, _ := strings.Cut(text, "<pre>")
		cited, _, _ = strings.Cut(cited, "</pre>")
		address := html.UnescapeString(cited[strings.Index(cited, "http://test"):])
		again := get(t, h, strings.TrimPrefix(address, "http://test"), "Accept", "text/html")
		if said := body(t, again); again.StatusCode != 200 || !strings.Contains(said, "As it stood on") || !strings.Contains(said, "&amp;known_at=") {
			t.Errorf("%s: what it cites answers %d", f.ID, again.StatusCode)
		}
	}
}

// TestDisagreement: figures that differ stand side by side, above the range of
// the record; who gives none is not put down as zero.
func TestDisagreement(t *testing.T) {
	store := newStore(t)
	few, many := int64(2), int64(9)
	write(t, store,
		&data.Source{ID: "src-8", URL: "https://example.org/8", Publisher: "The Eighth", Published: "2025-01-03", Language: "en"},
		&data.Source{ID: "src-9", URL: "https://example.org/9", Publisher: "The Ninth", Published: "2025-01-04", Language: "en"},
		&data.Source{ID: "src-10", URL: "https://example.org/10", Publisher: "The Tenth", Published: "2025-01-05", Language: "en"})
	write(t, store, strike("mm-0501", "2025-01-02", func(i *data.Incident) {
		i.KilledMin, i.KilledMax = &few, &many
		i.Citations = []data.Citation{{Source: "src-8", KilledMin: &few, KilledMax: &few}, {Source: "src-9", KilledMin: &many, KilledMax: &many}, {Source: "src-10"}}
	}))
	text := body(t, get(t, newHandler(t, store), "/incidents/mm-0501"))
	rows := regexp.MustCompile(`(?s)<tr><th>(?:<a[^>]*>)?(The \w+|This record).*?</tr>`).FindAllStringSubmatch(text, -1)
	want := map[string]string{"The Eighth": `<td class="k">2</td>`, "The Ninth": `<td class="k">9</td>`, "The Tenth": `none recorded`, "This record": `<td class="k">2 to 9</td>`}
	for _, row := range rows {
		if !strings.Contains(row[0], want[row[1]]) {
			t.Errorf("%s: %s, want %s", row[1], row[0], want[row[1]])
		}
		delete(want, row[1])
	}
	if len(want) > 0 {
		t.Errorf("not told: %v", want)
	}
}

// TestReportAnError: where the deployment names who mends errors, the page
// leads there with the record named.
func TestReportAnError(t *testing.T) {
	store := newStore(t)
	mended := strike("mm-0119", "2024-11-01", func(i *data.Incident) { i.Summary = "Corrected." })
	if _, err := store.Write(t.Context(), "test", []data.Edit{{Operation: data.Update, Document: mended}}); err != nil {
		t.Fatal(err)
	}
	letter := newHandler(t, store, func(o *api.Options) { o.Contact = "desk@example.org" })
	text := html.UnescapeString(body(t, get(t, letter, "/incidents/mm-0119")))
	found := regexp.MustCompile(`href="(mailto:[^"]*)"`).FindStringSubmatch(text)
	if found == nil {
		t.Fatal("no letter")
	}
	u, err := url.Parse(found[1])
	if err != nil || u.Opaque != "desk@example.org" {
		t.Fatalf("%v, %+v", err, u)
	}
	for _, want := range []string{"mm-0119", "version 2", "http://test/incidents/mm-0119"} {
		if !strings.Contains(u.Query().Get("subject")+u.Query().Get("body"), want) {
			t.Errorf("the letter does not name %q: %s", want, u.Query().Get("body"))
		}
	}
	if item := body(t, get(t, letter, "/api/collections/incidents/items/mm-0119")); !strings.Contains(item, `"href":"http://test/incidents/mm-0119"`) {
		t.Error("the record does not link its page")
	}
	if !strings.Contains(text, "<th>Summary</th>") {
		t.Error("what changed between the versions is not told")
	}
	page := newHandler(t, store, func(o *api.Options) { o.Contact = "https://example.org/errors" })
	if !strings.Contains(body(t, get(t, page, "/incidents/mm-0119")), `href="https://example.org/errors"`) {
		t.Error("the page for errors is not linked")
	}
}
