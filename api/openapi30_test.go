package api_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestOpenAPI30: the older description tells of the same operations, and has
// no word of the newer schemas.
func TestOpenAPI30(t *testing.T) {
	h := newHandler(t, newStore(t))
	newer := decode[openAPI](t, get(t, h, "/api/openapi.json"))
	text := body(t, get(t, h, "/api/openapi.json?f=json30"))
	var older openAPI
	if err := json.Unmarshal([]byte(text), &older); err != nil {
		t.Fatal(err)
	}
	for path, methods := range newer.Paths {
		for method, operation := range methods {
			if got := older.Paths[path][method]; got.OperationID != operation.OperationID || len(got.Parameters) != len(operation.Parameters) {
				t.Errorf("%s %s is %s with %d parameters", method, path, got.OperationID, len(got.Parameters))
			}
		}
	}
	for _, word := range []string{`"type":[`, `"type":"null"`, `"const":`, `"identifier":`, `"required":null`, `"exclusiveMinimum":0`} {
		if _, after, found := strings.Cut(text, word); found {
			t.Errorf("%s before %.80s", word, after)
		}
	}
}
