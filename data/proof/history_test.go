package proof_test

import (
	"bytes"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"strikewatch/data/proof"
)

// history is a database in memory: rows, chunks, checkpoints and the key.
type history struct {
	rows        []*proof.Row
	chunks      chunks
	checkpoints []proof.SignedCheckpoint
	key         proof.Key
}

type chunks map[int64][]byte

func (c chunks) Chunk(n int64) ([]byte, error) {
	if b, ok := c[n]; ok {
		return b, nil
	}
	return nil, fmt.Errorf("chunk %d: %w", n, proof.ErrNoChunk)
}

func (c chunks) write(changed []proof.Chunk) {
	for _, chunk := range changed {
		c[chunk.N] = bytes.Clone(chunk.Hashes)
	}
}

const origin = "example.org/strikewatch"

var began = time.Date(2024, 11, 4, 6, 30, 0, 0, time.UTC)

// source is a seeded io.Reader.
type source struct{ *rand.ChaCha8 }

func newSource(seed uint64) source {
	var s [32]byte
	s[0], s[1] = byte(seed), byte(seed>>8)
	return source{rand.NewChaCha8(s)}
}

func randomEntry(t testing.TB, r *rand.Rand, src source, seq int64) proof.Entry {
	salt, err := proof.NewSalt(src)
	if err != nil {
		t.Fatal(err)
	}
	e := proof.Entry{
		Seq: seq, Time: began.Add(time.Duration(seq) * time.Second).Format(proof.TimeLayout),
		Author: pick(r, "nilar", "ko ko", "", "မောင်"), Operation: pick(r, "create", "update", "derive"),
		Reason: pick(r, "", "typo", "second source \"DVB\"\n"), Collection: pick(r, "incidents", "control"),
		ID: fmt.Sprintf("mm-%04d", r.IntN(50)), Version: 1 + r.Int64N(9), Salt: salt,
	}
	if r.IntN(10) == 0 {
		e.Operation = "delete"
		return e
	}
	e.Doc = fmt.Appendf(nil, `{"id":%q,"kind":"airstrike","notes":%q}`, e.ID, strings.Repeat("x", r.IntN(80)))
	if r.IntN(4) > 0 {
		e.PublicFrom = e.Time
		e.Feature = fmt.Appendf(nil, `{"type":"Feature","id":%q,"geometry":null,"properties":{"seq":%d}}`, e.ID, seq)
	}
	return e
}

func pick(r *rand.Rand, of ...string) string { return of[r.IntN(len(of))] }

// newHistory writes size rows in transactions of random length, some of which
// roll back, with a checkpoint now and then.
func newHistory(t testing.TB, seed uint64, size int64) *history {
	t.Helper()
	src := newSource(seed)
	r := rand.New(src)
	h := &history{chunks: chunks{}}
	var err error
	if h.key, err = proof.NewKey(src, origin); err != nil {
		t.Fatal(err)
	}
	var tree proof.Tree
	for tree.Size() < size {
		var rows []*proof.Row
		var leaves []tlog.Hash
		for range min(1+r.Int64N(40), size-tree.Size()) {
			e := randomEntry(t, r, src, tree.Size()+int64(len(rows))+1)
			row := &proof.Row{Entry: e, Seal: e.Seal(), Derived: []proof.Derived{{Field: "recorded_until", Stored: e.Time, Want: e.Time}}}
			row.Salt = [proof.SaltSize]byte{}
			rows, leaves = append(rows, row), append(leaves, e.Hash())
		}
		next, changed := tree.Append(leaves)
		if r.IntN(4) == 0 {
			continue
		}
		tree, h.rows = next, append(h.rows, rows...)
		h.chunks.write(changed)
		if r.IntN(3) == 0 {
			h.sign(t, tree)
		}
	}
	return h
}

func (h *history) sign(t testing.TB, tree proof.Tree) {
	signer, err := proof.ParseSigner(h.key.Signer)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := proof.Sign(proof.NewCheckpoint(origin, tree, began), signer)
	if err != nil {
		t.Fatal(err)
	}
	h.checkpoints = append(h.checkpoints, proof.SignedCheckpoint{Size: tree.Size(), Note: signed})
}

func (h *history) size() int64 { return int64(len(h.rows)) }

// root hashes the first rows by one call of Append.
func (h *history) root(size int64) tlog.Hash {
	var leaves []tlog.Hash
	for seq := range size {
		e := h.entry(seq + 1)
		leaves = append(leaves, e.Hash())
	}
	tree, _ := proof.Tree{}.Append(leaves)
	return tree.Root()
}

func (h *history) verifier(t testing.TB) note.Verifier {
	v, err := proof.ParseVerifier(h.key.Verifier)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// tip signs the present state and returns the note.
func (h *history) tip(t testing.TB) []byte {
	tree, err := proof.Load(h.size(), h.chunks)
	if err != nil {
		t.Fatal(err)
	}
	h.sign(t, tree)
	return h.checkpoints[len(h.checkpoints)-1].Note
}

// leaf returns the leaf of a row, with the salt out of its seal.
func (h *history) leaf(seq int64) proof.Leaf {
	e := h.entry(seq)
	return e.Leaf()
}

func (h *history) entry(seq int64) proof.Entry {
	e := h.rows[seq-1].Entry
	copy(e.Salt[:], h.rows[seq-1].Seal)
	return e
}

func (h *history) verify(t testing.TB) *proof.Report {
	t.Helper()
	report, err := proof.Verify(proof.Log{
		Rows: inOrder(h.rows), Chunks: h.chunks, Checkpoints: h.checkpoints, Keys: []string{h.key.Verifier},
	})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// inOrder yields rows as a database would: by Seq.
func inOrder(rows []*proof.Row) iter.Seq2[*proof.Row, error] {
	sorted := slices.SortedStableFunc(slices.Values(rows), func(a, b *proof.Row) int { return int(a.Seq - b.Seq) })
	return func(yield func(*proof.Row, error) bool) {
		for _, row := range sorted {
			if !yield(row, nil) {
				return
			}
		}
	}
}
