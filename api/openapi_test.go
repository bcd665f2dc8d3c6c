package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

type openAPI struct {
	OpenAPI    string
	Paths      map[string]map[string]operation
	Components struct{ Schemas map[string]json.RawMessage }
}

type operation struct {
	OperationID string
	Parameters  []parameterOf
	Responses   map[string]struct {
		Content map[string]struct {
			Schema struct {
				Ref string `json:"$ref"`
			}
		}
	}
}

type parameterOf struct {
	Name, In        string
	Example         any
	AllowEmptyValue bool
	Schema          valueSchema
}

// TestOpenAPI asks for every path of the document in each of its media types,
// and with the example of every parameter: what is described is served.
func TestOpenAPI(t *testing.T) {
	h := newHandler(t, newStore(t))
	text := body(t, get(t, h, "/api/openapi.json"))
	var document openAPI
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	for _, ref := range strings.Split(text, `"$ref":"#/components/schemas/`)[1:] {
		name, _, _ := strings.Cut(ref, `"`)
		if document.Components.Schemas[name] == nil {
			t.Errorf("no schema %s", name)
		}
	}
	schemas := newSchemas(t, text)
	seen := map[string]bool{}
	for path, methods := range document.Paths {
		for method, operation := range methods {
			if method != "get" || seen[operation.OperationID] {
				t.Errorf("%s %s: operation %s", method, path, operation.OperationID)
			}
			seen[operation.OperationID] = true
			checkOperation(t, h, schemas, path, operation)
		}
	}
	if len(document.Paths) < 70 || schemas.checked < 300 {
		t.Errorf("only %d paths and %d answers", len(document.Paths), schemas.checked)
	}
}

func checkOperation(t *testing.T, h http.Handler, schemas *schemas, path string, o operation) {
	t.Helper()
	target := "/api" + strings.TrimSuffix(path, "/")
	for name, value := range map[string]string{"fid": firstID(t, h, path), "tileMatrix": "6", "tileRow": "27", "tileCol": "49"} {
		target = strings.Replace(target, "{"+name+"}", value, 1)
	}
	if strings.HasSuffix(path, "/events") {
		return // never ends; has its own test
	}
	required := url.Values{}
	if strings.HasSuffix(path, "/reports/border") {
		required = url.Values{"border": {"mmr-chn"}, "within_km": {"110"}, "datetime": {"2024-09-01/2024-12-31"}}
	}
	if strings.HasSuffix(path, "/territory/changes") {
		required = url.Values{"from": {"2024-06-01"}, "to": {"2024-11-01"}}
	}
	for media, content := range o.Responses["200"].Content {
		r := get(t, h, target+"?"+required.Encode(), "Accept", media)
		if r.StatusCode != 200 && r.StatusCode != 204 {
			t.Errorf("%s as %s: %d %.200s", target, media, r.StatusCode, body(t, r))
		} else if got := r.Header.Get("Content-Type"); r.StatusCode == 200 && !strings.HasPrefix(got, media) {
			t.Errorf("%s as %s: is %s", target, media, got)
		} else if content.Schema.Ref != "" {
			schemas.check(t, target, content.Schema.Ref, r)
		}
	}
	for _, p := range o.Parameters {
		if p.In != "query" {
			continue
		}
		values := p.Schema.Enum
		if p.Example != nil {
			values = []any{p.Example}
		}
		for _, value := range values {
			query := maps.Clone(required)
			query.Set(p.Name, exampleText(value))
			switch p.Name {
			case "certainty":
				query.Set("within_km", "50")
				query.Set("border", "mmr-chn")
			case "within":
				query.Del("within_km")
			case "period":
				query.Del("datetime")
			}
			r := get(t, h, target+"?"+query.Encode())
			if r.StatusCode >= 400 {
				t.Errorf("%s with %v: %d %.300s", target, query, r.StatusCode, body(t, r))
			} else if media, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); r.StatusCode == 200 && p.Name != "f" {
				schemas.check(t, target+"?"+query.Encode(), o.Responses["200"].Content[media].Schema.Ref, r)
			}
		}
	}
	schemas.check(t, target, "#/components/schemas/problem", get(t, h, target+"?no_such_parameter=1"))
	checkProblem(t, get(t, h, target+"?no_such_parameter=1"), 400)
	checkProblem(t, ask(t, h, http.MethodDelete, target), 405)
}

// schemas holds answers to the document's components.
type schemas struct {
	compiler *jsonschema.Compiler
	values   map[string]*jsonschema.Schema // of parameters, by text
	checked  int
}

func newSchemas(t *testing.T, document string) *schemas {
	t.Helper()
	read, err := jsonschema.UnmarshalJSON(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	s := &schemas{compiler: jsonschema.NewCompiler(), values: map[string]*jsonschema.Schema{}}
	s.compiler.AssertFormat()
	if err := s.compiler.AddResource("openapi.json", read); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *schemas) check(t *testing.T, target, ref string, r *http.Response) {
	t.Helper()
	if ref == "" {
		return
	}
	s.checked++
	read, err := jsonschema.UnmarshalJSON(r.Body)
	if err != nil {
		t.Fatalf("%s: %v", target, err)
	}
	s.validate(t, target, ref, read)
}

func (s *schemas) validate(t *testing.T, target, ref string, read any) {
	t.Helper()
	schema, err := s.compiler.Compile("openapi.json" + ref)
	if err != nil {
		t.Fatalf("%s: %v", ref, err)
	}
	if err := schema.Validate(read); err != nil {
		t.Errorf("%s is not as %s says: %.600s", target, ref, err)
	}
}

func exampleText(value any) string {
	list, ok := value.([]any)
	if !ok {
		return fmt.Sprint(value)
	}
	var parts []string
	for _, v := range list {
		parts = append(parts, fmt.Sprint(v))
	}
	return strings.Join(parts, ",")
}

// firstID finds a feature to ask for, where a path needs one.
func firstID(t *testing.T, h http.Handler, path string) string {
	t.Helper()
	items, _, found := strings.Cut(path, "/{fid}")
	if !found {
		return ""
	}
	page := decode[collection](t, get(t, h, "/api"+items+"?limit=1"))
	if len(page.Features) == 0 {
		t.Fatalf("nothing in %s", items)
	}
	return page.Features[0].ID
}
