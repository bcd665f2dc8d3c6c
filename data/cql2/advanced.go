package cql2

import "strikewatch/data/columns"

func (r *Reader) like(t *term) (columns.Expr, error) {
	if err := t.count(2); err != nil {
		return nil, err
	}
	left, foldLeft := unfold(t.args[0])
	pattern, foldRight := unfold(t.args[1])
	if err := scalar(left); err != nil {
		return nil, err
	}
	if pattern.kind != literal || pattern.value.Kind != columns.TextValue {
		return nil, pattern.wrong("for example name LIKE 'Lash%%'", "LIKE takes a text as pattern, not %s", pattern.noun())
	}
	if left.kind != property {
		return nil, left.wrong("", "LIKE is for properties")
	}
	f, err := r.field(left)
	if err != nil {
		return nil, err
	}
	if f.Type != columns.Text {
		return nil, left.wrong("compare it with =, < or BETWEEN", "LIKE is for texts; %s is %s", f.Name, f.Type.Noun())
	}
	return columns.Like{Field: f.Name, Pattern: pattern.value.Text, Fold: foldLeft || foldRight}, nil
}

func (r *Reader) between(t *term) (columns.Expr, error) {
	args := t.args
	if len(args) == 2 && args[1].kind == list && len(args[1].args) == 2 { // as drafts of the standard had it
		args = []*term{args[0], args[1].args[0], args[1].args[1]}
	}
	if len(args) != 3 {
		return nil, t.wrong("for example killed_min BETWEEN 5 AND 10", "BETWEEN takes two bounds")
	}
	part := func(op string, bound *term) (columns.Expr, error) {
		return r.comparison(&term{where: t.where, kind: operation, op: op, args: []*term{args[0], bound}})
	}
	low, err := part(">=", args[1])
	if err != nil {
		return nil, err
	}
	high, err := part("<=", args[2])
	if err != nil {
		return nil, err
	}
	return columns.And{low, high}, nil
}

func (r *Reader) in(t *term) (columns.Expr, error) {
	if len(t.args) != 2 || t.args[1].kind != list {
		return nil, t.wrong("for example kind IN ('airstrike', 'shelling')", "IN takes a list of values")
	}
	left, fold := unfold(t.args[0])
	if err := scalar(left); err != nil {
		return nil, err
	}
	items := t.args[1].args
	if len(items) == 0 {
		return nil, t.args[1].wrong("", "the list is empty")
	}
	if left.kind != property {
		return r.inLiterals(t, items)
	}
	f, err := r.field(left)
	if err != nil {
		return nil, err
	}
	in := columns.In{Field: f.Name}
	var days columns.Or
	for _, item := range items {
		item, folded := unfold(item)
		fold = fold || folded
		if item.kind == property {
			return r.inLiterals(t, items)
		}
		v, err := fit(f, item)
		if err != nil {
			return nil, err
		}
		if f.Type == columns.Time && v.Kind == columns.DayValue {
			days = append(days, compareDay(f, columns.Equal, v))
			continue
		}
		in.Values = append(in.Values, v)
	}
	if fold && f.Type != columns.Text {
		return nil, left.wrong("", "CASEI is for texts; %s is not one", f.Name)
	}
	in.Fold = fold
	if days != nil {
		return append(days, in), nil
	}
	return in, nil
}

// inLiterals spells IN out, as needed when a property is in the list.
func (r *Reader) inLiterals(t *term, items []*term) (columns.Expr, error) {
	var any columns.Or
	for _, item := range items {
		e, err := r.comparison(&term{where: t.where, kind: operation, op: "=", args: []*term{t.args[0], item}})
		if err != nil {
			return nil, err
		}
		any = append(any, e)
	}
	return any, nil
}
