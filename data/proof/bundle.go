package proof

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"
)

// BundleFormat names the format of bundles. A bundle carries records out of
// the database together with what proves them: JSON lines, in this spelling,
//
//	{"bundle":"strikewatch-bundle/1","checkpoint":"signed note","about":{...}}
//	{"leaf":"leaf text","path":["base64",...],"feature":"feature text"}
//	...
//	{"items":2}
//
// The feature is written as a JSON string, so that no JSON tool changes a byte
// of it on the way (jq -j .feature | sha256sum gives the leaf's "public"). It
// is left out when the bundle goes beside an export that holds it. "about" is
// free and proves nothing (licence, query). The last line tells a whole bundle
// from one that was cut off.
const BundleFormat = "strikewatch-bundle/1"

// BundleWriter writes a bundle as it goes.
type BundleWriter struct {
	out        *bufio.Writer
	hashes     tlog.HashReader
	checkpoint Checkpoint
	items      int64
	line       []byte
}

// NewBundle begins a bundle against a signed checkpoint of the log whose hashes
// are given. About may be nil, else it is one JSON value.
func NewBundle(w io.Writer, signed []byte, about json.RawMessage, hashes tlog.HashReader) (*BundleWriter, error) {
	c, err := unsigned(signed)
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	head := bundleHead{Checkpoint: string(signed), About: about}
	line, err := head.append(nil)
	if err != nil {
		return nil, err
	}
	b := &BundleWriter{out: bufio.NewWriterSize(w, 1<<16), hashes: hashes, checkpoint: c}
	if _, err := b.out.Write(append(line, '\n')); err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	return b, nil
}

// Add writes one item. A nil feature is left out; any other must be the one
// that the leaf was made of. A leaf younger than the checkpoint is refused.
func (b *BundleWriter) Add(leaf Leaf, feature []byte) error {
	if feature != nil && DigestOf(feature) != leaf.Public {
		return fmt.Errorf("bundle: leaf %d is not of this feature", leaf.Seq)
	}
	path, err := InclusionProof(leaf.Seq, b.checkpoint.Size, b.hashes)
	if err != nil {
		return fmt.Errorf("bundle: %w", err)
	}
	item := bundleItem{Leaf: string(leaf.Text()), Path: path}
	if feature != nil {
		text := string(feature)
		item.Feature = &text
	}
	b.line = append(item.append(b.line[:0]), '\n')
	b.items++
	if _, err := b.out.Write(b.line); err != nil {
		return fmt.Errorf("bundle: %w", err)
	}
	return nil
}

// Close ends the bundle. It does not close the writer beneath.
func (b *BundleWriter) Close() error {
	if _, err := fmt.Fprintf(b.out, `{"items":%d}`+"\n", b.items); err != nil {
		return fmt.Errorf("bundle: %w", err)
	}
	if err := b.out.Flush(); err != nil {
		return fmt.Errorf("bundle: %w", err)
	}
	return nil
}

type bundleHead struct {
	Bundle     string          `json:"bundle"`
	Checkpoint string          `json:"checkpoint"`
	About      json.RawMessage `json:"about,omitempty"`
}

func (h *bundleHead) append(b []byte) ([]byte, error) {
	b = appendText(append(b, `{"bundle":`...), BundleFormat)
	b = appendText(append(b, `,"checkpoint":`...), h.Checkpoint)
	if h.About != nil {
		about, err := json.Marshal(h.About)
		if err != nil {
			return nil, fmt.Errorf("bundle: about: %w", err)
		}
		b = append(append(b, `,"about":`...), about...)
	}
	return append(b, '}'), nil
}

type bundleItem struct {
	Leaf    string           `json:"leaf"`
	Path    tlog.RecordProof `json:"path"`
	Feature *string          `json:"feature"`
	Items   *int64           `json:"items"` // the last line's only member
}

func (i *bundleItem) append(b []byte) []byte {
	if i.Items != nil {
		return append(strconv.AppendInt(append(b, `{"items":`...), *i.Items, 10), '}')
	}
	b = appendText(append(b, `{"leaf":`...), i.Leaf)
	b = append(b, `,"path":[`...)
	for n, h := range i.Path {
		if n > 0 {
			b = append(b, ',')
		}
		b = appendText(b, h.String())
	}
	b = append(b, ']')
	if i.Feature != nil {
		b = appendText(append(b, `,"feature":`...), *i.Feature)
	}
	return append(b, '}')
}

// maxLine bounds a line of a bundle, and with it one feature, in bytes.
const maxLine = 64 << 20

// readLine returns the next line without its end, valid until the next call;
// io.EOF at the end. A last line that does not end is an error.
func readLine(r *bufio.Reader, room []byte) ([]byte, error) {
	room = room[:0]
	for {
		part, err := r.ReadSlice('\n')
		room = append(room, part...)
		switch {
		case err == nil:
			return room[:len(room)-1], nil
		case len(room) > maxLine:
			return nil, fmt.Errorf("line of more than %d bytes", maxLine)
		case errors.Is(err, io.EOF) && len(room) > 0:
			return nil, io.ErrUnexpectedEOF
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		}
	}
}
