package proof

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint says what the log was at one size. Signed, it is a note in the
// format of c2sp.org/tlog-checkpoint.
type Checkpoint struct {
	Origin     string // the log's name, equal to that of its key
	Size       int64  // number of leaves
	Root       tlog.Hash
	Time       string   // when signed, in TimeLayout; "" when not said
	Extensions []string // further lines, kept as they are
}

// NewCheckpoint describes the tree as of that instant.
func NewCheckpoint(origin string, t Tree, at time.Time) Checkpoint {
	return Checkpoint{Origin: origin, Size: t.Size(), Root: t.Root(), Time: at.UTC().Format(TimeLayout)}
}

// Text returns what is signed: origin, size and root on a line each, then
// "time ..." when it is said, then the other extension lines.
func (c Checkpoint) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%d\n%s\n", c.Origin, c.Size, c.Root)
	if c.Time != "" {
		fmt.Fprintf(&b, "time %s\n", c.Time)
	}
	for _, line := range c.Extensions {
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return b.String()
}

// ParseCheckpoint reads what Text writes, and no other spelling of it. It says
// nothing about signatures.
func ParseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[len(lines)-1] != "" {
		return Checkpoint{}, errors.New("checkpoint has fewer than three lines, or its last one does not end")
	}
	lines = lines[:len(lines)-1]
	c := Checkpoint{Origin: lines[0]}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || size > MaxSize {
		return Checkpoint{}, fmt.Errorf("checkpoint size %q is not a number of leaves", lines[1])
	}
	c.Size = size
	if c.Root, err = tlog.ParseHash(lines[2]); err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint root: %w", err)
	}
	if at, ok := strings.CutPrefix(strings.Join(lines[3:min(4, len(lines))], ""), "time "); ok && checkTime(at) == nil {
		c.Time = at
		lines = lines[1:]
	}
	c.Extensions = append(c.Extensions, lines[3:]...)
	if err := c.check(); err != nil {
		return Checkpoint{}, err
	}
	if c.Text() != text {
		return Checkpoint{}, errors.New("checkpoint is not spelt as it should be")
	}
	return c, nil
}

func (c Checkpoint) check() error {
	control := func(s string) bool { return strings.ContainsFunc(s, unicode.IsControl) }
	if c.Origin == "" || control(c.Origin) || !utf8.ValidString(c.Origin) {
		return fmt.Errorf("checkpoint origin %q is empty or not plain text", c.Origin)
	}
	if c.Size < 0 || c.Size > MaxSize {
		return fmt.Errorf("checkpoint size %d is out of range", c.Size)
	}
	if c.Time != "" {
		if err := checkTime(c.Time); err != nil {
			return fmt.Errorf("checkpoint time %w", err)
		}
	}
	for _, line := range c.Extensions {
		if line == "" || control(line) || !utf8.ValidString(line) {
			return fmt.Errorf("checkpoint extension %q is empty or not plain text", line)
		}
	}
	return nil
}

// Sign returns the checkpoint as a signed note. The signer's name must be the
// checkpoint's origin. A log must never sign two checkpoints that contradict
// each other: sign only what comes from the one stored tree.
func Sign(c Checkpoint, signer note.Signer) ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	if c.Origin != signer.Name() {
		return nil, fmt.Errorf("sign: checkpoint of %q with the key of %q", c.Origin, signer.Name())
	}
	signed, err := note.Sign(&note.Note{Text: c.Text()}, signer)
	if err != nil {
		return nil, fmt.Errorf("sign checkpoint of size %d: %w", c.Size, err)
	}
	return signed, nil
}

// Open reads a signed checkpoint. One of the keys must have signed it under
// the name that is its origin. Signatures of unknown keys, such as those of
// witnesses, are passed over, as the format demands.
func Open(signed []byte, keys ...note.Verifier) (Checkpoint, error) {
	c, _, err := open(signed, keys)
	return c, err
}

// OpenExact is Open for checkpoints that nobody may have added to: it refuses
// unknown signatures and any byte other than as Sign wrote it.
func OpenExact(signed []byte, keys ...note.Verifier) (Checkpoint, error) {
	c, n, err := open(signed, keys)
	if err != nil {
		return Checkpoint{}, err
	}
	if len(n.UnverifiedSigs) > 0 {
		return Checkpoint{}, fmt.Errorf("checkpoint has a signature of the unknown key %s+%08x", n.UnverifiedSigs[0].Name, n.UnverifiedSigs[0].Hash)
	}
	var b strings.Builder
	b.WriteString(n.Text + "\n")
	for _, s := range n.Sigs {
		raw, err := base64.StdEncoding.DecodeString(s.Base64)
		if err != nil {
			return Checkpoint{}, fmt.Errorf("checkpoint signature: %w", err)
		}
		fmt.Fprintf(&b, "— %s %s\n", s.Name, base64.StdEncoding.EncodeToString(raw))
	}
	if b.String() != string(signed) {
		return Checkpoint{}, errors.New("checkpoint's signature lines are not as they were written")
	}
	return c, nil
}

func open(signed []byte, keys []note.Verifier) (Checkpoint, *note.Note, error) {
	if len(signed) > maxNote {
		return Checkpoint{}, nil, fmt.Errorf("checkpoint of %d bytes is too long", len(signed))
	}
	n, err := note.Open(signed, note.VerifierList(keys...))
	if err != nil {
		return Checkpoint{}, nil, fmt.Errorf("checkpoint: %w", err)
	}
	c, err := ParseCheckpoint(n.Text)
	if err != nil {
		return Checkpoint{}, nil, err
	}
	for _, s := range n.Sigs {
		if s.Name == c.Origin {
			return c, n, nil
		}
	}
	return Checkpoint{}, nil, fmt.Errorf("checkpoint of %q is signed by %q", c.Origin, n.Sigs[0].Name)
}

// maxNote bounds a checkpoint in bytes, witnesses' signatures included.
const maxNote = 1 << 16

// unsigned returns the checkpoint in a note whose signatures are not checked.
func unsigned(signed []byte) (Checkpoint, error) {
	_, err := note.Open(signed, nil)
	var unverified *note.UnverifiedNoteError
	if !errors.As(err, &unverified) {
		return Checkpoint{}, fmt.Errorf("checkpoint: %w", err)
	}
	return ParseCheckpoint(unverified.Note.Text)
}
