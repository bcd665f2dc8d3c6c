package proof

import (
	"encoding/json"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// The JSON forms of proofs and checkpoints. Hashes of the tree are base64 as
// in checkpoints, hashes of contents hex as sha256sum prints them.

// CheckpointView is the JSON form of a signed checkpoint. Note is what counts;
// the rest repeats it for reading.
type CheckpointView struct {
	Origin string    `json:"origin"`
	Size   int64     `json:"size"`
	Root   tlog.Hash `json:"root"`
	Time   string    `json:"time,omitempty"`
	Note   string    `json:"note"`
	Key    string    `json:"key,omitempty"` // verifier key
}

// ViewCheckpoint returns the JSON form of a signed checkpoint, unchecked.
func ViewCheckpoint(signed []byte, key string) (CheckpointView, error) {
	c, err := unsigned(signed)
	if err != nil {
		return CheckpointView{}, err
	}
	return CheckpointView{c.Origin, c.Size, c.Root, c.Time, string(signed), key}, nil
}

// Step is one hash of a path and the side on which it is joined:
// SHA-256(0x01 || left || right).
type Step struct {
	Side string    `json:"side"` // left or right
	Hash tlog.Hash `json:"hash"`
}

// InclusionView is the JSON form of an Inclusion.
type InclusionView struct {
	Seq        int64     `json:"seq"`
	Size       int64     `json:"size"`
	Leaf       string    `json:"leaf"` // the leaf's canonical text
	LeafHash   tlog.Hash `json:"leaf_hash"`
	Path       []Step    `json:"path"`
	Root       tlog.Hash `json:"root"`
	Checkpoint string    `json:"checkpoint"` // signed note
}

// MarshalJSON writes the proof as an InclusionView.
func (p *Inclusion) MarshalJSON() ([]byte, error) {
	c, err := unsigned(p.Checkpoint)
	if err != nil {
		return nil, err
	}
	v := InclusionView{
		Seq: p.Leaf.Seq, Size: c.Size, Leaf: string(p.Leaf.Text()), LeafHash: p.Leaf.Hash(),
		Path: []Step{}, Root: c.Root, Checkpoint: string(p.Checkpoint),
	}
	sides, err := sidesOf(p.Leaf.Seq, c.Size, len(p.Path))
	if err != nil {
		return nil, err
	}
	for i, h := range p.Path {
		v.Path = append(v.Path, Step{sides[i], h})
	}
	return json.Marshal(v)
}

// UnmarshalJSON reads an InclusionView. It refuses one whose readable parts
// contradict its leaf and checkpoint; whether it proves anything, Check says.
func (p *Inclusion) UnmarshalJSON(b []byte) error {
	var v InclusionView
	if err := json.Unmarshal(b, &v); err != nil {
		return fmt.Errorf("inclusion proof: %w", err)
	}
	leaf, err := ParseLeaf([]byte(v.Leaf))
	if err != nil {
		return err
	}
	c, err := unsigned([]byte(v.Checkpoint))
	if err != nil {
		return err
	}
	if v.Seq != leaf.Seq || v.LeafHash != leaf.Hash() || v.Size != c.Size || v.Root != c.Root {
		return errors.New("inclusion proof: seq, leaf_hash, size and root do not all agree with leaf and checkpoint")
	}
	sides, err := sidesOf(leaf.Seq, c.Size, len(v.Path))
	if err != nil {
		return err
	}
	read := Inclusion{Leaf: leaf, Path: tlog.RecordProof{}, Checkpoint: []byte(v.Checkpoint)}
	for i, step := range v.Path {
		if step.Side != sides[i] {
			return fmt.Errorf("inclusion proof: step %d is on the %s", i+1, sides[i])
		}
		read.Path = append(read.Path, step.Hash)
	}
	*p = read
	return nil
}

// sidesOf returns the side of each step on the way from a leaf to the root,
// after RFC 9162 section 2.1.3.2.
func sidesOf(seq, size int64, steps int) ([]string, error) {
	if seq < 1 || seq > size || size > MaxSize {
		return nil, fmt.Errorf("leaf %d does not lie in a log of %d", seq, size)
	}
	var sides []string
	for at, last := seq-1, size-1; last > 0; at, last = at>>1, last>>1 {
		switch {
		case at&1 == 1:
			sides = append(sides, "left")
		case at < last:
			sides = append(sides, "right")
		}
	}
	if len(sides) != steps {
		return nil, fmt.Errorf("path of leaf %d in a log of %d has %d steps, want %d", seq, size, steps, len(sides))
	}
	return sides, nil
}

// ConsistencyView is the JSON form of a consistency proof of two checkpoints.
type ConsistencyView struct {
	Old  CheckpointView `json:"old"`
	New  CheckpointView `json:"new"`
	Path tlog.TreeProof `json:"path"` // RFC 6962 section 2.1.2
}

// ViewConsistency proves that one signed checkpoint continues another.
func ViewConsistency(old, new []byte, key string, hashes tlog.HashReader) (ConsistencyView, error) {
	o, err := ViewCheckpoint(old, key)
	if err != nil {
		return ConsistencyView{}, err
	}
	n, err := ViewCheckpoint(new, key)
	if err != nil {
		return ConsistencyView{}, err
	}
	path, err := ConsistencyProof(o.Size, n.Size, hashes)
	if err != nil {
		return ConsistencyView{}, err
	}
	return ConsistencyView{Old: o, New: n, Path: path}, nil
}
