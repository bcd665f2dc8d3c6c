package api_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"strikewatch/api"
	"strikewatch/data"
	"strikewatch/data/report"
)

// newClock starts after everything in the starter dataset and goes on by a
// second whenever somebody looks at it.
func newClock() func() time.Time {
	var looks atomic.Int64
	return func() time.Time {
		return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC).Add(time.Duration(looks.Add(1)) * time.Second)
	}
}

func webFiles() fstest.MapFS {
	return fstest.MapFS{
		"index.html":           {Data: []byte("<!doctype html><title>Map</title>")},
		"assets/main-abc12.js": {Data: []byte(strings.Repeat("console.log('map');", 200))},
		".gitkeep":             {},
	}
}

func newHandler(t *testing.T, store *data.Store, change ...func(*api.Options)) http.Handler {
	t.Helper()
	o := api.Options{Web: webFiles(), Now: newClock(), Version: "test", Logger: slog.New(slog.NewTextHandler(testWriter{t}, nil)),
		BorderReport: func(ctx context.Context, query url.Values) (string, []byte, error) {
			return report.Render(ctx, store, query, query.Get("f"))
		}}
	for _, f := range change {
		f(&o)
	}
	return api.New(store, o)
}

type testWriter struct{ t *testing.T }

func (w testWriter) Write(b []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(b)))
	return len(b), nil
}

// get asks the handler, with headers as name and value in turn.
func get(t *testing.T, h http.Handler, target string, headers ...string) *http.Response {
	t.Helper()
	return ask(t, h, http.MethodGet, target, headers...)
}

func ask(t *testing.T, h http.Handler, method, target string, headers ...string) *http.Response {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), method, "http://test"+target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, request)
	checkDescribed(t, h, request, recorder)
	return recorder.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func decode[T any](t *testing.T, r *http.Response) T {
	t.Helper()
	var v T
	text := body(t, r)
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in %.300s", err, text)
	}
	return v
}

type collection struct {
	NumberMatched  int `json:"numberMatched"`
	NumberReturned int `json:"numberReturned"`
	Features       []feature
	Links          []link
}

type feature struct {
	ID         string
	Type       string
	Geometry   *geometry
	Properties map[string]any
	Links      []link
	Citations  []map[string]any
}

type geometry struct {
	Type        string
	Coordinates json.RawMessage
}

type link struct{ Href, Rel, Type string }

func hrefOf(links []link, rel string) string {
	for _, l := range links {
		if l.Rel == rel {
			return strings.TrimPrefix(l.Href, "http://test")
		}
	}
	return ""
}
