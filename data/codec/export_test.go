package codec

import "io"

// NewFGBWriter is the FlatGeobuf writer with a bound of the test's choosing.
func NewFGBWriter(w io.Writer, m Meta, bound int) (Writer, error) {
	e, err := openFGBBound(w, &m, bound)
	return &writer{format: "fgb", encoder: e}, err
}

// HilbertIndex is the place of a cell on the curve.
var HilbertIndex = hilbertIndex

// NewXLSXWriter is the workbook writer with a row limit of the test's choosing.
func NewXLSXWriter(w io.Writer, m Meta, limit int) (Writer, error) {
	e, err := openXLSXLimit(w, &m, limit)
	return &writer{format: "xlsx", encoder: e}, err
}
