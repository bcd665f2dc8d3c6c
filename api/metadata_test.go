package api_test

import (
	"strings"
	"testing"

	"strikewatch/data/codec"
)

// TestMetadataBesideFiles: every file links to what it says of itself, also
// those that have no place for it, for the same question.
func TestMetadataBesideFiles(t *testing.T) {
	h := newHandler(t, newStore(t))
	for _, f := range codec.Formats() {
		link := get(t, h, "/api/collections/incidents/items?kind=airstrike&limit=3&f="+f.Name).Header.Get("Link")
		address, rest, _ := strings.Cut(strings.TrimPrefix(link, "<http://test"), ">")
		if !strings.Contains(rest, `rel="describedby"`) {
			t.Fatalf("%s: Link is %q", f.Name, link)
		}
		about := decode[map[string]any](t, get(t, h, address))
		if about["query"] != "http://test/api/collections/incidents/items?kind=airstrike&limit=3" || about["left_out"] != 0.0 {
			t.Errorf("%s: %v", f.Name, about)
		}
		for _, name := range []string{"known_at", "checkpoint", "attribution"} {
			if about[name] == nil {
				t.Errorf("%s: no %s in %v", f.Name, name, about)
			}
		}
		if fields, _ := about["fields"].([]any); len(fields) < 20 {
			t.Errorf("%s: %d fields", f.Name, len(fields))
		}
	}
	narrow := decode[struct{ Fields []struct{ Name string } }](t, get(t, h, "/api/collections/incidents/metadata?properties=id,kind"))
	if len(narrow.Fields) != 2 {
		t.Errorf("two properties give %v", narrow.Fields)
	}
}

// TestHXL: the second row of a CSV file holds hashtags when asked for.
func TestHXL(t *testing.T) {
	h := newHandler(t, newStore(t))
	for query, want := range map[string]bool{"": false, "&hxl=false": false, "&hxl=true": true} {
		lines := strings.Split(body(t, get(t, h, "/api/collections/incidents/items?f=csv"+query)), "\r\n")
		if got := strings.HasPrefix(lines[1], "#"); got != want || len(lines) != 14 && !want {
			t.Errorf("hxl%s: %d lines, the second %.60s", query, len(lines), lines[1])
		}
	}
	checkProblem(t, get(t, h, "/api/collections/incidents/items?f=csv&hxl=maybe"), 400)
}
