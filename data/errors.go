package data

import (
	"errors"
	"fmt"
)

var (
	// ErrNotFound: no such collection, or no such record that the asker may see.
	ErrNotFound = errors.New("not found")
	// ErrConflict: the record changed since the version that the writer saw.
	ErrConflict = errors.New("changed meanwhile")
)

// InvalidError says which field or parameter can not be accepted, why, and
// what would be. Row is the line of an import that it came from, or 0.
type InvalidError struct {
	Field   string
	Problem string
	Hint    string
	Row     int
}

func (e *InvalidError) Error() string {
	text := e.Field + " " + e.Problem
	if e.Row > 0 {
		text = fmt.Sprintf("row %d: %s", e.Row, text)
	}
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

func invalid(field, problem, hint string) error {
	return &InvalidError{Field: field, Problem: problem, Hint: hint}
}
