package data

import (
	"github.com/paulmach/orb"

	"strikewatch/data/columns"
	"strikewatch/geo"
)

// stamp is what the log knows of a version: shown with every record.
type stamp struct {
	Version    int64
	RecordedAt string
}

// field ties an entry of the field dictionary to where its value comes from,
// so that what is documented and what is written can not drift apart.
type field[V any] struct {
	columns.Field
	value func(V) columns.Value
}

// kindOfView encodes one collection's documents.
type viewOf[V any] struct {
	schema columns.Schema
	fields []field[V]
}

func newView[V any](schema columns.Schema, fields []field[V]) viewOf[V] {
	for _, f := range fields {
		schema.Fields = append(schema.Fields, f.Field)
	}
	return viewOf[V]{schema: schema, fields: fields}
}

func (w viewOf[V]) feature(dst []byte, id string, g orb.Geometry, v V) []byte {
	values := make([]columns.Value, len(w.fields))
	for i, f := range w.fields {
		values[i] = f.value(v)
	}
	return columns.AppendFeature(dst, &w.schema, id, g, values)
}

// with adds what the dictionary says beyond name and type.
func (f field[V]) with(change func(*columns.Field)) field[V] {
	change(&f.Field)
	return f
}

func (f field[V]) codes(codes []columns.Code) field[V] {
	return f.with(func(c *columns.Field) { c.Codes = codes })
}

func (f field[V]) unit(unit string) field[V] {
	return f.with(func(c *columns.Field) { c.Unit = unit })
}

func (f field[V]) list() field[V]   { return f.with(func(c *columns.Field) { c.List = true }) }
func (f field[V]) long() field[V]   { return f.with(func(c *columns.Field) { c.Long = true }) }
func (f field[V]) unique() field[V] { return f.with(func(c *columns.Field) { c.Unique = true }) }

func textField[V any](name, title, description string, value func(V) string) field[V] {
	return field[V]{columns.Field{Name: name, Type: columns.Text, Title: title, Description: description},
		func(v V) columns.Value { return textValue(value(v)) }}
}

func dayField[V any](name, title, description string, value func(V) string) field[V] {
	return field[V]{columns.Field{Name: name, Type: columns.Day, Title: title, Description: description},
		func(v V) columns.Value {
			d, err := geo.ParseDay(value(v))
			if err != nil {
				return columns.Value{}
			}
			return columns.Value{Kind: columns.DayValue, Int: int64(d)}
		}}
}

func intField[V any](name, title, description string, value func(V) *int64) field[V] {
	return field[V]{columns.Field{Name: name, Type: columns.Int, Title: title, Description: description},
		func(v V) columns.Value {
			if n := value(v); n != nil {
				return columns.Value{Kind: columns.IntValue, Int: *n}
			}
			return columns.Value{}
		}}
}

func realField[V any](name, title, description string, value func(V) *float64) field[V] {
	return field[V]{columns.Field{Name: name, Type: columns.Real, Title: title, Description: description},
		func(v V) columns.Value {
			if n := value(v); n != nil {
				return columns.Value{Kind: columns.RealValue, Real: *n}
			}
			return columns.Value{}
		}}
}

func boolField[V any](name, title, description string, value func(V) bool) field[V] {
	return field[V]{columns.Field{Name: name, Type: columns.Bool, Title: title, Description: description},
		func(v V) columns.Value {
			b := columns.Value{Kind: columns.BoolValue}
			if value(v) {
				b.Int = 1
			}
			return b
		}}
}

// stampFields close every collection's dictionary.
func stampFields[V any](of func(V) stamp) []field[V] {
	return []field[V]{
		intField("version", "Version", "Counts the record's versions from 1", func(v V) *int64 { n := of(v).Version; return &n }),
		{columns.Field{Name: "recorded_at", Type: columns.Time, Title: "Recorded at", Description: "When this version was recorded, UTC"},
			func(v V) columns.Value {
				t, err := parseTime("recorded_at", of(v).RecordedAt)
				if err != nil {
					return columns.Value{}
				}
				return columns.Value{Kind: columns.TimeValue, Int: t.UnixMicro()}
			}},
	}
}

// textValue turns an empty text into null: nobody said anything.
func textValue(s string) columns.Value {
	if s == "" {
		return columns.Value{}
	}
	return columns.Value{Kind: columns.TextValue, Text: s}
}
