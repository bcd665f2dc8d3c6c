package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// described is what a handler says of itself.
type described struct {
	once    sync.Once
	same    *described // the first with the same text
	paths   map[string]map[string]operation
	schemas *schemas
}

// documents are by handler, since options change what there is, and by text,
// since that is mostly the same.
var documents sync.Map

// Of an answer of more than longAnswer bytes, each list is held to the document
// by its first and last members only: validating all takes longer than the tests.
const (
	longAnswer    = 100_000
	sampledAtEach = 10
)

// checkDescribed holds a request of the tests and its answer to the OpenAPI
// document: the path is described, and so are the parameters of what was
// accepted, the status, the media type and what the JSON holds.
func checkDescribed(t *testing.T, h http.Handler, request *http.Request, answer *httptest.ResponseRecorder) {
	t.Helper()
	path, below := strings.CutPrefix(request.URL.Path, "/api")
	if !below || request.Method != http.MethodGet || path == "/openapi.json" || answer.Code == http.StatusMethodNotAllowed {
		return
	}
	found, _ := documents.LoadOrStore(h, &described{})
	d, _ := found.(*described)
	d.once.Do(func() { d.read(t, h) })
	d = d.same
	o, found2 := d.find(path)
	if !found2 {
		if answer.Code != http.StatusNotFound {
			t.Errorf("%s is not described", request.URL)
		}
		return
	}
	response, known := o.Responses[strconv.Itoa(answer.Code)]
	if !known {
		t.Errorf("%s: %d is not described", request.URL, answer.Code)
		return
	}
	if answer.Code < 300 {
		for name, values := range request.URL.Query() {
			i := slices.IndexFunc(o.Parameters, func(p parameterOf) bool { return p.Name == name && p.In == "query" })
			if i < 0 {
				t.Errorf("%s: accepted %s, which is not described", request.URL, name)
				continue
			}
			d.schemas.checkValue(t, request.URL.String(), o.Parameters[i], values[0])
		}
	}
	media, _, _ := strings.Cut(answer.Header().Get("Content-Type"), ";")
	content, known := response.Content[media]
	if len(response.Content) > 0 && !known {
		t.Errorf("%s: %d as %s is not described", request.URL, answer.Code, media)
	}
	if content.Schema.Ref == "" || answer.Code == http.StatusPartialContent || answer.Header().Get("Content-Encoding") != "" {
		return
	}
	read, err := jsonschema.UnmarshalJSON(bytes.NewReader(answer.Body.Bytes()))
	if err != nil {
		t.Fatalf("%s: %v", request.URL, err)
	}
	if answer.Body.Len() > longAnswer {
		read = sample(read)
	}
	d.schemas.validate(t, request.URL.String(), content.Schema.Ref, read)
}

func (d *described) read(t *testing.T, h http.Handler) {
	t.Helper()
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "http://test/api/openapi.json", nil))
	var document openAPI
	first, found := documents.LoadOrStore(recorder.Body.String(), d)
	if d.same, _ = first.(*described); found {
		return
	}
	if err := json.Unmarshal(recorder.Body.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	d.paths, d.schemas = document.Paths, newSchemas(t, recorder.Body.String()) // tests run one after the other
}

// find returns the operation of a path; one that is spelled out wins over one
// with variables.
func (d *described) find(path string) (operation, bool) {
	path = "/" + strings.Trim(path, "/")
	if methods, found := d.paths[path]; found {
		return methods["get"], true
	}
	parts := strings.Split(path, "/")
	for template, methods := range d.paths {
		same := strings.Split(template, "/")
		if len(same) == len(parts) && fits(same, parts) {
			return methods["get"], true
		}
	}
	return operation{}, false
}

func fits(template, parts []string) bool {
	for i, segment := range template {
		if segment != parts[i] && !strings.HasPrefix(segment, "{") {
			return false
		}
	}
	return true
}

// sample shortens every list to its two ends.
func sample(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			v[name] = sample(member)
		}
	case []any:
		if len(v) > 2*sampledAtEach {
			v = slices.Concat(v[:sampledAtEach], v[len(v)-sampledAtEach:])
		}
		for i := range v {
			v[i] = sample(v[i])
		}
		return v
	}
	return v
}
