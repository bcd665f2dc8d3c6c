package proof_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"strikewatch/data/proof"
)

func TestVerifySound(t *testing.T) {
	for seed, size := range []int64{0, 1, 2, 3, 100, 128, 129, 511, 512, 513, 1500} {
		h := newHistory(t, uint64(20+seed), size)
		h.tip(t)
		report := h.verify(t)
		if !report.Sound() {
			t.Fatalf("sound log of %d: %v", size, report.Findings)
		}
		if report.Size != size || report.Rows != size || report.Vouched != size || report.Root != h.root(size).String() {
			t.Errorf("report of %d: %+v", size, report)
		}
	}
}

// corrupt changes one byte somewhere and returns how the finding must begin,
// or "" when a database could not hold the change.
func (h *history) corrupt(r *rand.Rand) string {
	flip := byte(1 << r.IntN(8))
	if r.IntN(4) == 0 {
		flip = byte(1 + r.IntN(255))
	}
	switch r.IntN(6) {
	case 0:
		n := int64(r.IntN(len(h.chunks)))
		at := r.IntN(len(h.chunks[n]))
		h.chunks[n][at] ^= flip
		return fmt.Sprintf("chunk %d, position %d:", n, at/tlog.HashSize)
	case 1:
		c := &h.checkpoints[r.IntN(len(h.checkpoints))]
		c.Note[r.IntN(len(c.Note))] ^= flip
		return fmt.Sprintf("checkpoint of size %d:", c.Size)
	case 2:
		c := &h.checkpoints[r.IntN(len(h.checkpoints))]
		c.Size ^= int64(flip) << (8 * r.IntN(7))
		return fmt.Sprintf("checkpoint of size %d:", c.Size)
	}
	return corruptRow(h, h.rows[r.IntN(len(h.rows))], flip, r)
}

func corruptRow(h *history, row *proof.Row, flip byte, r *rand.Rand) string {
	at := func(field string) string { return fmt.Sprintf("row %d, %s:", row.Seq, field) }
	texts := map[string]*string{
		"time": &row.Time, "author": &row.Author, "operation": &row.Operation, "reason": &row.Reason,
		"collection": &row.Collection, "id": &row.ID, "public_from": &row.PublicFrom,
	}
	blobs := map[string]*[]byte{"doc": &row.Doc, "feature": &row.Feature, "seal": &row.Seal}
	names := []string{
		"author", "collection", "doc", "feature", "id", "operation", "public_from", "reason", "seal", "time", "seq", "version", "recorded_until",
	}
	switch name := names[r.IntN(len(names))]; name {
	case "seq":
		was := row.Seq
		row.Seq ^= int64(flip) << (8 * r.IntN(7))
		taken := slices.ContainsFunc(h.rows, func(o *proof.Row) bool { return o != row && o.Seq == row.Seq })
		if taken {
			row.Seq = was
			return ""
		}
		return fmt.Sprintf("row %d: is missing", was)
	case "version":
		row.Version ^= int64(flip) << (8 * r.IntN(8))
		return at("version")
	case "recorded_until":
		row.Derived[0].Stored = "x" + row.Derived[0].Stored[1:]
		return at("recorded_until")
	case "doc", "feature", "seal":
		b := blobs[name]
		if len(*b) == 0 {
			return ""
		}
		i := r.IntN(len(*b))
		(*b)[i] ^= flip
		if name == "seal" && i < proof.SaltSize {
			return at("salt")
		}
		return at(name)
	default:
		b := []byte(*texts[name])
		if len(b) == 0 {
			return ""
		}
		b[r.IntN(len(b))] ^= flip
		*texts[name] = string(b)
		return at(name)
	}
}

func TestVerifyFindsAnyByte(t *testing.T) {
	rounds := 1000
	if testing.Short() {
		rounds = 200
	}
	r := rand.New(newSource(40))
	for round := range rounds {
		h := newHistory(t, uint64(100+round%97), 1+r.Int64N(10+r.Int64N(300)))
		if r.IntN(2) == 0 || len(h.checkpoints) == 0 {
			h.tip(t)
		}
		want := h.corrupt(r)
		report := h.verify(t)
		if want == "" {
			if !report.Sound() {
				t.Fatalf("round %d: nothing changed, found %v", round, report.Findings)
			}
			continue
		}
		named := slices.ContainsFunc(report.Findings, func(f proof.Finding) bool { return strings.HasPrefix(f.String(), want) })
		if !named {
			t.Fatalf("round %d: want %q among %v", round, want, report.Findings)
		}
		if len(report.Findings) > 2 {
			t.Fatalf("round %d: one change, findings %v", round, report.Findings)
		}
	}
}

func TestVerifyFindsWhatIsGone(t *testing.T) {
	tests := map[string]struct {
		change func(h *history)
		want   []string
	}{
		"a row": {func(h *history) { h.rows = slices.Delete(h.rows, 100, 101) }, []string{"row 101: is missing"}},
		"rows": {func(h *history) { h.rows = slices.Delete(h.rows, 0, 100) },
			[]string{"row 1: is missing, and all others up to 100"}},
		"the last rows": {func(h *history) { h.rows = h.rows[:250] }, []string{"row 251: is missing, and all others up to 300"}},
		"a chunk":       {func(h *history) { delete(h.chunks, 1) }, []string{"chunk 1: is missing"}},
		"the last chunk": {func(h *history) { delete(h.chunks, 2) },
			[]string{"chunk 2: is missing"}},
		"an emptied chunk": {func(h *history) { h.chunks[1] = nil }, []string{"chunk 1: is missing"}},
		"the end of a chunk": {func(h *history) { h.chunks[1] = h.chunks[1][:proof.ChunkSize-1] },
			[]string{"chunk 1, position 255: is cut off"}},
		"nothing, but the log has bytes more": {func(h *history) { h.chunks[2] = append(h.chunks[2], 1, 2) },
			[]string{fmt.Sprintf("chunk 2, position %d: has 2 bytes beyond", tlog.StoredHashCount(300)-512)}},
		"nothing, but there is a chunk more": {func(h *history) { h.chunks[3] = []byte{1} }, []string{"chunk 3: lies beyond"}},
		"nothing, but a chunk is too long": {func(h *history) { h.chunks[0] = append(h.chunks[0], 0) },
			[]string{"chunk 0, position 256: is too long"}},
		"rows and hashes": {func(h *history) {
			h.rows = h.rows[:200]
			h.rebuild()
		}, []string{"checkpoint of size 300: speaks of more rows than there are (200)"}},
		"the truth, hashes and seals with it": {func(h *history) {
			e := h.entry(7)
			e.Reason = "another"
			h.rows[6].Entry, h.rows[6].Seal = e, e.Seal()
			h.rebuild()
		}, []string{"checkpoint of size 300: rows 1 to 300 no longer have the root that was signed"}},
		"the truth and the seal with it": {func(h *history) {
			e := h.entry(7)
			e.Reason = "another"
			h.rows[6].Entry, h.rows[6].Seal = e, e.Seal()
		}, []string{"row 7: is not what was logged; its seal was altered with it"}},
		"the last truth and the seal with it": {func(h *history) {
			e := h.entry(300)
			e.Reason = "another"
			h.rows[299].Entry, h.rows[299].Seal = e, e.Seal()
		}, []string{"row 300: is not what was logged; its seal was altered with it"}},
		"a seal": {func(h *history) { h.rows[9].Seal = nil }, []string{"row 10, seal: is not what was logged"}},
		"the key": {func(h *history) { h.key.Verifier = strings.Replace(h.key.Verifier, "e", "E", 1) },
			[]string{"key 1: verifier key is malformed"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			h := newHistory(t, 50, 300)
			h.checkpoints = nil
			h.tip(t)
			test.change(h)
			report := h.verify(t)
			for _, want := range test.want {
				if !slices.ContainsFunc(report.Findings, func(f proof.Finding) bool { return strings.HasPrefix(f.String(), want) }) {
					t.Errorf("want %q among %v", want, report.Findings)
				}
			}
			if name != "the key" && len(report.Findings) != len(test.want) {
				t.Errorf("want %d findings: %v", len(test.want), report.Findings)
			}
		})
	}
}

// rebuild hashes the rows anew, as a forger would.
func (h *history) rebuild() {
	var leaves []tlog.Hash
	for _, row := range h.rows {
		e := h.entry(row.Seq)
		leaves = append(leaves, e.Hash())
	}
	_, changed := proof.Tree{}.Append(leaves)
	h.chunks = chunks{}
	h.chunks.write(changed)
}
