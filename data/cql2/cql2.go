// Package cql2 reads filters in the Common Query Language (OGC 21-065r2), as
// text and as JSON: Basic CQL2, the advanced comparison operators, CASEI, the
// spatial functions with every geometry type, the temporal functions and
// comparisons between properties. Beyond the standard there is
// S_DWITHIN(geometry, geometry, metres).
//
// CASEI on one side folds both: a folded text beside one that is not would
// hardly ever match. Texts that read as a date or timestamp are taken as one
// beside a property of that type. Positions are longitude and latitude in
// degrees.
package cql2

import (
	"fmt"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
)

// Error says what is wrong with a filter, where, and what would be right.
type Error struct {
	Where   string // "character 17" of text, "args[1].op" of JSON; empty for the whole
	Problem string
	Hint    string // may be empty
}

func (e *Error) Error() string {
	text := e.Problem
	if e.Where != "" {
		text = e.Where + ": " + text
	}
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// Reader reads filters about the features of a schema.
type Reader struct {
	Schema *columns.Schema
	// LonLat turns a position as written into longitude and latitude; nil when
	// filters are written so.
	LonLat func(orb.Point) (orb.Point, error)
}

// ParseText reads CQL2 text about features of a schema.
func ParseText(text string, schema *columns.Schema) (columns.Expr, error) {
	return (&Reader{Schema: schema}).Text(text)
}

// ParseJSON reads CQL2 JSON about features of a schema.
func ParseJSON(text []byte, schema *columns.Schema) (columns.Expr, error) {
	return (&Reader{Schema: schema}).JSON(text)
}

// Text reads CQL2 text. Errors are of type *Error.
func (r *Reader) Text(text string) (columns.Expr, error) {
	t, err := parseText(text)
	if err != nil {
		return nil, err
	}
	return r.predicate(t)
}

// JSON reads CQL2 JSON. Errors are of type *Error.
func (r *Reader) JSON(text []byte) (columns.Expr, error) {
	t, err := parseJSON(text)
	if err != nil {
		return nil, err
	}
	return r.predicate(t)
}

// deepest bounds how far filters may be nested.
const deepest = 100

// kind tells terms apart.
type kind uint8

const (
	operation kind = iota // op of args
	property              // name
	literal               // value
	shape                 // geometry
	interval              // args: two instants, properties or ".."
	list                  // args
)

// term is a filter or part of one, as both notations spell it.
type term struct {
	where    string
	kind     kind
	op       string // lower case; "=", "and", "like", "isnull", "casei", "s_within", "bbox" ...
	args     []*term
	name     string
	value    columns.Value
	geometry orb.Geometry
}

func (t *term) wrong(hint, problem string, args ...any) error {
	return &Error{Where: t.where, Problem: fmt.Sprintf(problem, args...), Hint: hint}
}

// noun names what a term is, for errors.
func (t *term) noun() string {
	switch t.kind {
	case property:
		return "the property " + t.name
	case literal:
		switch t.value.Kind {
		case columns.TextValue:
			return "the text '" + t.value.Text + "'"
		case columns.DayValue:
			return "a date"
		case columns.TimeValue:
			return "a timestamp"
		case columns.BoolValue:
			return "true or false"
		}
		return "a number"
	case shape:
		return "a geometry"
	case interval:
		return "an interval"
	case list:
		return "a list"
	}
	return t.op
}
