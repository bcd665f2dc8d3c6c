package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// valueSchema is the schema of a parameter.
type valueSchema struct {
	Type  any
	Enum  []any
	Items *valueSchema
	text  string
}

func (v *valueSchema) UnmarshalJSON(text []byte) error {
	type plain valueSchema
	if err := json.Unmarshal(text, (*plain)(v)); err != nil {
		return err
	}
	v.text = string(text)
	return nil
}

// checkValue holds the value of a parameter that was accepted to its schema.
// A limit above the maximum is the maximum, as the standard wants it.
func (s *schemas) checkValue(t *testing.T, target string, p parameterOf, value string) {
	t.Helper()
	if value == "" && p.AllowEmptyValue || p.Name == "limit" {
		return
	}
	if err := s.ofValue(t, &p.Schema).Validate(p.Schema.read(value)); err != nil {
		t.Errorf("%s: accepted %s=%s, which the document does not: %.600s", target, p.Name, value, err)
	}
}

func (s *schemas) ofValue(t *testing.T, v *valueSchema) *jsonschema.Schema {
	t.Helper()
	if compiled := s.values[v.text]; compiled != nil {
		return compiled
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	read, err := jsonschema.UnmarshalJSON(strings.NewReader(v.text))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiler.AddResource("value.json", read); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("value.json")
	if err != nil {
		t.Fatal(err)
	}
	s.values[v.text] = compiled
	return compiled
}

// read turns the text of a query into what the schema speaks of: style form,
// not exploded.
func (v *valueSchema) read(text string) any {
	switch v.Type {
	case "array":
		list := []any{}
		for _, part := range strings.Split(text, ",") {
			if v.Items == nil {
				list = append(list, part)
			} else {
				list = append(list, v.Items.read(part))
			}
		}
		return list
	case "integer", "number", "boolean":
		if value, err := jsonschema.UnmarshalJSON(strings.NewReader(text)); err == nil {
			return value
		}
	}
	return text
}

// TestChecksOfDescribed: what the checks are to find, they find.
func TestChecksOfDescribed(t *testing.T) {
	s := &schemas{values: map[string]*jsonschema.Schema{}}
	for schema, values := range map[string][2]string{ // one that fits, one that does not
		`{"type":"integer","minimum":1}`:                                                    {"7", "0"},
		`{"type":"array","items":{"type":"number"},"minItems":4}`:                           {"1,2.5,3,4", "1,2,3"},
		`{"type":"array","items":{"type":"string","enum":["airstrike","shelling"]}}`:        {"shelling,airstrike", "airstrike,flood"},
		`{"type":"string","format":"date-time"}`:                                            {"2024-11-01T00:00:00Z", "2024-11-01"},
		`{"type":"boolean"}`:                                                                {"true", "yes"},
		`{"type":"array","items":{"type":"string","enum":["a"]},"minItems":1,"maxItems":1}`: {"a", "a,a"},
	} {
		var v valueSchema
		if err := json.Unmarshal([]byte(schema), &v); err != nil {
			t.Fatal(err)
		}
		if err := s.ofValue(t, &v).Validate(v.read(values[0])); err != nil {
			t.Errorf("%s is not %s: %v", values[0], schema, err)
		}
		if s.ofValue(t, &v).Validate(v.read(values[1])) == nil {
			t.Errorf("%s passes for %s", values[1], schema)
		}
	}
	var list []any
	for i := range 1000 {
		list = append(list, map[string]any{"at": i})
	}
	short, _ := sample(map[string]any{"list": list}).(map[string]any)["list"].([]any)
	if len(short) != 2*sampledAtEach || short[0].(map[string]any)["at"] != 0 || short[len(short)-1].(map[string]any)["at"] != 999 {
		t.Errorf("sampled %v", short)
	}
}
