package proof

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Trust is what a bundle is checked against.
type Trust struct {
	// Keys are the texts of verifier keys; at least one is needed.
	Keys []string
	// Checkpoint is a signed checkpoint that was obtained elsewhere, or nil.
	// The bundle's must be the same log at the same size, or be joined to it
	// by Consistency.
	Checkpoint  []byte
	Consistency tlog.TreeProof
}

// VerifyBundle checks every item of a bundle: that the checkpoint is signed
// and continues (or is continued by) the trusted one, that each leaf lies in
// its log, and that each feature is the one that the leaf was made of. The
// error tells of a reader that failed or of no usable key.
func VerifyBundle(r io.Reader, trust Trust) (*Report, error) {
	report, _, err := verifyBundle(r, trust)
	return report, err
}

// verifyBundle also returns the digests of all proven features, with the Seq
// of a leaf that has each.
func verifyBundle(r io.Reader, trust Trust) (*Report, map[Digest]int64, error) {
	var keys []note.Verifier
	for _, text := range trust.Keys {
		key, err := ParseVerifier(text)
		if err != nil {
			return nil, nil, err
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil, nil, errors.New("verify bundle: no verifier key is given")
	}
	v := &bundleAudit{report: &Report{Findings: []Finding{}}, proven: make(map[Digest]int64)}
	lines := bufio.NewReaderSize(r, 1<<16)
	var room []byte
	for {
		line, err := readLine(lines, room)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, nil, fmt.Errorf("verify bundle: line %d: %w", v.line+1, err)
		}
		v.line++
		switch {
		case err != nil && !v.ended:
			v.wrong("bundle", "is cut off")
			return v.report, v.proven, nil
		case errors.Is(err, io.ErrUnexpectedEOF) || err == nil && v.ended:
			v.wrong("bundle", "goes on after its end")
			return v.report, v.proven, nil
		case err != nil:
			return v.report, v.proven, nil
		case v.line == 1:
			if !v.head(line, keys, trust) {
				return v.report, v.proven, nil
			}
		default:
			v.item(line)
		}
		room = line
	}
}

type bundleAudit struct {
	report     *Report
	checkpoint Checkpoint
	proven     map[Digest]int64
	line       int64
	ended      bool
}

func (v *bundleAudit) wrong(field, problem string) {
	v.report.add(Finding{Kind: KindItem, At: v.line, Field: field, Problem: problem})
}

// head reads the first line and reports whether the items can be checked.
func (v *bundleAudit) head(line []byte, keys []note.Verifier, trust Trust) bool {
	var head bundleHead
	if err := decodeLine(line, &head); err != nil {
		v.wrong("head", err.Error())
		return false
	}
	if exact, err := head.append(nil); err != nil || head.Bundle != BundleFormat || !bytes.Equal(exact, line) {
		v.wrong("head", "is not the head of a "+BundleFormat+" as it was written")
		return false
	}
	c, err := Open([]byte(head.Checkpoint), keys...)
	if err != nil {
		v.wrong("checkpoint", err.Error())
		return false
	}
	v.checkpoint = c
	v.report.Checkpoints++
	v.report.Size, v.report.Root, v.report.Vouched = c.Size, c.Root.String(), c.Size
	if trust.Checkpoint == nil {
		return true
	}
	v.report.Checkpoints++
	trusted, err := Open(trust.Checkpoint, keys...)
	if err != nil {
		v.report.add(Finding{Kind: KindCheckpoint, Problem: "the trusted one: " + err.Error()})
		return false
	}
	old, new := trusted, c
	if old.Size > new.Size {
		old, new = new, old
	}
	if err := CheckConsistency(old, new, trust.Consistency); err != nil {
		v.wrong("checkpoint", "can not be joined to the trusted one: "+err.Error())
		return false
	}
	return true
}

func (v *bundleAudit) item(line []byte) {
	var item bundleItem
	if err := decodeLine(line, &item); err != nil {
		v.wrong("line", err.Error())
		return
	}
	if !bytes.Equal(item.append(nil), line) {
		v.wrong("line", "is not as it was written")
		return
	}
	if item.Items != nil {
		if *item.Items != v.report.Rows {
			v.wrong("items", fmt.Sprintf("says %d, but there are %d", *item.Items, v.report.Rows))
		}
		v.ended = true
		return
	}
	v.report.Rows++
	leaf, err := ParseLeaf([]byte(item.Leaf))
	if err != nil {
		v.wrong("leaf", err.Error())
		return
	}
	if err := CheckInclusion(&leaf, item.Path, v.checkpoint); err != nil {
		v.wrong("path", err.Error())
		return
	}
	if item.Feature != nil && DigestOf([]byte(*item.Feature)) != leaf.Public {
		v.wrong("feature", fmt.Sprintf("is not the one that row %d was made of", leaf.Seq))
		return
	}
	if leaf.Public.Present {
		v.proven[leaf.Public] = leaf.Seq
	}
}

func decodeLine(line []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("is not JSON of the form expected: %w", err)
	}
	return nil
}
