package api_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// suite asks a running server as the abstract test suites of the standards do:
// OGC 17-069r4 (Features), 18-058r1 (CRS), 19-079r2 (Filtering), 21-065r2
// (CQL2), 23-058r1 (Schemas) and 20-057 (Tiles).
type suite struct {
	*testing.T
	server string
}

// abstractTest is one abstract test; its id is the standard's, after the
// conformance class.
type abstractTest struct {
	id  string
	run func(s suite)
}

// TestConformance runs the abstract tests of every class that the server
// declares, and declares no class without tests.
func TestConformance(t *testing.T) {
	server := httptest.NewServer(newStarterHandler(t))
	defer server.Close()
	var tests []abstractTest
	for _, of := range [][]abstractTest{coreTests(), representationTests(), crsTests(), filterTests(), cql2Tests(), schemaTests(), tileTests()} {
		tests = append(tests, of...)
	}
	declared := map[string]bool{}
	for _, uri := range list((suite{t, server.URL}).json("/api/conformance")["conformsTo"]) {
		class := strings.TrimPrefix(strings.Replace(text(uri), "/1.0/conf", "", 1), "http://www.opengis.net/spec/")
		declared[class] = false
	}
	for _, test := range tests {
		class := test.id[:strings.LastIndex(test.id, "/")]
		if _, found := declared[class]; !found {
			t.Errorf("%s is tested, but its class is not declared", test.id)
		}
		declared[class] = true
		t.Run(test.id, func(t *testing.T) { test.run(suite{t, server.URL}) })
	}
	for class, tested := range declared {
		if !tested {
			t.Errorf("%s is declared, but not tested", class)
		}
	}
}

// get asks for a path, or for a link as it stands.
func (s suite) get(address string, headers ...string) (*http.Response, []byte) {
	s.Helper()
	if strings.HasPrefix(address, "/") {
		address = s.server + address
	}
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, address, nil)
	if err != nil {
		s.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.Fatal(err)
	}
	defer response.Body.Close()
	b, err := io.ReadAll(response.Body)
	if err != nil {
		s.Fatal(err)
	}
	return response, b
}

// json wants a 200 with a JSON object.
func (s suite) json(address string) map[string]any {
	s.Helper()
	response, b := s.get(address)
	if response.StatusCode != http.StatusOK {
		s.Fatalf("%s: %d %.300s", address, response.StatusCode, b)
	}
	var document map[string]any
	if err := json.Unmarshal(b, &document); err != nil {
		s.Fatalf("%s: %v", address, err)
	}
	return document
}

// refused wants a status, with a problem document.
func (s suite) refused(status int, address string) {
	s.Helper()
	response, b := s.get(address)
	if response.StatusCode != status || response.Header.Get("Content-Type") != "application/problem+json" {
		s.Errorf("%s: %d %s %.200s", address, response.StatusCode, response.Header.Get("Content-Type"), b)
	}
}

// matched is how many features a query finds.
func (s suite) matched(address string) int {
	s.Helper()
	return int(number(s.json(address)["numberMatched"]))
}

// linked follows the links of a relation, wants them alive, and returns their
// addresses.
func (s suite) linked(document map[string]any, rel string) []string {
	s.Helper()
	var found []string
	for _, l := range list(document["links"]) {
		l := l.(map[string]any)
		if text(l["rel"]) != rel {
			continue
		}
		href := text(l["href"])
		if text(l["type"]) == "" {
			s.Errorf("link %s to %s has no type", rel, href)
		}
		if response, b := s.get(href); response.StatusCode != http.StatusOK {
			s.Errorf("link %s to %s: %d %.200s", rel, href, response.StatusCode, b)
		} else if got := response.Header.Get("Content-Type"); !strings.HasPrefix(strings.ReplaceAll(got, "; ", ";"), strings.ReplaceAll(text(l["type"]), "; ", ";")) {
			s.Errorf("link %s to %s is %s, not %s", rel, href, got, l["type"])
		}
		found = append(found, href)
	}
	if len(found) == 0 {
		s.Errorf("no link %s in %v", rel, document["links"])
	}
	return found
}

// each calls f for every collection.
func (s suite) each(f func(s suite, path string, collection map[string]any)) {
	s.Helper()
	for _, c := range list(s.json("/api/collections")["collections"]) {
		c := c.(map[string]any)
		f(s, "/api/collections/"+text(c["id"]), c)
	}
}

// parameter is one of a path's operation in the OpenAPI document.
func (s suite) parameter(path, name string) map[string]any {
	s.Helper()
	operation := s.json("/api/openapi.json")["paths"].(map[string]any)[path].(map[string]any)["get"].(map[string]any)
	for _, p := range list(operation["parameters"]) {
		if p := p.(map[string]any); p["name"] == name {
			return p
		}
	}
	s.Fatalf("%s has no parameter %s", path, name)
	return nil
}

func list(v any) []any {
	all, _ := v.([]any)
	return all
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func number(v any) float64 {
	n, _ := v.(float64)
	return n
}

// walk visits every feature from a page on, by the next links.
func (s suite) walk(address string, visit func(feature map[string]any)) int {
	s.Helper()
	count := 0
	for address != "" {
		page := s.json(address)
		features := list(page["features"])
		if int(number(page["numberReturned"])) != len(features) {
			s.Errorf("%s: %v returned, %d are there", address, page["numberReturned"], len(features))
		}
		for _, f := range features {
			visit(f.(map[string]any))
		}
		count += len(features)
		address = ""
		for _, l := range list(page["links"]) {
			if l := l.(map[string]any); l["rel"] == "next" {
				address = text(l["href"])
			}
		}
	}
	return count
}

func escape(filter string) string { return url.QueryEscape(filter) }
