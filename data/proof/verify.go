package proof

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Row is one version as stored. The Entry's own Salt is not used, that of the
// seal is.
type Row struct {
	Entry
	Seal []byte
	// Derived are the columns that no leaf commits to since later writes
	// change them (such as recorded_until), with what they should be.
	Derived []Derived
}

// Derived is a column that must equal what follows from other rows.
type Derived struct{ Field, Stored, Want string }

// SignedCheckpoint is a stored checkpoint.
type SignedCheckpoint struct {
	Size int64  // as stored beside the note
	Note []byte // as Sign returned it
}

// Log is all that a verification reads.
type Log struct {
	// Rows yields every version in the order of Seq. A row and what it holds
	// are read before the next one is asked for.
	Rows   iter.Seq2[*Row, error]
	Chunks ChunkStore
	// Checkpoints are those of the database, and any that were published and
	// kept elsewhere: only the latter show that a log was not rewritten by
	// whoever holds the signer key.
	Checkpoints []SignedCheckpoint
	// Keys are the texts of the verifier keys that checkpoints may be signed
	// with.
	Keys []string
}

// Verify recomputes the whole log from its rows in one pass and compares it
// with the stored hashes and the checkpoints. What is wrong is in the report;
// the error tells of rows or chunks that could not be read.
func Verify(log Log) (*Report, error) {
	a := &audit{store: log.Chunks, peek: NewReader(log.Chunks), report: &Report{Findings: []Finding{}}}
	a.openCheckpoints(log)
	a.checkSize()
	for row, err := range log.Rows {
		if err != nil {
			return nil, fmt.Errorf("verify: row after %d: %w", a.size, err)
		}
		a.report.Rows++
		if err := a.row(row); err != nil {
			return nil, err
		}
	}
	if err := a.finish(); err != nil {
		return nil, err
	}
	a.report.Size, a.report.Root = a.size, foldEdge(a.edge).String()
	return a.report, nil
}

// audit is a verification under way. Its edge holds the hashes held to be
// true, whether recomputed or stored.
type audit struct {
	store       ChunkStore
	peek        *Reader // for hashes out of turn
	report      *Report
	size        int64        // leaves so far
	edge        []tlog.Hash  // as in Tree
	next        int64        // index of the next stored hash
	chunk       []byte       // the stored chunk in hand; empty when it is missing
	chunks      int64        // number of chunks read so far
	checkpoints []Checkpoint // still to be compared, by size
}

// openCheckpoints checks signatures and orders what holds by size.
func (a *audit) openCheckpoints(log Log) {
	var keys []note.Verifier
	for i, text := range log.Keys {
		key, err := ParseVerifier(text)
		if err != nil {
			a.report.add(Finding{Kind: KindKey, At: int64(i + 1), Problem: err.Error()})
			continue
		}
		keys = append(keys, key)
	}
	for _, signed := range log.Checkpoints {
		a.report.Checkpoints++
		c, err := OpenExact(signed.Note, keys...)
		if err == nil && c.Size != signed.Size {
			err = fmt.Errorf("is stored under this size but speaks of %d", c.Size)
		}
		if err != nil {
			a.report.add(Finding{Kind: KindCheckpoint, At: signed.Size, Problem: err.Error()})
			continue
		}
		a.checkpoints = append(a.checkpoints, c)
	}
	slices.SortStableFunc(a.checkpoints, func(x, y Checkpoint) int { return cmp.Compare(x.Size, y.Size) })
}

// checkSize compares the checkpoints of the present size with the root.
func (a *audit) checkSize() {
	for len(a.checkpoints) > 0 && a.checkpoints[0].Size == a.size {
		c := a.checkpoints[0]
		a.checkpoints = a.checkpoints[1:]
		if c.Root == foldEdge(a.edge) {
			a.report.Vouched = c.Size
			continue
		}
		problem := fmt.Sprintf("rows 1 to %d no longer have the root that was signed", c.Size)
		if a.report.Vouched > 0 {
			problem += fmt.Sprintf("; rows 1 to %d still have theirs", a.report.Vouched)
		}
		a.report.add(Finding{Kind: KindCheckpoint, At: c.Size, Problem: problem})
	}
}

// grow adds a leaf that is held to be true, and compares the inner hashes
// which it completes with the stored ones.
func (a *audit) grow(leaf tlog.Hash) error {
	a.next++
	span := int64(2)
	for n := a.size; n&1 == 1; n >>= 1 {
		last := len(a.edge) - 1
		leaf = tlog.NodeHash(a.edge[last], leaf)
		a.edge = a.edge[:last]
		stored, ok, err := a.stored(a.next)
		if err != nil {
			return err
		}
		if ok && stored != leaf {
			a.report.hash(a.next, fmt.Sprintf("the hash over rows %d to %d was altered", a.size+2-span, a.size+1))
		}
		a.next++
		span *= 2
	}
	a.edge = append(a.edge, leaf)
	a.size++
	a.checkSize()
	return nil
}
