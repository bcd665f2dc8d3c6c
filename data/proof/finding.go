package proof

import (
	"encoding/json"
	"fmt"
)

// Kind says what a finding is about.
type Kind string

const (
	KindRow        Kind = "row"        // a version in the database
	KindChunk      Kind = "chunk"      // stored hashes of the log
	KindCheckpoint Kind = "checkpoint" // a signed checkpoint
	KindKey        Kind = "key"        // a verifier key
	KindItem       Kind = "item"       // a line of a bundle or a feature of an export
)

// Finding is one thing that is wrong, by its place.
type Finding struct {
	Kind Kind
	// At is a row's Seq, a chunk's number, a checkpoint's size, a key's place
	// in its list (from 1), a bundle's line or an export's feature (from 1).
	At int64
	// Field is the row's column, "row" when the row as a whole is wrong, or
	// the part of an item.
	Field string
	// Position is that of a hash in its chunk, from 0; -1 for the whole chunk.
	Position int
	Problem  string
}

// String writes the finding on one line: its place, then the problem.
func (f Finding) String() string {
	place := fmt.Sprintf("%s %d", f.Kind, f.At)
	switch {
	case f.Kind == KindChunk && f.Position >= 0:
		place += fmt.Sprintf(", position %d", f.Position)
	case f.Kind == KindCheckpoint:
		place = fmt.Sprintf("checkpoint of size %d", f.At)
	case f.Field != "" && f.Field != "row":
		place += ", " + f.Field
	}
	return place + ": " + f.Problem
}

// MarshalJSON writes the members that the kind has, and the one-line text.
func (f Finding) MarshalJSON() ([]byte, error) {
	v := struct {
		Kind     Kind   `json:"kind"`
		Seq      *int64 `json:"seq,omitempty"`
		Chunk    *int64 `json:"chunk,omitempty"`
		Position *int   `json:"position,omitempty"`
		Size     *int64 `json:"size,omitempty"`
		Number   *int64 `json:"number,omitempty"`
		Field    string `json:"field,omitempty"`
		Problem  string `json:"problem"`
		Text     string `json:"text"`
	}{Kind: f.Kind, Field: f.Field, Problem: f.Problem, Text: f.String()}
	switch f.Kind {
	case KindRow:
		v.Seq = &f.At
	case KindChunk:
		v.Chunk = &f.At
		if f.Position >= 0 {
			v.Position = &f.Position
		}
	case KindCheckpoint:
		v.Size = &f.At
	default:
		v.Number = &f.At
	}
	return json.Marshal(v)
}

// maxFindings bounds what a report lists; the others are counted.
const maxFindings = 1000

// Report is the outcome of a verification. Nothing is wrong when Findings is
// empty.
type Report struct {
	Size        int64     `json:"size"`        // leaves of the log, or of the bundle's checkpoint
	Root        string    `json:"root"`        // base64, as recomputed (of a bundle: as signed)
	Rows        int64     `json:"rows"`        // rows, or items, that were read
	Checkpoints int       `json:"checkpoints"` // that were read
	Vouched     int64     `json:"vouched"`     // the greatest size whose checkpoint holds; what comes after it no signature covers yet
	Findings    []Finding `json:"findings"`
	Omitted     int64     `json:"omitted"` // findings beyond those listed
}

// Sound reports whether nothing is wrong.
func (r *Report) Sound() bool { return len(r.Findings) == 0 }

func (r *Report) add(f Finding) {
	if len(r.Findings) >= maxFindings {
		r.Omitted++
		return
	}
	r.Findings = append(r.Findings, f)
}

func (r *Report) row(seq int64, field, problem string) {
	r.add(Finding{Kind: KindRow, At: seq, Field: field, Problem: problem})
}

func (r *Report) hash(index int64, problem string) {
	r.add(Finding{Kind: KindChunk, At: index / ChunkHashes, Position: int(index % ChunkHashes), Problem: problem})
}
