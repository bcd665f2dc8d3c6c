package starter

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"strikewatch/data"
)

// record is one row of a CSV file, read by column name.
type record struct {
	file   string
	row    int // in the file, the header being 1
	values map[string]string
	err    *error // the first failure in the file
}

// readTable calls each for every row and returns the first error, which names
// the file, the row and the column.
func readTable(file string, each func(r record) error) error {
	f, err := files.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if len(rows) == 0 {
		return fmt.Errorf("%s is empty", file)
	}
	var failed error
	for n, cells := range rows[1:] {
		r := record{file, n + 2, map[string]string{}, &failed}
		for i, name := range rows[0] {
			r.values[name] = cells[i]
		}
		if err := each(r); err != nil && failed == nil {
			failed = err
		}
		if failed != nil {
			return fmt.Errorf("%s row %d: %w", file, n+2, failed)
		}
	}
	return nil
}

func (r record) text(column string) string {
	v, ok := r.values[column]
	if !ok {
		r.fail(column, "is missing", "the file needs this column")
	}
	return strings.TrimSpace(v)
}

func (r record) count(column string) *int64 {
	text := r.text(column)
	if text == "" {
		return nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		r.fail(column, `is "`+text+`", which is no whole number`, "leave it empty when it is not known")
	}
	return &n
}

func (r record) number(column string) *float64 {
	text := r.text(column)
	if text == "" {
		return nil
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		r.fail(column, `is "`+text+`", which is no number`, "leave it empty when it is not known")
	}
	return &n
}

// degrees is a coordinate that must be there.
func (r record) degrees(column string) float64 {
	if n := r.number(column); n != nil {
		return *n
	}
	r.fail(column, "is empty", "give degrees, WGS 84")
	return 0
}

func (r record) list(column string) []string {
	var all []string
	for part := range strings.SplitSeq(r.text(column), "|") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

func (r record) fail(column, problem, hint string) {
	if *r.err == nil {
		*r.err = &data.InvalidError{Field: column, Problem: problem, Hint: hint}
	}
}
