package columns

import "fmt"

// GeometryField stands for a row's geometry in IsNull.
const GeometryField = "geometry"

// FieldError says that a filter or an order can not use a field.
type FieldError struct {
	Field   string
	Problem string
	Nearest string // for an unknown field: the known one most like it, or empty
}

func (e *FieldError) Error() string {
	if e.Nearest != "" {
		return fmt.Sprintf("%s %s; did you mean %s?", e.Field, e.Problem, e.Nearest)
	}
	return e.Field + " " + e.Problem
}

// find returns the index of a field.
func (s *Schema) find(name string) (int, error) {
	if i := s.Index(name); i >= 0 {
		return i, nil
	}
	return -1, &FieldError{Field: name, Problem: "is not a property of " + s.Collection, Nearest: s.Nearest(name)}
}

// Nearest is the name of the field most like name, empty when none is.
func (s *Schema) Nearest(name string) string {
	nearest, least := "", len(name)/3+2
	for i := range s.Fields {
		if d := edits(name, s.Fields[i].Name); d < least {
			nearest, least = s.Fields[i].Name, d
		}
	}
	return nearest
}

// edits counts the bytes to insert, delete, change or exchange with the next to
// turn a into b (optimal string alignment).
func edits(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, row[j]+1, last[j+1]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// Fits tells whether a value can stand beside the field's.
func (f *Field) Fits(v Value) error {
	kind := f.Type.kind()
	numbers := (kind == IntValue || kind == RealValue) && (v.Kind == IntValue || v.Kind == RealValue)
	if v.Kind == Null || v.Kind == kind || numbers {
		return nil
	}
	return &FieldError{Field: f.Name, Problem: "is " + f.Type.Noun() + ", not " + v.Kind.Noun()}
}

// Noun names the type in messages.
func (t Type) Noun() string { return t.kind().Noun() }

// Noun names the kind in messages.
func (k ValueKind) Noun() string {
	return [...]string{Null: "null", TextValue: "a text", IntValue: "an integer", RealValue: "a number",
		BoolValue: "true or false", DayValue: "a date", TimeValue: "a timestamp"}[k]
}
