package cql2

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"strikewatch/data/columns"
)

func parseJSON(source []byte) (*term, error) {
	decoder := json.NewDecoder(bytes.NewReader(source))
	decoder.UseNumber()
	var root any
	if err := decoder.Decode(&root); err != nil {
		return nil, &Error{Where: fmt.Sprintf("byte %d", decoder.InputOffset()), Problem: "the filter is not JSON: " + err.Error()}
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, &Error{Where: fmt.Sprintf("byte %d", decoder.InputOffset()), Problem: "something follows the filter"}
	}
	return jsonTerm(root, path{})
}

// path tells where in the document a value is.
type path struct {
	text  string
	depth int
}

func (p path) member(name string) path {
	if p.text != "" {
		name = p.text + "." + name
	}
	return path{name, p.depth + 1}
}

func (p path) element(i int) path { return path{fmt.Sprintf("%s[%d]", p.text, i), p.depth + 1} }

func (p path) wrong(hint, problem string, args ...any) error {
	where := p.text
	if where == "" {
		where = "the filter"
	}
	return &Error{Where: where, Problem: fmt.Sprintf(problem, args...), Hint: hint}
}

// jsonTerm reads any value that CQL2 JSON has.
func jsonTerm(v any, at path) (*term, error) {
	if at.depth > 3*deepest {
		return nil, at.wrong("", "the filter is nested too deeply")
	}
	t := &term{where: at.text, kind: literal}
	switch v := v.(type) {
	case bool:
		t.value.Kind = columns.BoolValue
		if v {
			t.value.Int = 1
		}
		return t, nil
	case string:
		t.value = columns.Value{Kind: columns.TextValue, Text: v}
		return t, nil
	case json.Number:
		value, err := numberValue(v.String())
		if err != nil {
			return nil, at.wrong("", "%v", err)
		}
		t.value = value
		return t, nil
	case []any:
		args, err := jsonTerms(v, at)
		return &term{where: at.text, kind: list, args: args}, err
	case map[string]any:
		return jsonObject(v, at)
	}
	return nil, at.wrong(`to test for null use {"op": "isNull", "args": [{"property": "..."}]}`, "null is no value")
}

func jsonTerms(values []any, at path) ([]*term, error) {
	terms := make([]*term, len(values))
	for i, v := range values {
		t, err := jsonTerm(v, at.element(i))
		if err != nil {
			return nil, err
		}
		terms[i] = t
	}
	return terms, nil
}

func jsonObject(v map[string]any, at path) (*term, error) {
	if op, ok := v["op"]; ok {
		return jsonOperation(op, v["args"], at)
	}
	if name, ok := v["property"]; ok {
		text, isText := name.(string)
		if !isText {
			return nil, at.member("property").wrong("", "the name of a property is a text")
		}
		return &term{where: at.text, kind: property, name: text}, nil
	}
	for _, op := range []string{"date", "timestamp", "interval", "casei", "accenti"} {
		arg, ok := v[op]
		if !ok {
			continue
		}
		args, isList := arg.([]any)
		if !isList || op != "interval" {
			args = []any{arg}
		}
		terms, err := jsonTerms(args, at.member(op))
		if err != nil {
			return nil, err
		}
		t := &term{where: at.text, kind: operation, op: op, args: terms}
		return t, t.settle()
	}
	return jsonShape(v, at)
}

func jsonOperation(op, args any, at path) (*term, error) {
	name, ok := op.(string)
	if !ok {
		return nil, at.member("op").wrong("", "op is a text")
	}
	list, ok := args.([]any)
	if !ok {
		return nil, at.member("args").wrong("", "args is a list")
	}
	terms, err := jsonTerms(list, at.member("args"))
	if err != nil {
		return nil, err
	}
	t := &term{where: at.text, kind: operation, op: strings.ToLower(name), args: terms}
	return t, t.settle()
}
