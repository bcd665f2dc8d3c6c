package api_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"strikewatch/data"
)

type changeList struct {
	Changes []struct {
		Collection, ID, Operation, Title, Href string
		Version                                int64
	}
}

// TestSync: a client that keeps a copy learns what to drop, and of what was
// withheld no more than of what was deleted.
func TestSync(t *testing.T) {
	store := newStore(t)
	h := newHandler(t, store)
	_, at := store.DataVersion()
	since := url.QueryEscape(at.Format(time.RFC3339Nano))
	gone := strike("mm-0201", "2024-12-02", func(i *data.Incident) { i.Withheld = true })
	edits := []data.Edit{
		{Operation: data.Delete, Collection: data.Incidents, ID: "mm-0200"},
		{Operation: data.Update, Document: gone},
		{Operation: data.Update, Document: strike("mm-0202", "2024-12-03", func(i *data.Incident) { i.Kind = "shelling" })},
	}
	if _, err := store.Write(t.Context(), "test", edits); err != nil {
		t.Fatal(err)
	}
	gone.Summary = "Known to few"
	if _, err := store.Write(t.Context(), "test", []data.Edit{{Operation: data.Update, Document: gone}}); err != nil {
		t.Fatal(err)
	}
	page := decode[struct {
		Deleted  []string
		Features []feature
	}](t, get(t, h, "/api/collections/incidents/items?updated_since="+since))
	if !slices.Equal(page.Deleted, []string{"mm-0200", "mm-0201"}) || len(page.Features) != 1 || page.Features[0].ID != "mm-0202" {
		t.Errorf("deleted %v, changed %d", page.Deleted, len(page.Features))
	}
	if text := body(t, get(t, h, "/api/collections/gates/items?updated_since="+since)); !strings.Contains(text, `"deleted":[]`) {
		t.Errorf("of another collection: %s", text)
	}
	if text := body(t, get(t, h, "/api/collections/incidents/items?limit=1")); strings.Contains(text, `"deleted"`) {
		t.Errorf("not asked for: %s", text)
	}
	told := map[string]string{}
	for _, c := range decode[changeList](t, get(t, h, "/api/changes?collection=incidents&updated_since="+since)).Changes {
		if told[c.ID] != "" {
			t.Errorf("%s is told twice", c.ID)
		}
		told[c.ID] = c.Operation
		if c.Operation == "delete" && (c.Version != 0 || c.Title != "" || c.Href != "") {
			t.Errorf("more than the id of what is gone: %+v", c)
		}
	}
	if len(told) != 3 || told["mm-0200"] != "delete" || told["mm-0201"] != "delete" || told["mm-0202"] != "update" {
		t.Errorf("changes %v", told)
	}
	for _, f := range []string{"atom", "html"} {
		if text := body(t, get(t, h, "/api/changes?updated_since="+since+"&f="+f)); !strings.Contains(text, "mm-0200") || !strings.Contains(text, "delete") || strings.Contains(text, "/mm-0200?f=html") {
			t.Errorf("%s: %s", f, text)
		}
	}
	if got := decode[changeList](t, get(t, h, "/api/changes?collection=actors,gates&limit=2")).Changes; len(got) != 2 || got[0].Collection == data.Incidents {
		t.Errorf("of other collections: %v", got)
	}
}

// TestLeftOut: what no source lets out is counted, at every door.
func TestLeftOut(t *testing.T) {
	store := newStore(t)
	write(t, store, &data.Source{ID: "src-closed", URL: "https://example.org/closed", Publisher: "The Closed", NoRedistribution: true})
	write(t, store, strike("mm-closed", "2024-11-01", func(i *data.Incident) { i.Citations = []data.Citation{{Source: "src-closed", Claim: "No"}} }))
	h := newHandler(t, store)
	const items = "/api/collections/incidents/items"
	for target, want := range map[string]string{items + "?limit=1": `"left_out":1`, items + "?f=geojson": `"left_out":1`, items + "?f=html": "1 stay out of every answer"} {
		if text := body(t, get(t, h, target)); !strings.Contains(text, want) || strings.Contains(text, "mm-closed") {
			t.Errorf("%s: %.600s", target, text)
		}
	}
	for _, target := range []string{"/api/collections/gates/items", "/api/collections/gates/items?f=html"} {
		if text := body(t, get(t, h, target)); strings.Contains(text, "left_out") || strings.Contains(text, "stay out") {
			t.Errorf("%s: %.600s", target, text)
		}
	}
}
