package cql2

import (
	"cmp"
	"strings"

	"strikewatch/data/columns"
)

var operators = map[string]columns.Op{
	"=": columns.Equal, "<>": columns.NotEqual, "<": columns.Less,
	"<=": columns.LessEqual, ">": columns.Greater, ">=": columns.GreaterEqual,
}

// mirrored is the operator with its sides exchanged.
var mirrored = map[columns.Op]columns.Op{
	columns.Equal: columns.Equal, columns.NotEqual: columns.NotEqual, columns.Less: columns.Greater,
	columns.LessEqual: columns.GreaterEqual, columns.Greater: columns.Less, columns.GreaterEqual: columns.LessEqual,
}

// unfold takes CASEI off.
func unfold(t *term) (*term, bool) {
	fold := false
	for t.kind == operation && t.op == "casei" && len(t.args) == 1 {
		t, fold = t.args[0], true
	}
	return t, fold
}

// scalar checks that a term can be compared by =, < and the like.
func scalar(t *term) error {
	switch {
	case t.kind == property || t.kind == literal:
		return nil
	case t.kind == operation && t.op == "accenti":
		return t.wrong("leave it out, or use LIKE with _ for a letter", "ACCENTI is not supported")
	case t.kind == operation && t.op == "casei":
		return t.wrong("", "CASEI takes one text")
	case t.kind == operation && operators[t.op] == 0 && t.op != "=" && t.op != "and" && t.op != "or" && t.op != "not":
		return t.unknown()
	}
	return t.wrong("", "%s can not be compared so", t.noun())
}

func (r *Reader) comparison(t *term) (columns.Expr, error) {
	if err := t.count(2); err != nil {
		return nil, err
	}
	op := operators[t.op]
	left, foldLeft := unfold(t.args[0])
	right, foldRight := unfold(t.args[1])
	for _, side := range []*term{left, right} {
		if err := scalar(side); err != nil {
			return nil, err
		}
	}
	fold := foldLeft || foldRight
	switch {
	case left.kind == property && right.kind == property:
		return r.compareProperties(t, left, op, right, fold)
	case left.kind == property:
		return r.compareValue(left, op, right, fold)
	case right.kind == property:
		return r.compareValue(right, mirrored[op], left, fold)
	}
	return compareLiterals(t, left.value, op, right.value, fold)
}

func (r *Reader) compareProperties(t, left *term, op columns.Op, right *term, fold bool) (columns.Expr, error) {
	a, err := r.field(left)
	if err != nil {
		return nil, err
	}
	b, err := r.field(right)
	if err != nil {
		return nil, err
	}
	if a.Type != b.Type && !(isNumber(a.Type) && isNumber(b.Type)) {
		return nil, t.wrong("", "%s and %s are of different types", a.Name, b.Name)
	}
	if fold && a.Type != columns.Text {
		return nil, t.wrong("", "CASEI is for texts")
	}
	if a.Long || b.Long {
		return nil, t.wrong("compare it with a text", "long texts can not be compared with each other")
	}
	return columns.CompareFields{Left: a.Name, Op: op, Right: b.Name, Fold: fold}, nil
}

func isNumber(t columns.Type) bool { return t == columns.Int || t == columns.Real }

// compareValue compares a property with a literal.
func (r *Reader) compareValue(p *term, op columns.Op, with *term, fold bool) (columns.Expr, error) {
	f, err := r.field(p)
	if err != nil {
		return nil, err
	}
	v, err := fit(f, with)
	if err != nil {
		return nil, err
	}
	if fold && f.Type != columns.Text {
		return nil, p.wrong("", "CASEI is for texts; %s is not one", f.Name)
	}
	if f.Type == columns.Time && v.Kind == columns.DayValue {
		return compareDay(f, op, v), nil
	}
	return columns.Compare{Field: f.Name, Op: op, Value: v, Fold: fold}, nil
}

// compareDay compares a timestamp with a whole day.
func compareDay(f *columns.Field, op columns.Op, day columns.Value) columns.Expr {
	is := func(relation columns.TemporalRelation) columns.Expr {
		return columns.Temporal{Relation: relation,
			Left:  columns.Period{Instant: true, Start: columns.Moment{Field: f.Name}},
			Right: columns.Period{Instant: true, Start: columns.Moment{Value: day}}}
	}
	switch op {
	case columns.Equal:
		return is(columns.TIntersects)
	case columns.NotEqual:
		return is(columns.TDisjoint)
	case columns.Less:
		return is(columns.TBefore)
	case columns.GreaterEqual:
		return columns.Not{Expr: is(columns.TBefore)}
	case columns.Greater:
		return is(columns.TAfter)
	}
	return columns.Not{Expr: is(columns.TAfter)}
}

// fit makes a literal one of the field's type, or says why it is not.
func fit(f *columns.Field, t *term) (columns.Value, error) {
	if err := scalar(t); err != nil {
		return columns.Value{}, err
	}
	if t.kind != literal {
		return columns.Value{}, t.wrong("", "a value is expected, not %s", t.noun())
	}
	v := t.value
	dated := f.Type == columns.Day || f.Type == columns.Time
	if dated && v.Kind == columns.TextValue {
		at, ok := instant(v.Text)
		if !ok {
			return v, t.wrong("write DATE('2024-11-01')", "'%s' is not a date, as %s is", v.Text, f.Name)
		}
		v = at
	}
	instantValue := v.Kind == columns.DayValue || v.Kind == columns.TimeValue
	switch {
	case dated && instantValue:
		if f.Type == columns.Day && v.Kind == columns.TimeValue {
			v = utcDay(v)
		}
		return v, nil
	case f.Fits(v) == nil:
		return v, nil
	}
	hint := ""
	if f.Type == columns.Text {
		hint = "put texts in single quotes"
	}
	return v, t.wrong(hint, "%s is %s, not %s", f.Name, f.Type.Noun(), v.Kind.Noun())
}

// utcDay is the day of a timestamp in UTC.
func utcDay(v columns.Value) columns.Value {
	const perDay = 86_400_000_000
	day := v.Int / perDay
	if v.Int < day*perDay {
		day--
	}
	return columns.Value{Kind: columns.DayValue, Int: day}
}

func compareLiterals(t *term, a columns.Value, op columns.Op, b columns.Value, fold bool) (columns.Expr, error) {
	x, okX := asNumber(a)
	y, okY := asNumber(b)
	switch {
	case a.Kind == columns.TextValue && b.Kind == columns.TextValue && fold:
		return columns.Constant(op.Holds(strings.Compare(columns.FoldCase(a.Text), columns.FoldCase(b.Text)))), nil
	case a.Kind == columns.TextValue && b.Kind == columns.TextValue:
		return columns.Constant(op.Holds(strings.Compare(a.Text, b.Text))), nil
	case okX && okY:
		return columns.Constant(op.Holds(cmp.Compare(x, y))), nil
	case a.Kind == b.Kind:
		return columns.Constant(op.Holds(cmp.Compare(a.Int, b.Int))), nil
	}
	return nil, t.wrong("", "the two sides are of different types")
}

func asNumber(v columns.Value) (float64, bool) {
	if v.Kind == columns.IntValue {
		return float64(v.Int), true
	}
	return v.Real, v.Kind == columns.RealValue
}
