package proof

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/tlog"
)

// TimeLayout is the only way in which a leaf or checkpoint writes an instant:
// RFC 3339 in UTC with microseconds, of one width.
const TimeLayout = "2006-01-02T15:04:05.000000Z"

// MaxSize bounds the number of leaves of a log. It keeps the arithmetic of
// sizes that come from outside within what tlog handles.
const MaxSize = 1 << 48

// Digest is a SHA-256 sum, or the statement that there is nothing to sum.
type Digest struct {
	Sum     [sha256.Size]byte
	Present bool
}

// DigestOf sums the bytes; nil is absent, an empty slice is present.
func DigestOf(b []byte) Digest {
	if b == nil {
		return Digest{}
	}
	return Digest{Sum: sha256.Sum256(b), Present: true}
}

// String returns lower-case hex as sha256sum prints it, or "" when absent.
func (d Digest) String() string {
	if !d.Present {
		return ""
	}
	return hex.EncodeToString(d.Sum[:])
}

// MarshalJSON writes hex text, or null when absent.
func (d Digest) MarshalJSON() ([]byte, error) { return d.append(nil), nil }

func (d Digest) append(b []byte) []byte {
	if !d.Present {
		return append(b, "null"...)
	}
	b = append(b, '"')
	b = hex.AppendEncode(b, d.Sum[:])
	return append(b, '"')
}

// UnmarshalJSON reads what MarshalJSON writes.
func (d *Digest) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*d = Digest{}
		return nil
	}
	if len(b) != 2+2*sha256.Size {
		return errors.New("digest is not 64 hexadecimal digits")
	}
	sum := Digest{Present: true}
	if _, err := hex.Decode(sum.Sum[:], b[1:len(b)-1]); err != nil {
		return fmt.Errorf("digest: %w", err)
	}
	*d = sum
	return nil
}

// Leaf is one entry of the log, in the form that may be published with the
// version that it records: who wrote it, why, and the full document are
// commitments that only an Opening resolves.
type Leaf struct {
	Seq        int64  `json:"seq"`  // from 1; the leaf's index in the tree is Seq-1
	Time       string `json:"time"` // when recorded, in TimeLayout
	Operation  string `json:"operation"`
	Collection string `json:"collection"`
	ID         string `json:"id"`
	Version    int64  `json:"version"`     // of the record, from 1
	PublicFrom string `json:"public_from"` // in TimeLayout; "" (null) when not for the public
	Public     Digest `json:"public"`      // plain SHA-256 of the public feature's bytes
	Doc        Digest `json:"doc"`         // commitment to the canonical document
	Author     Digest `json:"author"`      // commitment
	Reason     Digest `json:"reason"`      // commitment
}

// Text returns the leaf's canonical text: one JSON object without spaces or
// newline, its members in the order of the struct, texts escaped only where
// JSON demands it (quote, backslash, control characters as \u00xx), digests as
// lower-case hex, what is absent as null. Two different leaves never share a
// text.
func (l *Leaf) Text() []byte { return l.append(make([]byte, 0, 640)) }

func (l *Leaf) append(b []byte) []byte {
	b = strconv.AppendInt(append(b, `{"seq":`...), l.Seq, 10)
	b = appendText(append(b, `,"time":`...), l.Time)
	b = appendText(append(b, `,"operation":`...), l.Operation)
	b = appendText(append(b, `,"collection":`...), l.Collection)
	b = appendText(append(b, `,"id":`...), l.ID)
	b = strconv.AppendInt(append(b, `,"version":`...), l.Version, 10)
	b = append(b, `,"public_from":`...)
	if l.PublicFrom == "" {
		b = append(b, "null"...)
	} else {
		b = appendText(b, l.PublicFrom)
	}
	b = l.Public.append(append(b, `,"public":`...))
	b = l.Doc.append(append(b, `,"doc":`...))
	b = l.Author.append(append(b, `,"author":`...))
	b = l.Reason.append(append(b, `,"reason":`...))
	return append(b, '}')
}

// Hash returns the leaf's hash in the tree, SHA-256(0x00 || Text), which is
// tlog.RecordHash of the text.
func (l *Leaf) Hash() tlog.Hash {
	var room [1024]byte
	return sha256.Sum256(l.append(room[:1]))
}

// Check reports the first member that no leaf may have.
func (l *Leaf) Check() error {
	if l.Seq < 1 || l.Seq > MaxSize {
		return fmt.Errorf("leaf seq %d is out of range", l.Seq)
	}
	if l.Version < 1 {
		return fmt.Errorf("leaf %d: version %d is not positive", l.Seq, l.Version)
	}
	for _, f := range [...]struct{ name, value string }{
		{"operation", l.Operation}, {"collection", l.Collection}, {"id", l.ID},
	} {
		if f.value == "" || !utf8.ValidString(f.value) {
			return fmt.Errorf("leaf %d: %s is empty or not UTF-8", l.Seq, f.name)
		}
	}
	if err := checkTime(l.Time); err != nil {
		return fmt.Errorf("leaf %d: time %w", l.Seq, err)
	}
	if l.PublicFrom == "" {
		return nil
	}
	if err := checkTime(l.PublicFrom); err != nil {
		return fmt.Errorf("leaf %d: public_from %w", l.Seq, err)
	}
	return nil
}

// ParseLeaf reads a canonical text. It refuses any other spelling, so that
// ParseLeaf(t).Text() is t.
func ParseLeaf(text []byte) (Leaf, error) {
	var l Leaf
	if err := json.Unmarshal(text, &l); err != nil {
		return Leaf{}, fmt.Errorf("leaf text: %w", err)
	}
	if err := l.Check(); err != nil {
		return Leaf{}, err
	}
	if !bytes.Equal(l.Text(), text) {
		return Leaf{}, fmt.Errorf("leaf %d: its text is not the canonical one", l.Seq)
	}
	return l, nil
}

func checkTime(s string) error {
	t, err := time.Parse(TimeLayout, s)
	if err != nil || t.Format(TimeLayout) != s {
		return fmt.Errorf("%q is not of the form %s", s, TimeLayout)
	}
	return nil
}

// appendText writes a JSON string. Bytes that are not UTF-8 stay as they are,
// so that no two texts are written alike; ParseLeaf refuses them.
func appendText(b []byte, s string) []byte {
	const digits = "0123456789abcdef"
	b = append(b, '"')
	plain := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[plain:i]...)
		if c < 0x20 {
			b = append(b, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		} else {
			b = append(b, '\\', c)
		}
		plain = i + 1
	}
	return append(append(b, s[plain:]...), '"')
}
