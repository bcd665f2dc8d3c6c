package cql2

import (
	"strings"

	"strikewatch/data/columns"
)

// predicate turns a term that is true or false into a filter.
func (r *Reader) predicate(t *term) (columns.Expr, error) {
	switch {
	case t.kind == literal && t.value.Kind == columns.BoolValue:
		return columns.Constant(t.value.Int != 0), nil
	case t.kind == property:
		f, err := r.field(t)
		if err != nil {
			return nil, err
		}
		if f.Type == columns.Bool {
			return columns.Compare{Field: f.Name, Op: columns.Equal, Value: columns.Value{Kind: columns.BoolValue, Int: 1}}, nil
		}
		return nil, t.wrong("compare it, for example "+t.name+" = ...", "%s alone is not true or false", t.name)
	case t.kind != operation:
		return nil, t.wrong("", "%s alone is not true or false", t.noun())
	}
	switch t.op {
	case "and", "or":
		parts, err := r.predicates(t)
		if t.op == "and" {
			return columns.And(parts), err
		}
		return columns.Or(parts), err
	case "not":
		parts, err := r.predicates(t)
		if err != nil {
			return nil, err
		}
		return columns.Not{Expr: parts[0]}, nil
	case "=", "<>", "<", "<=", ">", ">=":
		return r.comparison(t)
	case "like":
		return r.like(t)
	case "between":
		return r.between(t)
	case "in":
		return r.in(t)
	case "isnull":
		return r.isNull(t)
	case "s_dwithin":
		return r.dwithin(t)
	}
	if relation, ok := spatialRelations[t.op]; ok {
		return r.spatial(t, relation)
	}
	if relation, ok := temporalRelations[t.op]; ok {
		return r.temporal(t, relation)
	}
	return nil, t.unknown()
}

// unknown explains an operation that there is not.
func (t *term) unknown() error {
	switch {
	case strings.HasPrefix(t.op, "a_"):
		return t.wrong(listsInstead, "%s: array functions are not supported", strings.ToUpper(t.op))
	case isArithmetic(t.op):
		return t.wrong(numbersInstead, noArithmetic)
	}
	return t.wrong("known are S_INTERSECTS, S_WITHIN, S_DWITHIN, T_INTERSECTS, T_DURING, CASEI and the like", "there is no function %s", t.op)
}

const (
	listsInstead   = "lists match by any of their elements: held_by = 'KIA' or held_by IN ('KIA', 'AA')"
	numbersInstead = "compare a property with a number"
	noArithmetic   = "arithmetic is not supported"
)

// isArithmetic tells whether op, in lower case, is an operator of arithmetic.
func isArithmetic(op string) bool {
	switch op {
	case "+", "-", "*", "/", "%", "div", "^":
		return true
	}
	return false
}

func (t *term) count(n int) error {
	if len(t.args) != n {
		return t.wrong("", "%s takes %d arguments, not %d", strings.ToUpper(t.op), n, len(t.args))
	}
	return nil
}

func (r *Reader) predicates(t *term) ([]columns.Expr, error) {
	if t.op == "not" {
		if err := t.count(1); err != nil {
			return nil, err
		}
	} else if len(t.args) < 2 {
		return nil, t.wrong("", "%s joins two or more", strings.ToUpper(t.op))
	}
	parts := make([]columns.Expr, len(t.args))
	for i, arg := range t.args {
		part, err := r.predicate(arg)
		if err != nil {
			return nil, err
		}
		parts[i] = part
	}
	return parts, nil
}

// field finds a property.
func (r *Reader) field(t *term) (*columns.Field, error) {
	i := r.Schema.Index(t.name)
	if i < 0 {
		if r.isGeometry(t) {
			return nil, t.wrong("use S_INTERSECTS and the like", "%s is a geometry", t.name)
		}
		hint := ""
		if nearest := r.Schema.Nearest(t.name); nearest != "" {
			hint = "did you mean " + nearest + "?"
		}
		return nil, t.wrong(hint, "%s is not a property of %s", t.name, r.Schema.Collection)
	}
	return &r.Schema.Fields[i], nil
}

// isGeometry tells whether a term is the geometry of the features.
func (r *Reader) isGeometry(t *term) bool {
	return t.kind == property && r.Schema.Geometry != "" && (t.name == columns.GeometryField || t.name == "geom")
}

func (r *Reader) isNull(t *term) (columns.Expr, error) {
	if err := t.count(1); err != nil {
		return nil, err
	}
	arg, _ := unfold(t.args[0])
	switch {
	case r.isGeometry(arg):
		return columns.IsNull{Field: columns.GeometryField}, nil
	case arg.kind == property:
		f, err := r.field(arg)
		if err != nil {
			return nil, err
		}
		return columns.IsNull{Field: f.Name}, nil
	case arg.kind == operation || arg.kind == list:
		return nil, t.wrong("", "IS NULL is for properties")
	}
	return columns.Constant(false), nil
}
