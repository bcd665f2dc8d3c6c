package api_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"strikewatch/api"
)

// TestBasemap: an archive is served in ranges; a style widens what the page may
// ask by its own host and by nothing else.
func TestBasemap(t *testing.T) {
	store := newStore(t)
	archive := append([]byte("PMTiles\x03"), bytes.Repeat([]byte("0123456789"), 1000)...)
	own := api.Basemap{Archive: bytes.NewReader(archive), Size: int64(len(archive)), Modified: time.Unix(1.7e9, 0)}
	if err := own.CheckArchive(); err != nil {
		t.Error(err)
	}
	for text, want := range map[string]string{"PMTiles\x02....": "version 2", "SQLite format 3": "no PMTiles", "PM": "no PMTiles"} {
		err := api.Basemap{Archive: strings.NewReader(text)}.CheckArchive()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	h := newHandler(t, store, func(o *api.Options) { o.Basemap = own })
	r := get(t, h, "/basemap.pmtiles", "Range", "bytes=8-17", "Accept-Encoding", "gzip")
	if text := body(t, r); r.StatusCode != 206 || text != "0123456789" || r.Header.Get("Content-Encoding") != "" || r.Header.Get("ETag") == "" {
		t.Errorf("range: %d %q, %v", r.StatusCode, text, r.Header)
	}
	if whole := get(t, h, "/basemap.pmtiles", "Accept-Encoding", "gzip"); whole.Header.Get("Content-Encoding") != "" || len(body(t, whole)) != len(archive) {
		t.Errorf("the archive does not leave as it is: %v", whole.Header)
	}
	if text := body(t, get(t, h, "/api")); !strings.Contains(text, `"basemap":{"href":"http://test/basemap.pmtiles","type":"pmtiles"}`) {
		t.Errorf("the page is not told: %s", text)
	}
	if policy := get(t, h, "/").Header.Get("Content-Security-Policy"); !strings.Contains(policy, "connect-src 'self';") {
		t.Errorf("an own archive widens the policy: %s", policy)
	}

	h = newHandler(t, store, func(o *api.Options) {
		o.Basemap = api.Basemap{Style: "https://tiles.example.org:8443/a/style.json?key=1"}
	})
	policy := get(t, h, "/").Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "connect-src 'self' https://tiles.example.org:8443;") || strings.Count(policy, "example.org") != 2 || !strings.Contains(policy, "script-src 'self';") {
		t.Errorf("policy: %s", policy)
	}
	if r := get(t, h, "/basemap.pmtiles"); r.StatusCode != 404 {
		t.Errorf("an archive that is not there answers %d", r.StatusCode)
	}
}
