package api_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"strikewatch/data"
)

// TestConditional: who has the answer already is told so, until it changes.
func TestConditional(t *testing.T) {
	store := newStore(t)
	h := newHandler(t, store)
	for _, target := range []string{"/api", "/api?f=html", "/api/collections", "/api/collections/incidents", "/api/collections/incidents/items?limit=1",
		"/api/collections/incidents/items?f=csv", "/api/collections/incidents/items/mm-0119", "/api/openapi.json", "/api/docs", "/api/changes", "/", "/assets/main-abc12.js"} {
		first := get(t, h, target)
		tag := first.Header.Get("ETag")
		if tag == "" || first.Header.Get("Cache-Control") == "" {
			t.Fatalf("%s: tag %q, cache %q", target, tag, first.Header.Get("Cache-Control"))
		}
		again := get(t, h, target, "If-None-Match", `"other", `+tag)
		if again.StatusCode != http.StatusNotModified || body(t, again) != "" {
			t.Errorf("%s: %d", target, again.StatusCode)
		}
		if weak := get(t, h, target, "If-None-Match", "W/"+strings.TrimPrefix(tag, "W/")); weak.StatusCode != http.StatusNotModified {
			t.Errorf("%s weakly: %d", target, weak.StatusCode)
		}
		if stale := get(t, h, target, "If-None-Match", `"other"`); stale.StatusCode != http.StatusOK {
			t.Errorf("%s stale: %d", target, stale.StatusCode)
		}
	}
	const items = "/api/collections/incidents/items?limit=1"
	tag := get(t, h, items).Header.Get("ETag")
	write(t, store, strike("mm-0300", "2025-01-01"))
	if r := get(t, h, items, "If-None-Match", tag); r.StatusCode != http.StatusOK {
		t.Errorf("after a write: %d", r.StatusCode)
	}
	if r := get(t, h, "/api/collections/incidents/items/mm-0119"); r.Header.Get("ETag") != `"1"` {
		t.Errorf("tag of an item is not its version: %s", r.Header.Get("ETag"))
	}
	if r := get(t, h, "/assets/main-abc12.js"); !strings.Contains(r.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("hashed file: %s", r.Header.Get("Cache-Control"))
	}
	if r := get(t, h, "/"); r.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("page: %s", r.Header.Get("Cache-Control"))
	}
}

// TestDataVersion: answers that were asked for side by side tell which version
// of the data each shows.
func TestDataVersion(t *testing.T) {
	store := newStore(t)
	h := newHandler(t, store)
	told := func(target string) string { return get(t, h, target).Header.Get("Data-Version") }
	agree := func() string {
		t.Helper()
		now := fmt.Sprint(decode[struct {
			Version int64 `json:"data_version"`
		}](t, get(t, h, "/api")).Version)
		for _, target := range []string{"/api", "/api/collections/incidents/items?f=arrow", "/api/collections/territory/items", "/api/collections/incidents/items?f=csv&v=1"} {
			if told(target) != now {
				t.Errorf("%s: %s, not %s", target, told(target), now)
			}
		}
		return now
	}
	before := agree()
	write(t, store, strike("mm-0300", "2025-01-01"))
	if after := agree(); after == before {
		t.Errorf("%s before and after a write", after)
	}
	if v := told("/api/collections/nothing/items"); v != "" {
		t.Errorf("a problem tells version %s", v)
	}
}

// TestCompression: the same bytes come out whatever way they came.
func TestCompression(t *testing.T) {
	h := newHandler(t, newStore(t))
	for _, target := range []string{"/api/collections/incidents/items", "/api/collections/incidents/items?f=csv", "/api?f=html", "/assets/main-abc12.js"} {
		plain := body(t, get(t, h, target))
		zipped := get(t, h, target, "Accept-Encoding", "gzip, deflate")
		if zipped.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(strings.Join(zipped.Header.Values("Vary"), ","), "Accept-Encoding") {
			t.Fatalf("%s: %v", target, zipped.Header)
		}
		g, err := gzip.NewReader(zipped.Body)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, target, g, plain)
		dense := get(t, h, target, "Accept-Encoding", "gzip, br, zstd")
		if dense.Header.Get("Content-Encoding") != "zstd" {
			t.Fatalf("%s: %v", target, dense.Header)
		}
		z, err := zstd.NewReader(dense.Body)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, target, z, plain)
		z.Close()
		if r := get(t, h, target, "Accept-Encoding", "gzip;q=0, identity"); r.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s refused: %v", target, r.Header)
		}
	}
	if r := get(t, h, "/api/conformance?f=json&x=1", "Accept-Encoding", "gzip"); r.Header.Get("Content-Encoding") != "" {
		t.Errorf("a short problem is compressed: %v", r.Header)
	}
}

func compare(t *testing.T, target string, r io.Reader, want string) {
	t.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	// The time of the answer and the export differ from one to the next.
	if len(b) != len(want) {
		t.Errorf("%s: %d bytes, want %d", target, len(b), len(want))
	}
}

// TestPaging: pages hold each feature once, while others are added.
func TestPaging(t *testing.T) {
	store := newStore(t)
	h := newHandler(t, store)
	for _, order := range []string{"", "&sortby=-date_start,id", "&sortby=killed_min"} {
		seen := map[string]int{}
		next := "/api/collections/incidents/items?datetime=2024-01-01/2024-12-31&limit=5" + order
		for pages := 0; next != ""; pages++ {
			if pages == 10 {
				t.Fatal("no end")
			}
			page := decode[collection](t, get(t, h, next))
			for _, f := range page.Features {
				seen[f.ID]++
			}
			if len(page.Features) != page.NumberReturned {
				t.Errorf("%d features, told %d", len(page.Features), page.NumberReturned)
			}
			next = hrefOf(page.Links, "next")
			write(t, store, strike("mm-"+string(rune('a'+pages))+strings.Repeat("x", len(order)), "2025-06-01"))
		}
		if len(seen) != 12 {
			t.Errorf("order %q: %d features, want 12: %v", order, len(seen), seen)
		}
		for id, n := range seen {
			if n != 1 {
				t.Errorf("order %q: %s comes %d times", order, id, n)
			}
		}
	}
}

// TestWithheld: what is withheld is at no door.
func TestWithheld(t *testing.T) {
	store := newStore(t)
	write(t, store, strike("mm-later", "2024-11-01", func(i *data.Incident) { i.PublishAfter = "2029-01-01T00:00:00Z" }))
	h := newHandler(t, store)
	for _, id := range []string{"mm-secret", "mm-later"} {
		for _, target := range []string{"/api/collections/incidents/items/" + id, "/api/collections/incidents/items/" + id + "?known_at=2030-01-01T00:00:00Z", "/api/collections/incidents/items/" + id + "/history", "/api/collections/incidents/items/" + id + "/proof"} {
			checkProblem(t, get(t, h, target), 404)
		}
		for _, target := range []string{"/api/collections/incidents/items", "/api/collections/incidents/items?known_at=2030-01-01T00:00:00Z", "/api/collections/incidents/items?f=csv",
			"/api/collections/incidents/items?f=html", "/api/collections/incidents/tiles/WebMercatorQuad/6/27/49", "/api/changes", "/api/changes?known_at=2030-01-01T00:00:00Z", "/api/changes?f=atom"} {
			if text := body(t, get(t, h, target)); strings.Contains(text, id) || !strings.Contains(text, "mm-0119") {
				t.Errorf("%s at %s", id, target)
			}
		}
	}
}

// TestEvents: a commit is heard of at once, and of what is withheld only that
// something changed.
func TestEvents(t *testing.T) {
	store := newStore(t)
	server := httptest.NewServer(newHandler(t, store))
	defer server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/api/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if media := response.Header.Get("Content-Type"); media != "text/event-stream" {
		t.Fatalf("media type %q", media)
	}
	lines := bufio.NewScanner(response.Body)
	event := func() string {
		for lines.Scan() {
			if text, found := strings.CutPrefix(lines.Text(), "data: "); found {
				return text
			}
		}
		t.Fatalf("the stream ended: %v", lines.Err())
		return ""
	}
	if first := event(); !strings.Contains(first, `"data_version":`) {
		t.Errorf("first event %s", first)
	}
	write(t, store, strike("mm-0400", "2025-01-01"))
	if told := event(); !strings.Contains(told, `"id":"mm-0400"`) {
		t.Errorf("told %s", told)
	}
	write(t, store, strike("mm-0401", "2025-01-01", func(i *data.Incident) { i.Withheld = true }))
	if told := event(); strings.Contains(told, "mm-0401") || !strings.Contains(told, `"changes":[]`) {
		t.Errorf("told %s", told)
	}
}

// TestHead: HEAD answers as GET without a body, also where GET never ends.
func TestHead(t *testing.T) {
	h := newHandler(t, newStore(t))
	for _, target := range []string{"/api", "/api/collections/incidents/items", "/api/events", "/"} {
		if r := ask(t, h, http.MethodHead, target); r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") == "" {
			t.Errorf("%s: %d %v", target, r.StatusCode, r.Header)
		}
	}
	if r := ask(t, h, http.MethodOptions, "/api/collections"); r.StatusCode != http.StatusNoContent || r.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("preflight: %d %v", r.StatusCode, r.Header)
	}
}

// TestHangUp: a client that goes away ends the work, and an answer that broke
// off does not end like a whole one.
func TestHangUp(t *testing.T) {
	store := newStore(t)
	h := newHandler(t, store)
	for _, target := range []string{"/api/collections/incidents/items?f=csv", "/api/collections/incidents/items?f=geojson", "/api/summary"} {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		request := httptest.NewRequestWithContext(ctx, http.MethodGet, target, nil)
		recorder := httptest.NewRecorder()
		func() {
			defer func() {
				if v := recover(); v != nil && v != http.ErrAbortHandler {
					t.Errorf("%s: %v", target, v)
				}
			}()
			h.ServeHTTP(recorder, request)
		}()
		if recorder.Code == http.StatusOK && strings.Contains(recorder.Body.String(), "]}") {
			t.Errorf("%s went on: %d %.200s", target, recorder.Code, recorder.Body)
		}
	}
}
