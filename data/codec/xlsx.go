package codec

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/klauspost/compress/flate"
)

// ErrTooLarge is wrapped by errors for results that a format can not hold.
var ErrTooLarge = errors.New("too large for this format")

// Limits of Excel 2007 and later.
const (
	xlsxMaxRows = 1_048_575 // below the header
	xlsxMaxText = 32_767    // UTF-16 units in a cell
)

const xlsxLimits = "1,048,575 rows; texts are cut after 32,767 characters, and geometries longer than that left out; integers above 2^53 are rounded"

// xlsx writes an Excel workbook (ECMA-376): a sheet of typed cells under a
// frozen header with a filter, a sheet of field descriptions with the codes,
// and a sheet of provenance that also tells what was cut. Points get the
// columns lon and lat, other geometries one of WKT. Null is no cell, an empty
// text an empty cell. Days are dates; those before 1900-03-01, which Excel's
// calendar gets wrong, are texts. Times are UTC, to the millisecond when Excel
// shows them.
//
// With Meta.Rows known it streams, and a result above the row limit is refused
// by NewWriter. Otherwise it is built in TempDir, and the row above the limit
// fails, so that nothing is ever half written. Both give ErrTooLarge. Memory is
// one buffer, one line and the compressor.
type xlsx struct {
	w        io.Writer
	meta     *Meta
	rows     reader
	file     *spool // nil when streaming
	out      *bufio.Writer
	archive  *zip.Writer
	sheet    io.Writer
	geometry geometryColumns
	letters  []string
	count    int
	limit    int // of rows
	line     []byte
	shape    []byte
	cut      int // texts cut
	dropped  int // geometries left out
}

func openXLSX(w io.Writer, m *Meta) (encoder, error) { return openXLSXLimit(w, m, xlsxMaxRows) }

func openXLSXLimit(w io.Writer, m *Meta, limit int) (encoder, error) {
	if m.Rows > int64(limit) {
		return nil, fmt.Errorf("%d rows, but a sheet holds %d: %w", m.Rows, limit, ErrTooLarge)
	}
	x := &xlsx{w: w, meta: m, rows: reader{schema: m.Schema}, geometry: geometryColumnsOf(m.Schema), limit: limit}
	if m.Rows == 0 {
		var err error
		if x.file, err = newSpool(m, ".xlsx"); err != nil {
			return nil, err
		}
		w = x.file
	}
	x.out = bufio.NewWriterSize(w, outputBuffer)
	x.archive = zip.NewWriter(x.out)
	x.archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for i := range len(m.Schema.Fields) + len(x.geometry.names()) {
		x.letters = append(x.letters, columnLetters(i))
	}
	if err := x.begin(); err != nil {
		return nil, errors.Join(err, x.discard())
	}
	return x, nil
}

func (x *xlsx) begin() error {
	if err := x.part("[Content_Types].xml", xlsxContentTypes); err != nil {
		return err
	}
	if err := x.part("_rels/.rels", xlsxRootRelations); err != nil {
		return err
	}
	if err := x.part("xl/styles.xml", xlsxStyles); err != nil {
		return err
	}
	var err error
	if x.sheet, err = x.archive.Create("xl/worksheets/sheet1.xml"); err != nil {
		return err
	}
	names, widths := make([]string, 0, len(x.letters)), make([]int, 0, len(x.letters))
	for i := range x.meta.Schema.Fields {
		f := &x.meta.Schema.Fields[i]
		names, widths = append(names, f.Name), append(widths, xlsxWidth(f))
	}
	for range x.geometry.names() {
		widths = append(widths, 12)
	}
	x.line = appendSheetHead(x.line[:0], widths)
	x.line = append(x.line, `<row r="1">`...)
	for i, name := range append(names, x.geometry.names()...) {
		x.line = x.appendText(x.line, x.letters[i]+"1", name, xlsxHeader)
	}
	_, err = x.sheet.Write(append(x.line, "</row>"...))
	return err
}

func (x *xlsx) feature(b []byte) error {
	r, err := x.rows.read(b)
	if err != nil {
		return err
	}
	if x.count == x.limit {
		return fmt.Errorf("more than %d rows: %w", x.limit, ErrTooLarge)
	}
	x.count++
	var digits [20]byte
	row := strconv.AppendInt(digits[:0], int64(x.count+1), 10)
	line := append(append(append(x.line[:0], `<row r="`...), row...), `">`...)
	for i := range r.Values {
		line = x.appendCell(line, x.letters[i], row, &r.Values[i])
	}
	if line, err = x.appendGeometry(line, row, r.Geometry); err != nil {
		return badFeature{err}
	}
	x.line = append(line, "</row>"...)
	_, err = x.sheet.Write(x.line)
	return err
}

func (x *xlsx) end() error {
	area := fmt.Sprintf("A1:%s%d", x.letters[len(x.letters)-1], x.count+1)
	if _, err := io.WriteString(x.sheet, `</sheetData><autoFilter ref="`+area+`"/></worksheet>`); err != nil {
		return err
	}
	if err := x.describe(); err != nil {
		return err
	}
	if err := x.archive.Close(); err != nil {
		return err
	}
	if err := x.out.Flush(); err != nil || x.file == nil {
		return err
	}
	return x.file.copyTo(x.w)
}

func (x *xlsx) discard() error { return x.file.remove() }

func (x *xlsx) part(name, text string) error {
	w, err := x.archive.Create(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text)
	return err
}
