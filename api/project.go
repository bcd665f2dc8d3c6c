package api

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"strikewatch/data"
	"strikewatch/data/columns"
)

// projection keeps some properties of a feature; nil keeps all.
type projection map[string]bool

// parseProperties reads a comma-joined list of property names.
func parseProperties(schema *columns.Schema, list string) (projection, error) {
	if list == "" {
		return nil, nil
	}
	var known []string
	for _, f := range schema.Fields {
		known = append(known, f.Name)
	}
	keep := projection{}
	for _, name := range strings.Split(list, ",") {
		if schema.Index(name) < 0 {
			hint := "properties: " + strings.Join(known, ", ")
			if near := nearest(name, known); near != "" {
				hint = "did you mean " + near + "?"
			}
			return nil, &data.InvalidError{Field: "properties", Problem: "names " + quoted(name) + ", which is no property", Hint: hint}
		}
		keep[name] = true
	}
	return keep, nil
}

// narrow is the schema with only the properties kept.
func (p projection) narrow(schema *columns.Schema) *columns.Schema {
	if p == nil {
		return schema
	}
	return schema.Only(slices.Collect(maps.Keys(p)))
}

// apply returns the feature with only the properties kept, in their order. A
// feature that is not as the store writes it is returned as it is.
func (p projection) apply(feature []byte) []byte {
	if p == nil {
		return feature
	}
	head, properties, found := bytes.Cut(feature, []byte(`,"properties":{`))
	if !found {
		return feature
	}
	out := append(bytes.Clone(head), `,"properties":{`...)
	decoder := json.NewDecoder(bytes.NewReader(append([]byte{'{'}, properties...)))
	if _, err := decoder.Token(); err != nil {
		return feature
	}
	first := true
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return feature
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return feature
		}
		text, _ := name.(string)
		if !p[text] {
			continue
		}
		if !first {
			out = append(out, ',')
		}
		first = false
		out = append(append(append(out, '"'), text...), `":`...)
		out = append(out, value...)
	}
	return append(out, "}}"...)
}
