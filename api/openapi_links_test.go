package api_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// linkOf is a link of the document: from an answer to another question.
type linkOf struct {
	OperationID string
	Description string
	Parameters  map[string]string
}

// TestOpenAPILinks follows every link of the document from an answer in JSON:
// what it names is in the question or the answer, and leads to an answer.
func TestOpenAPILinks(t *testing.T) {
	h := newHandler(t, newStore(t))
	document := decode[linkedDocument](t, get(t, h, "/api/openapi.json"))
	paths, takes := map[string]string{}, map[string][]parameterOf{}
	for path, methods := range document.Paths {
		paths[methods["get"].OperationID], takes[methods["get"].OperationID] = path, methods["get"].Parameters
	}
	reached, followed := map[string]bool{}, 0
	for path, methods := range document.Paths {
		links := methods["get"].Responses["200"].Links
		if len(links) == 0 {
			continue
		}
		asked := exampleQuestion(t, h, path)
		answer := get(t, h, asked.target(path))
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", asked.target(path), answer.StatusCode)
			continue
		}
		asked.answer = decode[any](t, answer)
		for name, link := range links {
			followed++
			reached[link.OperationID] = true
			next := question{path: map[string]string{}, query: url.Values{}}
			for parameter, expression := range link.Parameters {
				place := placeOf(takes[link.OperationID], parameter)
				value, found := asked.evaluate(t, expression)
				switch {
				case place == "":
					t.Errorf("%s of %s gives %s, which %s does not take", name, path, parameter, link.OperationID)
				case place == "path" && found:
					next.path[parameter] = value
				case found:
					next.query.Set(parameter, value)
				}
			}
			target := next.target(paths[link.OperationID])
			if r := get(t, h, target); r.StatusCode != http.StatusOK && r.StatusCode != http.StatusNoContent {
				t.Errorf("%s of %s leads to %s: %d %.200s", name, path, target, r.StatusCode, body(t, r))
			}
		}
	}
	for id, path := range paths {
		if strings.Contains(path, "{") && !reached[id] {
			t.Errorf("no link leads to %s", path)
		}
	}
	if followed < 100 {
		t.Errorf("only %d links", followed)
	}
}

type linkedDocument struct {
	Paths map[string]map[string]struct {
		OperationID string
		Parameters  []parameterOf
		Responses   map[string]struct{ Links map[string]linkOf }
	}
}

// question is what the runtime expressions of a link look into, with its answer.
type question struct {
	path   map[string]string
	query  url.Values
	answer any
}

// exampleQuestion gives what a path can not be asked without.
func exampleQuestion(t *testing.T, h http.Handler, path string) question {
	t.Helper()
	q := question{path: map[string]string{}, query: url.Values{}}
	if fid := firstID(t, h, path); fid != "" {
		q.path["fid"] = fid
	}
	switch path {
	case "/reports/border":
		q.query = url.Values{"border": {"mmr-chn"}, "within_km": {"110"}, "datetime": {"2024-09-01/2024-12-31"}, "f": {"json"}}
	case "/territory/changes":
		q.query = url.Values{"from": {"2024-06-01"}, "to": {"2024-11-01"}}
	}
	return q
}

func (q question) target(path string) string {
	for name, value := range q.path {
		path = strings.Replace(path, "{"+name+"}", url.PathEscape(value), 1)
	}
	return strings.TrimSuffix("/api"+path+"?"+q.query.Encode(), "?")
}

// evaluate reads a runtime expression of OpenAPI. What is not there is not
// passed on.
func (q question) evaluate(t *testing.T, expression string) (string, bool) {
	t.Helper()
	if name, found := strings.CutPrefix(expression, "$request.query."); found {
		return q.query.Get(name), q.query.Has(name)
	}
	if name, found := strings.CutPrefix(expression, "$request.path."); found {
		value, given := q.path[name]
		return value, given
	}
	pointer, found := strings.CutPrefix(expression, "$response.body#/")
	if !found {
		t.Fatalf("what is %s?", expression)
	}
	value := q.answer
	for _, step := range strings.Split(pointer, "/") {
		switch v := value.(type) {
		case map[string]any:
			value = v[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(v) {
				t.Fatalf("the answer has no %s", pointer)
			}
			value = v[i]
		}
	}
	if value == nil {
		t.Errorf("the answer has no %s", pointer)
	}
	return exampleText(value), value != nil
}

// placeOf tells whether a parameter is of the path or the query; empty: neither.
func placeOf(all []parameterOf, name string) string {
	for _, p := range all {
		if p.Name == name {
			return p.In
		}
	}
	return ""
}
