package api_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"strikewatch/data/codec"
)

// pinnedFiles are the addresses of all incidents in every format, as the
// collection links to them.
func pinnedFiles(t *testing.T, h http.Handler) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, l := range decode[struct{ Links []link }](t, get(t, h, "/api/collections/incidents")).Links {
		if l.Rel != "enclosure" {
			continue
		}
		address, err := url.Parse(l.Href)
		if err != nil {
			t.Fatal(err)
		}
		files[address.Query().Get("f")] = address.RequestURI()
	}
	if len(files) != len(codec.Formats()) {
		t.Fatalf("%d links to files: %v", len(files), files)
	}
	return files
}

// TestPinned: a file whose address carries the version of the data has the
// same bytes at any time, may be kept for ever and comes in ranges; once the
// data has moved on, the address answers with the present, not to be kept.
func TestPinned(t *testing.T) {
	store := newStore(t)
	h := newHandler(t, store)
	files := pinnedFiles(t, h)
	for format, target := range files {
		first := get(t, h, target)
		whole, tag := body(t, first), first.Header.Get("ETag")
		if cache := first.Header.Get("Cache-Control"); !strings.Contains(cache, "immutable") || strings.HasPrefix(tag, "W/") || first.Header.Get("Accept-Ranges") != "bytes" {
			t.Errorf("%s: cache %q, tag %s, %v", format, cache, tag, first.Header)
		}
		if body(t, get(t, h, target)) != whole {
			t.Errorf("%s is not the same twice", format)
			continue
		}
		var joined strings.Builder
		for _, part := range []string{"bytes=0-99", "bytes=100-399", "bytes=400-"} {
			r := get(t, h, target, "Range", part, "If-Range", tag, "Accept-Encoding", "gzip")
			if r.StatusCode != http.StatusPartialContent || r.Header.Get("Content-Encoding") != "" || r.Header.Get("ETag") != tag {
				t.Fatalf("%s, %s: %d %v", format, part, r.StatusCode, r.Header)
			}
			joined.WriteString(body(t, r))
		}
		if joined.String() != whole {
			t.Errorf("%s: the parts are not the whole", format)
		}
		if r := get(t, h, target, "Range", "bytes=-10"); body(t, r) != whole[len(whole)-10:] {
			t.Errorf("%s: the end is another", format)
		}
		beyond := get(t, h, target, "Range", "bytes=100000000-")
		if !strings.HasPrefix(beyond.Header.Get("Content-Range"), "bytes */") {
			t.Errorf("%s beyond its end: %v", format, beyond.Header)
		}
		checkProblem(t, beyond, http.StatusRequestedRangeNotSatisfiable)
		if r := ask(t, h, http.MethodHead, target); r.Header.Get("ETag") != tag || r.ContentLength != int64(len(whole)) {
			t.Errorf("%s head: %v", format, r.Header)
		}
	}
	if r := get(t, h, files["csv"], "Accept-Encoding", "gzip"); !strings.HasPrefix(r.Header.Get("ETag"), "W/") {
		t.Errorf("a compressed file must not be resumed: tag %s", r.Header.Get("ETag"))
	}
	page := "/api/collections/incidents/items?limit=2&v=" + pinnedVersion(t, files["csv"])
	if r := get(t, h, page); !strings.Contains(r.Header.Get("Cache-Control"), "immutable") || body(t, r) != body(t, get(t, h, page)) {
		t.Errorf("page: %v", r.Header)
	}
	for _, l := range decode[collection](t, get(t, h, "/api/collections/incidents/items?limit=1")).Links {
		if file := l.Rel == "alternate" && l.Type != "text/html" && l.Type != "application/atom+xml"; file != strings.Contains(l.Href, "v="+pinnedVersion(t, files["csv"])) {
			t.Errorf("link to %s as %s", l.Href, l.Type)
		}
	}
	tag := get(t, h, files["csv"]).Header.Get("ETag")
	write(t, store, strike("mm-0301", "2025-01-01"))
	for _, target := range []string{files["csv"], page} {
		if r := get(t, h, target, "Range", "bytes=10-", "If-Range", tag); r.StatusCode != http.StatusOK || r.Header.Get("Cache-Control") != "no-cache" || r.Header.Get("ETag") == tag {
			t.Errorf("%s of an old version: %d %v", target, r.StatusCode, r.Header)
		}
	}
}

func pinnedVersion(t *testing.T, target string) string {
	t.Helper()
	address, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	return address.Query().Get("v")
}

// TestResume: curl goes on where it broke off, and
// GDAL reads what it needs of a file over HTTP.
func TestResume(t *testing.T) {
	h := newHandler(t, newStore(t))
	server := httptest.NewServer(h)
	defer server.Close()
	files := pinnedFiles(t, h)
	part := filepath.Join(t.TempDir(), "part.fgb")
	for _, limit := range []string{"--range 0-499", "--continue-at -"} {
		run(t, "curl", append(strings.Fields(limit), "--silent", "--show-error", "--fail", "--output", part, server.URL+files["fgb"])...)
	}
	for _, source := range []string{part, "/vsicurl/" + server.URL + files["fgb"]} {
		if out := run(t, "ogrinfo", "-ro", "-so", "-al", "-oo", "VERIFY_BUFFERS=NO", source); !strings.Contains(out, "Feature Count: 12") {
			t.Errorf("%s: %s", source, out)
		}
	}
}
