package api_test

import (
	"net/http"
	"strings"
	"testing"

	"strikewatch/api"
)

// TestFailures: what is wrong is named, with the fix, in one shape.
func TestFailures(t *testing.T) {
	h := newHandler(t, newStore(t))
	const items = "/api/collections/incidents/items"
	for _, s := range []struct {
		name, method, target string
		status               int
		field, hint          string
	}{
		{"bbox of 3", "GET", items + "?bbox=97.6,22.8,97.9", 400, "bbox", "west,south,east,north"},
		{"bbox of words", "GET", items + "?bbox=a,b,c,d", 400, "bbox", "west,south,east,north"},
		{"latitude 95", "GET", items + "?bbox=97.6,22.8,97.9,95", 400, "bbox", "degrees"},
		{"month 13", "GET", items + "?datetime=2024-13-01", 400, "datetime", "2024-11-01"},
		{"30 February", "GET", items + "?datetime=2024-02-30", 400, "datetime", "2024-11-01"},
		{"backwards", "GET", items + "?datetime=2024-02-03/2024-02-01", 400, "datetime", "earlier day first"},
		{"unknown parameter", "GET", items + "?knd=airstrike", 400, "knd", "did you mean kind?"},
		{"unknown parameter elsewhere", "GET", "/api/collections?foo=1", 400, "foo", ""},
		{"parameter twice", "GET", items + "?limit=1&limit=2", 400, "limit", "comma"},
		{"limit -1", "GET", items + "?limit=-1", 400, "limit", "1 to 10000"},
		{"limit 0", "GET", items + "?limit=0", 400, "limit", "1 to 10000"},
		{"limit words", "GET", items + "?limit=many", 400, "limit", "1 to 10000"},
		{"unknown code", "GET", items + "?kind=airstrik", 400, "kind", "airstrike"},
		{"unknown border", "GET", items + "?border=mmr-fra&within_km=5", 400, "border", "mmr-chn"},
		{"within without border", "GET", items + "?within_km=5", 400, "within_km", "mmr-chn"},
		{"bad cursor", "GET", items + "?after=xyz", 400, "after", "next link"},
		{"bad filter", "GET", items + "?filter=kind%20%3D", 400, "filter", ""},
		{"filter on nothing", "GET", items + "?filter=knid%20%3D%20%27a%27", 400, "filter", ""},
		{"bad sort", "GET", items + "?sortby=-kilt_min", 400, "sortby", "killed_min"},
		{"bad properties", "GET", items + "?properties=id,knd", 400, "properties", "kind"},
		{"bad format", "GET", items + "?f=pdf", 400, "f", "geojson"},
		{"bad format of a resource", "GET", "/api/collections?f=csv", 400, "f", "json, html"},
		{"bad form", "GET", items + "?form=yes", 400, "form", "leave it out"},
		{"form with a bad value", "GET", items + "?form=1&bbox=1,2&kind=", 400, "bbox", "west"},
		{"no system", "GET", items + "?bbox-crs=", 400, "bbox-crs", "CRS84"},
		{"filter elsewhere", "GET", items + "?filter-crs=EPSG:4326", 400, "filter-crs", "CRS84"},
		{"bad time", "GET", items + "?known_at=yesterday", 400, "known_at", "2024-11-04"},
		{"bad query", "GET", items + "?bbox=%zz", 400, "query", "percent-encode"},
		{"item with limit", "GET", items + "/mm-0119?limit=1", 400, "limit", ""},
		{"unknown collection", "GET", "/api/collections/incident/items", 404, "collection", "did you mean incidents?"},
		{"unknown collection's page", "GET", "/api/collections/nothing-like-it", 404, "collection", "incidents, territory"},
		{"unknown id", "GET", items + "/mm-9999", 404, "fid", "/items"},
		{"history of none", "GET", items + "/mm-9999/history", 404, "fid", "/items"},
		{"history of what is computed", "GET", "/api/collections/territory/items/x/history", 404, "collection", "/api/collections/territory"},
		{"proof of what is withheld", "GET", items + "/mm-secret/proof", 404, "fid", "/items"},
		{"tile outside", "GET", "/api/collections/incidents/tiles/WebMercatorQuad/6/64/0", 404, "tileRow", "0 to 63"},
		{"tile too deep", "GET", "/api/collections/incidents/tiles/WebMercatorQuad/23/0/0", 404, "tileMatrix", "0 to 22"},
		{"tile of nothing", "GET", "/api/collections/actors/tiles/WebMercatorQuad/1/0/0", 404, "collection", "actors"},
		{"summary by nothing", "GET", "/api/summary?by=knd", 400, "by", "did you mean kind?"},
		{"timeline by hours", "GET", "/api/timeline?bucket=hour", 400, "bucket", "day, week"},
		{"changes since nothing", "GET", "/api/changes?updated_since=", 400, "updated_since", "2024-11-04"},
		{"unknown change", "GET", "/api/changes?collection=territory", 400, "collection", "incidents"},
		{"territory without days", "GET", "/api/territory/changes?to=2024-11-01", 400, "from", "from=2024-06-01"},
		{"territory of no day", "GET", "/api/territory/changes?from=2024-02-30&to=2024-11-01", 400, "from", "YYYY-MM-DD"},
		{"territory backwards", "GET", "/api/territory/changes?from=2024-11-02&to=2024-11-01", 400, "to", "earlier"},
		{"no step", "GET", "/api/territory/sizes?step=0", 400, "step", "1 to"},
		{"too many steps", "GET", "/api/territory/sizes?step=1&datetime=1900-01-01/2024-01-01", 400, "datetime", "longer step"},
		{"report without border", "GET", "/api/reports/border", 400, "border", "mmr-chn"},
		{"unknown route", "GET", "/api/colections", 404, "", "/api/collections"},
		{"unknown route below", "GET", "/api/collections/incidents/itms", 404, "", "/api/collections/incidents/items"},
		{"unknown file", "GET", "/assets/none.js", 404, "", "/api/docs"},
		{"hidden file", "GET", "/.gitkeep", 404, "", "/api/docs"},
		{"outside", "GET", "/../go.mod", 404, "", "/api/docs"},
		{"wrong method", "DELETE", "/api/collections", 405, "", "GET"},
		{"wrong method on the map", "POST", "/", 405, "", "GET"},
	} {
		t.Run(s.name, func(t *testing.T) {
			r := ask(t, h, s.method, s.target)
			p := checkProblem(t, r, s.status)
			if p["field"] != s.field && (s.field != "" || p["field"] != nil) {
				t.Errorf("field %v, want %q", p["field"], s.field)
			}
			if hint, _ := p["hint"].(string); !strings.Contains(hint, s.hint) {
				t.Errorf("hint %q, want one with %q", hint, s.hint)
			}
			if s.status == http.StatusMethodNotAllowed && !strings.Contains(r.Header.Get("Allow"), "GET") {
				t.Errorf("Allow %q", r.Header.Get("Allow"))
			}
		})
	}
}

// TestFailureForPeople: a browser gets the same as a page.
func TestFailureForPeople(t *testing.T) {
	r := get(t, newHandler(t, newStore(t)), "/api/collections/incidents/items?knd=x", "Accept", "text/html,*/*;q=0.8")
	if text := body(t, r); r.StatusCode != 400 || !strings.Contains(text, "did you mean kind?") {
		t.Errorf("%d %.300s", r.StatusCode, text)
	}
}

// TestBrokenStore: what went wrong inside is logged, not told.
func TestBrokenStore(t *testing.T) {
	store := newStore(t)
	h := newHandler(t, store, func(o *api.Options) { o.Logger = nil })
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	p := checkProblem(t, get(t, h, "/api/collections/incidents/items/mm-0119"), 500)
	if p["detail"] != "internal error" {
		t.Errorf("told %v", p["detail"])
	}
}

// checkProblem holds a failure to the one shape.
func checkProblem(t *testing.T, r *http.Response, status int) map[string]any {
	t.Helper()
	if r.StatusCode != status {
		t.Fatalf("status %d, want %d: %.300s", r.StatusCode, status, body(t, r))
	}
	if media := r.Header.Get("Content-Type"); media != "application/problem+json" {
		t.Errorf("media type %q", media)
	}
	p := decode[map[string]any](t, r)
	for _, name := range []string{"type", "title", "detail", "instance", "request_id"} {
		if text, _ := p[name].(string); text == "" {
			t.Errorf("no %s in %v", name, p)
		}
	}
	if p["status"] != float64(status) || p["request_id"] != r.Header.Get("X-Request-Id") {
		t.Errorf("status %v, request %v", p["status"], p["request_id"])
	}
	if r.Header.Get("ETag") != "" || r.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("a failure may not be kept: %v", r.Header)
	}
	return p
}
