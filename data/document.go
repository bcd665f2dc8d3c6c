// Package data keeps Strikewatch's records in SQLite and answers questions
// about them. It is the only room with SQL.
//
// Every record is a Document: what somebody asserts, as canonical JSON. The
// store appends its versions, derives from each the feature that the public
// may see, and serves nothing else.
package data

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Document is one record as asserted, before anything is derived from it.
type Document interface {
	// Collection is the id of the collection that the record belongs to.
	Collection() string
	// Key is the record's stable id within its collection.
	Key() string
	// Check reports the first field that can not stand, as *InvalidError.
	Check() error
}

// Names of the collections.
const (
	Incidents = "incidents"
	Controls  = "control"
	Areas     = "areas"
	Places    = "places"
	Borders   = "borders"
	Gates     = "gates"
	Actors    = "actors"
	Sources   = "sources"
	Territory = "territory" // computed, never stored
)

// Canonical returns the document's canonical JSON: the fields in declared
// order, unknown values left out, no HTML escaping, no trailing newline. The
// change log commits to the SHA-256 of exactly these bytes.
func Canonical(d Document) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(d); err != nil {
		return nil, fmt.Errorf("%s %s: %w", d.Collection(), d.Key(), err)
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// ParseDocument reads a canonical document of a collection. An unknown field
// is refused, so that nothing a coder typed is lost in silence.
func ParseDocument(collection string, doc []byte) (Document, error) {
	d, err := newDocument(collection)
	if err != nil {
		return nil, err
	}
	j := json.NewDecoder(bytes.NewReader(doc))
	j.DisallowUnknownFields()
	if err := j.Decode(d); err != nil {
		return nil, &InvalidError{Field: "body", Problem: "is not a " + collection + " document: " + err.Error()}
	}
	return d, nil
}

func newDocument(collection string) (Document, error) {
	switch collection {
	case Incidents:
		return &Incident{}, nil
	case Controls:
		return &Control{}, nil
	case Areas:
		return &Area{}, nil
	case Places:
		return &Place{}, nil
	case Borders:
		return &Border{}, nil
	case Gates:
		return &Gate{}, nil
	case Actors:
		return &Actor{}, nil
	case Sources:
		return &Source{}, nil
	}
	return nil, fmt.Errorf("collection %q: %w", collection, ErrNotFound)
}
