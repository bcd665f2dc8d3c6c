package codec

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"strikewatch/data/columns"
)

// dbfSpool keeps the values of a table as texts with their lengths, until the
// widths of the columns are known.
type dbfSpool struct {
	fields []columns.Field
	file   *spool
	out    *bufio.Writer
	count  int
	widths []int
	points []int // decimals
	cut    []int // texts cut, per field
	line   []byte
	text   []byte
}

const dbfMaxText = 254

func (d *dbfSpool) open(m *Meta) (err error) {
	d.fields = m.Schema.Fields
	d.widths, d.points, d.cut = make([]int, len(d.fields)), make([]int, len(d.fields)), make([]int, len(d.fields))
	for i := range d.fields {
		switch d.fields[i].Type {
		case columns.Int:
			d.widths[i] = 9 // up to that, readers take it for 32 bits
		case columns.Real:
			d.widths[i], d.points[i] = 3, 1
		case columns.Day:
			d.widths[i] = 8
		default:
			d.widths[i] = 1
		}
	}
	if d.file, err = newSpool(m, ".dbf"); err != nil {
		return err
	}
	d.out = bufio.NewWriterSize(d.file, outputBuffer)
	return nil
}

// add spools a row: each value as one byte of length and its text.
func (d *dbfSpool) add(values []columns.Value) error {
	line := d.line[:0]
	for i := range values {
		text := d.format(i, &values[i])
		line = append(append(line, byte(len(text))), text...)
		d.widths[i] = max(d.widths[i], len(text))
	}
	d.line = line
	d.count++
	_, err := d.out.Write(line)
	return err
}

func (d *dbfSpool) format(i int, v *columns.Value) []byte {
	text := d.text[:0]
	switch v.Kind {
	case columns.TextValue:
		short := cutBytes(v.Text, dbfMaxText)
		if len(short) < len(v.Text) {
			d.cut[i]++
		}
		text = append(text, short...)
	case columns.DayValue:
		year, month, day := civil(v.Int)
		if year >= 0 && year <= 9999 {
			text = fmt.Appendf(text, "%04d%02d%02d", year, month, day)
		}
	case columns.BoolValue:
		text = append(text, byte('0'+v.Int))
	case columns.RealValue:
		if text = appendReal(text, v.Real); len(text) > 32 {
			text = strconv.AppendFloat(text[:0], v.Real, 'e', -1, 64)
		} else if at := strings.IndexByte(string(text), '.'); at >= 0 {
			d.points[i] = max(d.points[i], len(text)-at-1)
		}
	default:
		text = appendValue(text, v)
	}
	d.text = text
	return text
}

// cutBytes returns the longest start of s of at most n bytes that ends with a
// whole character.
func cutBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func (d *dbfSpool) recordSize() int {
	size := 1
	for _, w := range d.widths {
		size += w
	}
	return size
}

// check refuses what the format can not hold.
func (d *dbfSpool) check(name string) error {
	if size := int64(d.recordSize()) * int64(d.count); size > shpLimit {
		return fmt.Errorf("%s.dbf would have %d bytes, more than 2 GB: %w", name, size, ErrTooLarge)
	}
	if d.recordSize() > 65535 || 33+32*len(d.fields) > 65535 {
		return fmt.Errorf("%s.dbf has too many fields: %w", name, ErrTooLarge)
	}
	return nil
}

// writeTo writes the table (dBASE III, texts in UTF-8 as the .cpg tells).
func (d *dbfSpool) writeTo(w io.Writer, m *Meta, names []string) error {
	if err := d.out.Flush(); err != nil {
		return err
	}
	if _, err := d.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if _, err := w.Write(d.header(m, names)); err != nil {
		return err
	}
	in := bufio.NewReaderSize(d.file, outputBuffer)
	record := make([]byte, 0, d.recordSize())
	for range d.count {
		record = append(record[:0], ' ')
		for i := range d.fields {
			n, err := in.ReadByte()
			if err != nil {
				return noEnd(err)
			}
			at := len(record)
			if pad := d.widths[i] - int(n); d.rightAligned(i) {
				record = appendSpaces(record, pad)
				at += pad
				record = append(record, make([]byte, n)...)
			} else {
				record = appendSpaces(append(record, make([]byte, n)...), pad)
			}
			if _, err := io.ReadFull(in, record[at:at+int(n)]); err != nil {
				return noEnd(err)
			}
		}
		if _, err := w.Write(record); err != nil {
			return err
		}
	}
	_, err := w.Write([]byte{0x1a})
	return err
}

// noEnd makes an early end of the spool an error that says so.
func noEnd(err error) error {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("temporary file: %w", err)
}

func (d *dbfSpool) rightAligned(i int) bool { return dbfType(d.fields[i].Type) == 'N' }

func appendSpaces(b []byte, n int) []byte {
	for range n {
		b = append(b, ' ')
	}
	return b
}

func dbfType(t columns.Type) byte {
	switch t {
	case columns.Int, columns.Real, columns.Bool:
		return 'N'
	case columns.Day:
		return 'D'
	}
	return 'C'
}

func (d *dbfSpool) header(m *Meta, names []string) []byte {
	b := []byte{3, 70, 1, 1}
	if !m.Generated.IsZero() {
		day := m.Generated.UTC()
		b = []byte{3, byte(day.Year() - 1900), byte(day.Month()), byte(day.Day())}
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(d.count))
	b = binary.LittleEndian.AppendUint16(b, uint16(33+32*len(d.fields)))
	b = binary.LittleEndian.AppendUint16(b, uint16(d.recordSize()))
	b = append(b, make([]byte, 20)...)
	for i := range d.fields {
		var field [32]byte
		copy(field[:11], names[i])
		field[11] = dbfType(d.fields[i].Type)
		field[16], field[17] = byte(d.widths[i]), byte(d.points[i])
		b = append(b, field[:]...)
	}
	return append(b, 0x0d)
}
