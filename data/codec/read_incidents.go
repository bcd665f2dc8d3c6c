package codec

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"reflect"
	"strconv"
	"strings"

	"strikewatch/data"
)

// ReadIncidents reads incidents from CSV (RFC 4180, UTF-8, a BOM is skipped)
// whose header names fields of the incident document, in any order: id, kind,
// date_start, ... as `strikewatch export --format csv` names them. An empty
// cell is not known; the guard of texts that a spreadsheet would run is
// undone (UnguardText). The columns that the export derives are ignored; a column
// that no incident has is an error, so that nothing is lost in silence. A cell
// that can not be read is a *data.InvalidError with its line and column.
func ReadIncidents(r io.Reader) iter.Seq2[*data.Incident, error] {
	return func(yield func(*data.Incident, error) bool) {
		rows := csv.NewReader(r)
		rows.ReuseRecord = true
		header, err := rows.Read()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = &data.InvalidError{Field: "header", Problem: "is missing", Hint: "the first line names the columns"}
			}
			yield(nil, err)
			return
		}
		setters, err := incidentSetters(header)
		if err != nil {
			yield(nil, err)
			return
		}
		for {
			cells, err := rows.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			line, _ := rows.FieldPos(0)
			var incident *data.Incident
			if err == nil {
				incident, err = setters.read(cells, line)
			}
			if !yield(incident, err) || err != nil {
				return
			}
		}
	}
}

// setter puts a cell's text into one field.
type setter struct {
	column string
	index  []int
	set    func(v reflect.Value, text string) error
}

type setters []setter

func (all setters) read(cells []string, line int) (*data.Incident, error) {
	incident := &data.Incident{}
	v := reflect.ValueOf(incident).Elem()
	for i, s := range all {
		if s.set == nil || cells[i] == "" {
			continue
		}
		if err := s.set(v.FieldByIndex(s.index), cells[i]); err != nil {
			return nil, &data.InvalidError{Field: s.column, Problem: fmt.Sprintf("is %q: %v", cells[i], err), Hint: "leave it empty when it is not known", Row: line}
		}
	}
	if incident.DateEnd == "" {
		incident.DateEnd = incident.DateStart
	}
	if incident.DatePrecision == "" {
		incident.DatePrecision = "day"
	}
	return incident, nil
}

func incidentSetters(header []string) (setters, error) {
	fields := map[string]reflect.StructField{}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[data.Incident]()) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			fields[name] = f
		}
	}
	all := make(setters, len(header))
	for i, name := range header {
		name = strings.TrimSpace(strings.TrimPrefix(name, "\ufeff"))
		all[i].column = name
		f, ok := fields[name]
		if !ok {
			if derivedColumns[name] {
				continue
			}
			return nil, &data.InvalidError{Field: name, Problem: "is no column of incidents", Hint: "rename it or take it out; the columns are those of the CSV export", Row: 1}
		}
		all[i].index = f.Index
		switch {
		case f.Type.Kind() == reflect.String:
			all[i].set = func(v reflect.Value, text string) error { v.SetString(strings.Clone(UnguardText(text))); return nil }
		case f.Type == reflect.TypeFor[*int64]():
			all[i].set = func(v reflect.Value, text string) error {
				n, err := strconv.ParseInt(text, 10, 64)
				if err != nil {
					return errors.New("no whole number")
				}
				v.Set(reflect.ValueOf(&n))
				return nil
			}
		case f.Type == reflect.TypeFor[*float64]():
			all[i].set = func(v reflect.Value, text string) error {
				n, err := strconv.ParseFloat(text, 64)
				if err != nil {
					return errors.New("no number")
				}
				v.Set(reflect.ValueOf(&n))
				return nil
			}
		case f.Type.Kind() == reflect.Bool:
			all[i].set = func(v reflect.Value, text string) error {
				b, err := strconv.ParseBool(text)
				if err != nil {
					return errors.New("neither true nor false")
				}
				v.SetBool(b)
				return nil
			}
		default:
			return nil, &data.InvalidError{Field: name, Problem: "can not come as a column", Hint: "take it out", Row: 1}
		}
	}
	return all, nil
}

// derivedColumns are of the export's columns those that the store works out.
var derivedColumns = map[string]bool{
	"date_earliest": true, "date_latest": true, "held_by": true, "held_certainty": true, "held_shares": true, "held_records": true,
	"border": true, "border_km": true, "border_km_min": true, "border_km_max": true, "border_distances": true,
	"sources": true, "version": true, "recorded_at": true, "certainty": true,
}
