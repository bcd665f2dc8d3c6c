package proof

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// row checks one row against its seal, the stored hash of its leaf and its
// derived columns, and adds its leaf to the tree.
func (a *audit) row(row *Row) error {
	if row.Seq <= a.size {
		a.report.row(row.Seq, "seq", "comes twice or out of order")
		return nil
	}
	if err := a.skipTo(row.Seq); err != nil {
		return err
	}
	if row.Seq != a.size+1 {
		a.report.row(row.Seq, "seq", fmt.Sprintf("lies beyond the log, which ends at row %d", a.size))
		return nil
	}
	for _, d := range row.Derived {
		if d.Stored != d.Want {
			a.report.row(row.Seq, d.Field, "is not what follows from the other rows")
		}
	}
	leaf, err := a.resolve(row)
	if err != nil {
		return err
	}
	return a.grow(leaf)
}

// resolve returns the hash to take for the row's leaf. When row and stored
// hash disagree it finds out which of them was altered: a row whose columns
// fail its seal was; else the side that the stored inner hashes, or a
// checkpoint that ends here, speak against.
func (a *audit) resolve(row *Row) (tlog.Hash, error) {
	entry := row.Entry
	var broken []string
	if err := entry.Unseal(row.Seal); err != nil {
		broken = []string{"seal"}
	} else {
		broken = entry.broken(row.Seal)
	}
	hash := entry.Hash()
	stored, ok, err := a.stored(a.next)
	if err != nil {
		return hash, err
	}
	if ok && stored == hash {
		if len(broken) > 0 {
			a.report.row(row.Seq, "seal", "was altered; the row itself is as it was logged")
		}
		return hash, nil
	}
	if !ok {
		for _, field := range broken {
			a.report.row(row.Seq, field, "does not match the row's seal")
		}
		return hash, nil
	}
	if len(broken) > 0 {
		for _, field := range broken {
			a.report.row(row.Seq, field, "is not what was logged")
		}
		return stored, nil
	}
	switch {
	case a.supported(stored):
		a.report.row(row.Seq, "row", "is not what was logged; its seal was altered with it")
		return stored, nil
	case a.supported(hash):
		a.report.hash(a.next, fmt.Sprintf("the hash of row %d was altered", row.Seq))
	default:
		a.report.hash(a.next, fmt.Sprintf("the hash of row %d was altered, or the row together with its seal", row.Seq))
	}
	return hash, nil
}

// supported reports whether the next leaf can have this hash by what is known
// apart from it: the stored hash over it and its sibling, or the root that was
// signed when it was the last.
func (a *audit) supported(leaf tlog.Hash) bool {
	if len(a.checkpoints) > 0 && a.checkpoints[0].Size == a.size+1 {
		root, edge := leaf, append([]tlog.Hash(nil), a.edge...)
		for n := a.size; n&1 == 1; n >>= 1 {
			last := len(edge) - 1
			root, edge = tlog.NodeHash(edge[last], root), edge[:last]
		}
		if foldEdge(append(edge, root)) == a.checkpoints[0].Root {
			return true
		}
	}
	if a.size&1 == 1 {
		over, err := a.peek.ReadHashes([]int64{a.next + 1})
		return err == nil && tlog.NodeHash(a.edge[len(a.edge)-1], leaf) == over[0]
	}
	sibling := tlog.StoredHashIndex(0, a.size+1)
	pair, err := a.peek.ReadHashes([]int64{sibling, sibling + 1})
	return err == nil && tlog.NodeHash(leaf, pair[0]) == pair[1]
}

// skipTo passes over missing rows whose leaves the log still holds.
func (a *audit) skipTo(seq int64) error {
	first := a.size + 1
	for a.size+1 < seq {
		if held, err := a.holds(a.next); err != nil || !held {
			if err != nil {
				return err
			}
			break
		}
		leaf, _, err := a.stored(a.next)
		if err != nil {
			return err
		}
		if err := a.grow(leaf); err != nil {
			return err
		}
	}
	switch {
	case a.size == first:
		a.report.row(first, "row", "is missing")
	case a.size > first:
		a.report.row(first, "row", fmt.Sprintf("is missing, and all others up to %d", a.size))
	}
	return nil
}

// finish compares what comes after the last row.
func (a *audit) finish() error {
	if err := a.skipTo(MaxSize); err != nil {
		return err
	}
	if at := int(a.next%ChunkHashes) * tlog.HashSize; a.next/ChunkHashes < a.chunks && len(a.chunk) > at {
		a.report.hash(a.next, fmt.Sprintf("has %d bytes beyond the end of the log", len(a.chunk)-at))
	}
	beyond := (a.next + ChunkHashes - 1) / ChunkHashes
	if _, err := a.store.Chunk(max(beyond, a.chunks)); !errors.Is(err, ErrNoChunk) {
		if err != nil {
			return fmt.Errorf("verify: chunk %d: %w", beyond, err)
		}
		a.report.add(Finding{Kind: KindChunk, At: beyond, Position: -1, Problem: "lies beyond the end of the log"})
	}
	for _, c := range a.checkpoints {
		a.report.add(Finding{Kind: KindCheckpoint, At: c.Size, Problem: fmt.Sprintf("speaks of more rows than there are (%d)", a.size)})
	}
	return nil
}

// holds reports whether the store has a whole hash at the next index.
func (a *audit) holds(index int64) (bool, error) {
	chunk := a.chunk
	if n := index / ChunkHashes; n >= a.chunks {
		stored, err := a.store.Chunk(n)
		if err != nil && !errors.Is(err, ErrNoChunk) {
			return false, fmt.Errorf("verify: chunk %d: %w", n, err)
		}
		chunk = stored
	}
	return int(index%ChunkHashes+1)*tlog.HashSize <= len(chunk), nil
}

// stored returns the stored hash at an index, going forward. It reports a
// chunk that is missing or ends too early once, and then answers no.
func (a *audit) stored(index int64) (hash tlog.Hash, ok bool, err error) {
	for a.chunks <= index/ChunkHashes {
		stored, err := a.store.Chunk(a.chunks)
		if err != nil && !errors.Is(err, ErrNoChunk) {
			return hash, false, fmt.Errorf("verify: chunk %d: %w", a.chunks, err)
		}
		if len(stored) == 0 {
			a.report.add(Finding{Kind: KindChunk, At: a.chunks, Position: -1, Problem: "is missing"})
		} else if len(stored) > ChunkSize {
			a.report.add(Finding{Kind: KindChunk, At: a.chunks, Position: ChunkHashes, Problem: "is too long"})
			stored = stored[:ChunkSize]
		}
		a.chunk = append(a.chunk[:0], stored...)
		a.chunks++
	}
	at := int(index%ChunkHashes) * tlog.HashSize
	if at+tlog.HashSize > len(a.chunk) {
		if len(a.chunk) > 0 {
			a.report.hash(index, "is cut off")
			a.chunk = a.chunk[:0]
		}
		return hash, false, nil
	}
	copy(hash[:], a.chunk[at:])
	return hash, true, nil
}
