package proof

import (
	"crypto/sha256"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/tlog"
)

// SaltSize is the length in bytes of an entry's secret salt.
const SaltSize = 16

// Entry is one write as the database keeps it in plain: what a Leaf commits to.
type Entry struct {
	Seq        int64  // from 1, without gaps
	Time       string // recorded_at, in TimeLayout
	Author     string
	Operation  string
	Reason     string
	Collection string
	ID         string
	Version    int64
	PublicFrom string // in TimeLayout, "" when the version is not for the public
	Doc        []byte // canonical document; nil when the record was deleted
	Feature    []byte // public feature; nil when there is none
	// Salt is secret: whoever knows it can test guesses of the author, the
	// reason and the document. It stays in the database.
	Salt [SaltSize]byte
}

// NewSalt draws an entry's salt. The source must be cryptographically random.
func NewSalt(random io.Reader) (salt [SaltSize]byte, err error) {
	if _, err = io.ReadFull(random, salt[:]); err != nil {
		return salt, fmt.Errorf("draw salt: %w", err)
	}
	return salt, nil
}

// Leaf returns what the log commits to for this entry.
func (e *Entry) Leaf() Leaf {
	l := Leaf{
		Seq: e.Seq, Time: e.Time, Operation: e.Operation,
		Collection: e.Collection, ID: e.ID, Version: e.Version,
		PublicFrom: e.PublicFrom,
		Public:     DigestOf(e.Feature),
		Author:     commit(e.nonce("author"), e.Author),
		Reason:     commit(e.nonce("reason"), e.Reason),
	}
	if e.Doc != nil {
		l.Doc = commit(e.nonce("doc"), e.Doc)
	}
	return l
}

// Hash returns the hash of the entry's leaf.
func (e *Entry) Hash() tlog.Hash {
	l := e.Leaf()
	return l.Hash()
}

// Opening resolves one commitment of a leaf: SHA-256(Nonce || Value). It tells
// nothing about the leaf's other commitments.
type Opening struct {
	Field string // author, reason or doc
	Nonce [sha256.Size]byte
	Value []byte
}

// Open returns what resolves the commitment to "author", "reason" or "doc".
func (e *Entry) Open(field string) (Opening, error) {
	o := Opening{Field: field, Nonce: e.nonce(field)}
	switch {
	case field == "author":
		o.Value = []byte(e.Author)
	case field == "reason":
		o.Value = []byte(e.Reason)
	case field == "doc" && e.Doc != nil:
		o.Value = e.Doc
	default:
		return Opening{}, fmt.Errorf("entry %d has no commitment to %q", e.Seq, field)
	}
	return o, nil
}

// CheckOpening reports whether the leaf commits to the opening's value.
func (l *Leaf) CheckOpening(o Opening) error {
	var d Digest
	switch o.Field {
	case "author":
		d = l.Author
	case "reason":
		d = l.Reason
	case "doc":
		d = l.Doc
	}
	if !d.Present {
		return fmt.Errorf("leaf %d has no commitment to %q", l.Seq, o.Field)
	}
	if commit(o.Nonce, o.Value) != d {
		return fmt.Errorf("leaf %d does not commit to this %s", l.Seq, o.Field)
	}
	return nil
}

// nonce derives the secret of one commitment, SHA-256(salt || field name), so
// that opening one leaves the others closed.
func (e *Entry) nonce(field string) [sha256.Size]byte {
	var room [SaltSize + 16]byte
	return sha256.Sum256(append(append(room[:0], e.Salt[:]...), field...))
}

func commit[T string | []byte](nonce [sha256.Size]byte, value T) Digest {
	var room [4096]byte
	b := append(append(room[:0], nonce[:]...), value...)
	return Digest{Sum: sha256.Sum256(b), Present: true}
}
