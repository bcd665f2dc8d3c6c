package codec

import (
	"bufio"
	"fmt"
	"io"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
)

const csvLimits = "texts that a spreadsheet would run as a formula carry a leading apostrophe; metadata stands in a file beside it"

// csvWriter writes UTF-8 CSV (RFC 4180: comma, CRLF, quotes doubled) without
// a byte order mark: the header of field names, an optional row of HXL
// hashtags, then one line per feature. A collection of points ends each line
// with lon and lat, any other with its geometry as WKT, one without geometry
// with neither. Null is an empty field, an empty text is a quoted empty field
// (""), as PostgreSQL's COPY reads it.
//
// Spreadsheets run a text that begins with = + - @ tab or carriage return as
// a formula. Such a text gets an apostrophe in front, and so does a text that
// already has apostrophes before such a character, so that the step can be
// undone exactly: see [UnguardText]. Numbers and dates are never touched.
//
// Memory is one buffer and one line.
type csvWriter struct {
	out      *bufio.Writer
	rows     reader
	geometry geometryColumns
	line     []byte
}

func openCSV(w io.Writer, m *Meta) (encoder, error) {
	c := &csvWriter{
		out:      bufio.NewWriterSize(w, outputBuffer),
		rows:     reader{schema: m.Schema},
		geometry: geometryColumnsOf(m.Schema),
	}
	names := make([]string, 0, len(m.Schema.Fields)+2)
	for i := range m.Schema.Fields {
		names = append(names, m.Schema.Fields[i].Name)
	}
	names = append(names, c.geometry.names()...)
	if err := c.header(names); err != nil || !m.HXL {
		return c, err
	}
	return c, c.header(hxlTags(m.Schema, c.geometry))
}

func (c *csvWriter) header(cells []string) error {
	c.line = c.line[:0]
	for i, s := range cells {
		if i > 0 {
			c.line = append(c.line, ',')
		}
		c.line = appendQuoted(c.line, s)
	}
	_, err := c.out.Write(append(c.line, "\r\n"...))
	return err
}

func (c *csvWriter) feature(b []byte) error {
	r, err := c.rows.read(b)
	if err != nil {
		return err
	}
	line := c.line[:0]
	for i := range r.Values {
		if i > 0 {
			line = append(line, ',')
		}
		if v := &r.Values[i]; v.Kind == columns.TextValue {
			line = appendTextCell(line, v.Text)
		} else {
			line = appendValue(line, v)
		}
	}
	if line, err = c.appendGeometry(line, r.Geometry); err != nil {
		return badFeature{err}
	}
	c.line = append(line, "\r\n"...)
	_, err = c.out.Write(c.line)
	return err
}

func (c *csvWriter) appendGeometry(line []byte, g orb.Geometry) ([]byte, error) {
	switch c.geometry {
	case lonLat:
		line = append(line, ',')
		if g == nil {
			return append(line, ','), nil
		}
		p, ok := g.(orb.Point)
		if !ok {
			return line, fmt.Errorf("a %s in a collection of points", g.GeoJSONType())
		}
		line = append(appendReal(line, p[0]), ',')
		return appendReal(line, p[1]), nil
	case wellKnownText:
		if g == nil {
			return append(line, ','), nil
		}
		line, err := appendWKT(append(line, `,"`...), g)
		return append(line, '"'), err
	}
	return line, nil
}

func (c *csvWriter) end() error     { return c.out.Flush() }
func (c *csvWriter) discard() error { return nil }

// appendTextCell writes s as a CSV field, guarded against being run.
func appendTextCell(dst []byte, s string) []byte {
	if s == "" {
		return append(dst, `""`...)
	}
	if runs(s) {
		return append(appendEscaped(append(dst, `"'`...), s), '"')
	}
	return appendQuoted(dst, s)
}

// appendQuoted writes s as a CSV field, in quotes when it needs them.
func appendQuoted(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ',', '"', '\r', '\n', ';', '\t', ' ':
			// The last three need no quotes by RFC 4180; they keep a field whole
			// where a reader guesses the separator or trims spaces.
			return append(appendEscaped(append(dst, '"'), s), '"')
		}
	}
	return append(dst, s...)
}

func appendEscaped(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if s[i] == '"' {
			dst = append(dst, '"')
		}
		dst = append(dst, s[i])
	}
	return dst
}

// runs reports whether a spreadsheet could take s for a formula, with or
// without apostrophes before it.
func runs(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\'':
			continue
		case '=', '+', '-', '@', '\t', '\r':
			return true
		}
		return false
	}
	return false
}

// UnguardText undoes what the CSV writer did to a text that a spreadsheet
// would run: it takes away one apostrophe that stands, alone or with others,
// before = + - @ tab or carriage return.
func UnguardText(s string) string {
	if len(s) > 0 && s[0] == '\'' && runs(s) {
		return s[1:]
	}
	return s
}
