package codec

import (
	"bufio"
	"io"
)

// lines writes one feature per line, each after prefix. There is no place for
// metadata in either variant: [Meta.JSON] is to travel beside the file.
// Memory is one buffer.
type lines struct {
	out    *bufio.Writer
	prefix string
}

// openLines writes newline-delimited GeoJSON.
func openLines(w io.Writer, _ *Meta) (encoder, error) {
	return &lines{out: bufio.NewWriterSize(w, outputBuffer)}, nil
}

// openSequence writes a GeoJSON text sequence (RFC 8142): each feature after
// a record separator.
func openSequence(w io.Writer, _ *Meta) (encoder, error) {
	return &lines{out: bufio.NewWriterSize(w, outputBuffer), prefix: "\x1e"}, nil
}

func (l *lines) feature(b []byte) error {
	b, err := plainFeature(b)
	if err != nil {
		return err
	}
	l.out.WriteString(l.prefix)
	l.out.Write(b)
	return l.out.WriteByte('\n')
}

func (l *lines) end() error     { return l.out.Flush() }
func (l *lines) discard() error { return nil }
