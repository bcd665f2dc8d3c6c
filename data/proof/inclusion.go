package proof

import (
	"fmt"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Inclusion proves that a checkpoint's log holds a leaf. Its JSON form is
// InclusionView, its text form that of c2sp.org/tlog-proof.
type Inclusion struct {
	Leaf       Leaf
	Path       tlog.RecordProof // from the leaf's sibling up to the root's child
	Checkpoint []byte           // signed note
}

// InclusionProof returns the path from the leaf of that Seq to the root of the
// log of that size.
func InclusionProof(seq, size int64, hashes tlog.HashReader) (tlog.RecordProof, error) {
	if seq < 1 || seq > size || size > MaxSize {
		return nil, fmt.Errorf("inclusion of leaf %d in a log of %d: out of range", seq, size)
	}
	path, err := tlog.ProveRecord(size, seq-1, hashes)
	if err != nil {
		return nil, fmt.Errorf("inclusion of leaf %d in a log of %d: %w", seq, size, err)
	}
	return path, nil
}

// CheckInclusion reports whether the path leads from the leaf to the
// checkpoint's root.
func CheckInclusion(leaf *Leaf, path tlog.RecordProof, c Checkpoint) error {
	if leaf.Seq < 1 || leaf.Seq > c.Size || c.Size > MaxSize {
		return fmt.Errorf("leaf %d does not lie in a log of %d", leaf.Seq, c.Size)
	}
	if err := tlog.CheckRecord(path, c.Size, c.Root, leaf.Seq-1, leaf.Hash()); err != nil {
		return fmt.Errorf("leaf %d: the path does not lead to the root at size %d", leaf.Seq, c.Size)
	}
	return nil
}

// Prove puts together what proves a leaf against a signed checkpoint of the
// same log, which must not be older than the leaf.
func Prove(leaf Leaf, signed []byte, hashes tlog.HashReader) (*Inclusion, error) {
	c, err := unsigned(signed)
	if err != nil {
		return nil, fmt.Errorf("prove leaf %d: %w", leaf.Seq, err)
	}
	path, err := InclusionProof(leaf.Seq, c.Size, hashes)
	if err != nil {
		return nil, err
	}
	if err := CheckInclusion(&leaf, path, c); err != nil {
		return nil, fmt.Errorf("prove: %w", err)
	}
	return &Inclusion{Leaf: leaf, Path: path, Checkpoint: signed}, nil
}

// Check verifies the whole proof offline and returns its checkpoint. Only the
// keys are trusted.
func (p *Inclusion) Check(keys ...note.Verifier) (Checkpoint, error) {
	c, err := Open(p.Checkpoint, keys...)
	if err != nil {
		return Checkpoint{}, err
	}
	if err := p.Leaf.Check(); err != nil {
		return Checkpoint{}, err
	}
	return c, CheckInclusion(&p.Leaf, p.Path, c)
}

// ConsistencyProof proves that the log of the new size begins with that of the
// old one. The proof is empty when either is the other or nothing.
func ConsistencyProof(old, new int64, hashes tlog.HashReader) (tlog.TreeProof, error) {
	if old < 0 || old > new || new > MaxSize {
		return nil, fmt.Errorf("consistency of sizes %d and %d: out of range", old, new)
	}
	if old == 0 {
		return tlog.TreeProof{}, nil
	}
	path, err := tlog.ProveTree(new, old, hashes)
	if err != nil {
		return nil, fmt.Errorf("consistency of sizes %d and %d: %w", old, new, err)
	}
	return path, nil
}

// CheckConsistency reports whether the proof shows that nothing between the
// two checkpoints was altered or removed, only added.
func CheckConsistency(old, new Checkpoint, path tlog.TreeProof) error {
	failed := fmt.Errorf("the log at size %d does not continue the one at size %d", new.Size, old.Size)
	if old.Origin != new.Origin {
		return fmt.Errorf("checkpoints of two logs, %q and %q", old.Origin, new.Origin)
	}
	if old.Size < 0 || old.Size > new.Size || new.Size > MaxSize {
		return fmt.Errorf("consistency of sizes %d and %d: out of range", old.Size, new.Size)
	}
	empty := Tree{}.Root()
	if old.Size == 0 {
		if len(path) > 0 || old.Root != empty || new.Size == 0 && new.Root != empty {
			return failed
		}
		return nil
	}
	if old.Size == new.Size {
		if len(path) > 0 || old.Root != new.Root {
			return failed
		}
		return nil
	}
	if tlog.CheckTree(path, new.Size, new.Root, old.Size, old.Root) != nil {
		return failed
	}
	return nil
}
