package proof_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"strikewatch/data/proof"
)

func TestFindingJSON(t *testing.T) {
	for want, f := range map[string]proof.Finding{
		`{"kind":"row","seq":7,"field":"doc","problem":"p","text":"row 7, doc: p"}`:              {Kind: proof.KindRow, At: 7, Field: "doc", Problem: "p"},
		`{"kind":"chunk","chunk":0,"position":0,"problem":"p","text":"chunk 0, position 0: p"}`:  {Kind: proof.KindChunk, Problem: "p"},
		`{"kind":"checkpoint","size":0,"problem":"p","text":"checkpoint of size 0: p"}`:          {Kind: proof.KindCheckpoint, Problem: "p"},
		`{"kind":"item","number":3,"field":"path","problem":"p","text":"item 3, path: p"}`:       {Kind: proof.KindItem, At: 3, Field: "path", Problem: "p"},
		`{"kind":"chunk","chunk":4,"problem":"is missing","text":"chunk 4: is missing"}`:         {Kind: proof.KindChunk, At: 4, Position: -1, Problem: "is missing"},
		`{"kind":"row","seq":7,"field":"row","problem":"is missing","text":"row 7: is missing"}`: {Kind: proof.KindRow, At: 7, Field: "row", Problem: "is missing"},
	} {
		if got, err := json.Marshal(f); err != nil || string(got) != want {
			t.Errorf("%s, %v, want %s", got, err, want)
		}
	}
}

// What can not be read is no finding but an error.
func TestVerifyReportsWhatItCanNotRead(t *testing.T) {
	h := newHistory(t, 51, 300)
	broken := errors.New("disk is gone")
	log := proof.Log{Rows: inOrder(h.rows), Chunks: failing{h.chunks, 1, broken}}
	if _, err := proof.Verify(log); !errors.Is(err, broken) {
		t.Errorf("chunks: %v", err)
	}
	log.Chunks = h.chunks
	log.Rows = func(yield func(*proof.Row, error) bool) { yield(nil, broken) }
	if _, err := proof.Verify(log); !errors.Is(err, broken) {
		t.Errorf("rows: %v", err)
	}
}

type failing struct {
	chunks
	n   int64
	err error
}

func (f failing) Chunk(n int64) ([]byte, error) {
	if n == f.n {
		return nil, fmt.Errorf("chunk %d: %w", n, f.err)
	}
	return f.chunks.Chunk(n)
}

// Of a great deal that is wrong, the report lists the first and counts all.
func TestReportIsBounded(t *testing.T) {
	h := newHistory(t, 52, 1300)
	for _, row := range h.rows {
		row.Author += "?"
	}
	report := h.verify(t)
	first := slices.ContainsFunc(report.Findings[:1], func(f proof.Finding) bool { return strings.HasPrefix(f.String(), "row 1, author:") })
	if !first || int64(len(report.Findings))+report.Omitted != 1300 {
		t.Errorf("%v, %d, %d", report.Findings[0], len(report.Findings), report.Omitted)
	}
}
