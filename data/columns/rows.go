package columns

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
)

// Rows are the matches of a query, to be read from memory alone.
type Rows struct {
	plan   *plan
	fields []int // of the schema, in the order of a record's values
	texts  []texts
	names  [][]string // by field and code; nil where texts hardly repeat
	near   []distance // of the row at hand
	text   []byte
}

// Holds tells whether memory holds the geometry and all of the named fields,
// so that [Table.Rows] can give them.
func (t *Table) Holds(fields []string) bool {
	if !t.layout.points && t.layout.schema.Geometry != "" {
		return false
	}
	return !slices.ContainsFunc(fields, func(name string) bool {
		i := t.layout.schema.Index(name)
		return i < 0 || t.layout.prose(i) && i != t.layout.distances
	})
}

// repeating is the most texts of a field that are kept as strings: above
// that it is names and ids, each read once.
const repeating = 1 << 14

// Rows finds what matches a query; fields are some that the table holds. What
// it gives stays the same whatever is written later.
func (t *Table) Rows(q Query, fields []string) (*Rows, error) {
	p, err := t.plan(q)
	if err != nil {
		return nil, err
	}
	r := &Rows{plan: p, texts: make([]texts, len(fields)), names: make([][]string, len(fields))}
	for n, name := range fields {
		i, err := t.layout.schema.find(name)
		if err != nil {
			return nil, err
		}
		r.fields = append(r.fields, i)
		if d := t.layout.texts[i]; d != nil {
			r.texts[n] = d.texts()
			if r.texts[n].len() <= repeating {
				r.names[n] = make([]string, r.texts[n].len())
			}
		}
	}
	return r, nil
}

// Each visits the rows in the order of writing. The record holds the fields
// asked for, in that order, and is valid during the visit only; its ID is
// empty.
func (r *Rows) Each(visit func(*Record) error) error {
	record := &Record{Values: make([]Value, len(r.fields))}
	for _, run := range r.plan.content.runs {
		found := r.plan.search(run)
		if found.total == 0 {
			continue
		}
		for _, place := range run.order {
			at, row := placed(place)
			if !found.rows[at].has(row) {
				continue
			}
			r.read(run.blocks[at], row, record)
			if err := visit(record); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *Rows) read(b *block, row int, into *Record) {
	into.Geometry = nil
	if west := b.lane(laneWest).value(row); west != null {
		into.Geometry = orb.Point{degrees(west), degrees(b.lane(laneSouth).value(row))}
	}
	for n, field := range r.fields {
		into.Values[n] = r.value(b, row, n, field)
	}
}

// degrees is the number that was written with 7 decimals.
func degrees(units int64) float64 { return float64(units) / unitsPerDegree }

func (r *Rows) value(b *block, row, n, field int) Value {
	l := b.lane(r.plan.lane(field))
	v := l.value(row)
	if v == null {
		return Value{}
	}
	if field == r.plan.distances {
		return Value{Kind: TextValue, Text: r.distances(b, row)}
	}
	switch kind := r.plan.schema.Fields[field].Type.kind(); kind {
	case TextValue:
		return Value{Kind: TextValue, Text: r.textOf(n, int(v))}
	case RealValue:
		return Value{Kind: RealValue, Real: l.real(v)}
	default:
		return Value{Kind: kind, Int: v}
	}
}

func (r *Rows) textOf(n, code int) string {
	if r.names[n] == nil {
		return string(r.texts[n].at(code))
	}
	if r.names[n][code] == "" {
		r.names[n][code] = string(r.texts[n].at(code))
	}
	return r.names[n][code]
}

// distances writes the distances as the feature has them, nearest first; of
// equal ones the border whose code comes first.
func (r *Rows) distances(b *block, row int) string {
	r.near = r.near[:0]
	for border := range r.plan.content.borders.len() {
		l := b.lane(r.plan.firstBorder() + border)
		if v := l.value(row); v != null {
			r.near = append(r.near, distance{border, l.real(v)})
		}
	}
	codes := r.plan.content.borders
	slices.SortFunc(r.near, func(a, b distance) int {
		return cmp.Or(cmp.Compare(a.km, b.km), slices.Compare(codes.at(a.border), codes.at(b.border)))
	})
	r.text = r.text[:0]
	for i, d := range r.near {
		if i > 0 {
			r.text = append(r.text, ',')
		}
		r.text = append(append(r.text, codes.at(d.border)...), ':')
		r.text = strconv.AppendFloat(r.text, d.km, 'f', -1, 64)
	}
	return string(r.text)
}

// Only is the schema with some of its fields, in its own order. Names that it
// does not know are left out.
func (s *Schema) Only(names []string) *Schema {
	few := *s
	few.Fields = nil
	for _, f := range s.Fields {
		if slices.Contains(names, f.Name) {
			few.Fields = append(few.Fields, f)
		}
	}
	return &few
}
