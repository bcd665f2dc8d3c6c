package codec

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// outputBuffer is large enough that the cost of a write to a socket or file
// vanishes beside the copy.
const outputBuffer = 256 << 10

// geoJSON writes a FeatureCollection (RFC 7946). Features are copied as they
// are; memory is one buffer.
type geoJSON struct {
	out  *bufio.Writer
	tail func() ([]Member, error)
	any  bool
}

func openGeoJSON(w io.Writer, m *Meta) (encoder, error) {
	head := m.Head
	if head == nil {
		about, err := m.JSON()
		if err != nil {
			return nil, err
		}
		head = []Member{{"metadata", about}}
	}
	g := &geoJSON{out: bufio.NewWriterSize(w, outputBuffer), tail: m.Tail}
	g.out.WriteString(`{"type":"FeatureCollection"`)
	if err := writeMembers(g.out, head); err != nil {
		return nil, err
	}
	_, err := g.out.WriteString(`,"features":[`)
	return g, err
}

func (g *geoJSON) feature(b []byte) error {
	b, err := plainFeature(b)
	if err != nil {
		return err
	}
	separator := ",\n"
	if !g.any {
		g.any, separator = true, "\n"
	}
	if _, err := g.out.WriteString(separator); err != nil {
		return err
	}
	_, err = g.out.Write(b)
	return err
}

func (g *geoJSON) end() error {
	if _, err := g.out.WriteString("\n]"); err != nil {
		return err
	}
	if g.tail != nil {
		members, err := g.tail()
		if err != nil {
			return err
		}
		if err := writeMembers(g.out, members); err != nil {
			return err
		}
	}
	if _, err := g.out.WriteString("}\n"); err != nil {
		return err
	}
	return g.out.Flush()
}

func (g *geoJSON) discard() error { return nil }

func writeMembers(out *bufio.Writer, members []Member) error {
	for _, m := range members {
		name, err := json.Marshal(m.Name)
		if err != nil {
			return fmt.Errorf("member %q: %w", m.Name, err)
		}
		if !json.Valid(m.Value) {
			return fmt.Errorf("member %q is not JSON", m.Name)
		}
		out.WriteByte(',')
		out.Write(name)
		out.WriteByte(':')
		if _, err := out.Write(m.Value); err != nil {
			return err
		}
	}
	return nil
}

var errNotFeature = errors.New("not a GeoJSON Feature")

// plainFeature returns b when it has the frame of a stored feature on one
// line, without reading all of it: stored features were validated when they
// were written. Anything else is parsed, and returned compacted.
func plainFeature(b []byte) ([]byte, error) {
	if bytes.HasPrefix(b, []byte(`{"type":"Feature",`)) && bytes.HasSuffix(b, []byte("}}")) && bytes.IndexByte(b, '\n') < 0 {
		return b, nil
	}
	var f struct{ Type string }
	if err := json.Unmarshal(b, &f); err != nil {
		return nil, badFeature{err}
	}
	if f.Type != "Feature" {
		return nil, badFeature{errNotFeature}
	}
	var flat bytes.Buffer
	if err := json.Compact(&flat, b); err != nil {
		return nil, badFeature{err}
	}
	return flat.Bytes(), nil
}

// featureID reads the id for an error message; empty when there is none.
func featureID(b []byte) string {
	var f struct{ ID json.RawMessage }
	if json.Unmarshal(b, &f) == nil {
		return string(bytes.Trim(f.ID, `"`))
	}
	_, after, found := bytes.Cut(b, []byte(`"id":"`))
	id, _, closed := bytes.Cut(after, []byte(`"`))
	if !found || !closed || len(id) > 128 {
		return ""
	}
	return string(id)
}
