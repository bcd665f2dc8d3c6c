package api

import (
	"encoding/json"
	"fmt"
	"slices"
)

// openAPI30 writes the description in OpenAPI 3.0, which the OGC standards of
// features name and older clients ask for. Nothing is lost but what 3.0 has no
// words for: a type of null beside others becomes nullable.
func openAPI30(document object) (object, error) {
	text, err := json.Marshal(document)
	if err != nil {
		return nil, fmt.Errorf("encode description: %w", err)
	}
	var old object
	if err := json.Unmarshal(text, &old); err != nil {
		return nil, fmt.Errorf("read description: %w", err)
	}
	old["openapi"] = "3.0.3"
	if license, ok := member(old, "info", "license").(object); ok {
		delete(license, "identifier")
		license["url"] = "https://www.apache.org/licenses/LICENSE-2.0"
	}
	for _, path := range values(old["paths"]) {
		for _, operation := range values(path) {
			parameters, _ := member(operation, "parameters").([]any)
			for _, p := range parameters {
				oldenMember(p, "schema")
			}
			for _, response := range values(member(operation, "responses")) {
				for _, body := range values(member(response, "content")) {
					oldenMember(body, "schema")
				}
			}
		}
	}
	schemas, _ := member(old, "components", "schemas").(object)
	for name := range schemas {
		oldenMember(schemas, name)
	}
	return old, nil
}

// member follows names down through objects; nil where one is missing.
func member(v any, names ...string) any {
	for _, name := range names {
		o, _ := v.(object)
		v = o[name]
	}
	return v
}

func values(v any) []any {
	o, _ := v.(object)
	var all []any
	for _, name := range sortedKeys(o) {
		all = append(all, o[name])
	}
	return all
}

func oldenMember(v any, name string) {
	if o, ok := v.(object); ok && o[name] != nil {
		o[name] = olden(o[name])
	}
}

// olden turns a JSON Schema of 2020-12 into a schema of OpenAPI 3.0.
func olden(v any) any {
	schema, ok := v.(object)
	if !ok {
		return object{} // true: anything
	}
	if types, ok := schema["type"].([]any); ok {
		rest := slices.DeleteFunc(slices.Clone(types), func(t any) bool { return t == "null" })
		if len(rest) < len(types) {
			schema["nullable"] = true
		}
		if delete(schema, "type"); len(rest) == 1 {
			schema["type"] = rest[0]
		}
	}
	if schema["type"] == "null" {
		schema["type"], schema["nullable"], schema["enum"] = "object", true, []any{nil}
	}
	if schema["type"] == "array" && schema["items"] == nil {
		schema["items"] = object{}
	}
	if constant, found := schema["const"]; found {
		delete(schema, "const")
		schema["enum"] = []any{constant}
		if _, text := constant.(string); text {
			schema["type"] = "string"
		}
	}
	if least, ok := schema["exclusiveMinimum"].(float64); ok {
		schema["minimum"], schema["exclusiveMinimum"] = least, true
	}
	if properties, ok := schema["properties"].(object); ok {
		for name := range properties {
			properties[name] = olden(properties[name])
		}
	}
	if more, ok := schema["additionalProperties"].(object); ok {
		schema["additionalProperties"] = olden(more)
	}
	oldenMember(schema, "items")
	for _, name := range []string{"oneOf", "anyOf", "allOf"} {
		choices, _ := schema[name].([]any)
		for i := range choices {
			choices[i] = olden(choices[i])
		}
	}
	return schema
}
