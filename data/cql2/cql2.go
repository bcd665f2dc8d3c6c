// Package cql2 reads filters in the Common Query Language (OGC 21-065r2).
package cql2

import (
	"errors"

	"strikewatch/data/columns"
)

var errNotYet = errors.New("filter is not supported yet")

// ParseText reads CQL2 text.
func ParseText(string, *columns.Schema) (columns.Expr, error) { return nil, errNotYet }

// ParseJSON reads CQL2 JSON.
func ParseJSON([]byte, *columns.Schema) (columns.Expr, error) { return nil, errNotYet }
