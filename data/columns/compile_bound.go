package columns

import "math"

// bound is one end of a period: of the left or right side of a relation.
type bound struct {
	Moment
	ending  bool // the last moment of what is meant, not the first
	instant bool
}

func (p Period) bounds() (start, end bound) {
	if p.Instant {
		return bound{p.Start, false, true}, bound{p.Start, true, true}
	}
	return bound{p.Start, false, false}, bound{p.End, true, false}
}

// compareBounds compares two ends of periods in days or microseconds.
func (c *compiler) compareBounds(left bound, op Op, right bound, kind ValueKind, negated bool) (node, error) {
	switch {
	case left.Field == "" && right.Field == "":
		return constantNode(op.Holds(compareValues(left.fixed(kind), right.fixed(kind))) != negated), nil
	case left.Field == "":
		return c.compareBounds(right, op.mirrored(), left, kind, negated)
	}
	i, err := c.temporalField(left.Field)
	if err != nil {
		return nil, err
	}
	if right.Field == "" && c.schema.Fields[i].Type.kind() == kind {
		return c.boundNode(c.lane(i), left, op, right.fixed(kind).Int, negated), nil
	}
	f := &fieldsLeaf{left: c.boundTerm(i, left, kind), op: op, negated: negated}
	if right.Field == "" {
		same := right.fixed(kind)
		f.right = term{lane: noNulls, value: func(*lane, int) Value { return same }}
		return f, nil
	}
	j, err := c.temporalField(right.Field)
	if err != nil {
		return nil, err
	}
	f.right = c.boundTerm(j, right, kind)
	return f, nil
}

// boundNode compares a field with a fixed end. A null end of an interval is
// the end of time.
func (c *compiler) boundNode(lane int, left bound, op Op, v int64, negated bool) node {
	n := rangeNode(lane, false, op, v, negated)
	if f, ok := n.(*rangeLeaf); ok && !left.instant {
		order := compareValues(left.open(), Value{Kind: TimeValue, Int: v})
		f.orNull = op.Holds(order) != negated
	}
	return n
}

// granularity is in what a relation compares: microseconds when a field in it
// is a timestamp, or when there is no field but a timestamp; otherwise days,
// and a timestamp then means its UTC day.
func (c *compiler) granularity(e Temporal) (ValueKind, error) {
	fields, kind := false, DayValue
	for _, m := range []Moment{e.Left.Start, e.Left.End, e.Right.Start, e.Right.End} {
		if m.Field == "" {
			continue
		}
		i, err := c.temporalField(m.Field)
		if err != nil {
			return 0, err
		}
		if fields = true; c.schema.Fields[i].Type == Time {
			kind = TimeValue
		}
	}
	for _, m := range []Moment{e.Left.Start, e.Left.End, e.Right.Start, e.Right.End} {
		if !fields && m.Field == "" && m.Value.Kind == TimeValue {
			kind = TimeValue
		}
	}
	return kind, nil
}

func (c *compiler) temporalField(name string) (int, error) {
	i, err := c.schema.find(name)
	if err != nil {
		return -1, err
	}
	if t := c.schema.Fields[i].Type; t != Day && t != Time {
		return -1, &FieldError{Field: name, Problem: "is " + t.Noun() + ", not a date or timestamp"}
	}
	return i, nil
}

// boundTerm reads an end of a period as a day or in microseconds.
func (c *compiler) boundTerm(field int, b bound, kind ValueKind) term {
	t := c.term(field, false)
	plain := t.value
	t.value = func(l *lane, row int) Value {
		v := plain(l, row)
		if v.Kind == Null {
			return v
		}
		return bound{Moment{Value: v}, b.ending, b.instant}.fixed(kind)
	}
	if !b.instant {
		t.ifNull = b.fixedOpen(kind)
	}
	return t
}

// open is the end of time on the bound's side.
func (b bound) open() Value {
	if b.ending {
		return Value{Kind: TimeValue, Int: math.MaxInt64}
	}
	return Value{Kind: TimeValue, Int: lowest}
}

func (b bound) fixedOpen(kind ValueKind) Value {
	v := b.open()
	v.Kind = kind
	return v
}

// fixed is a literal end in days or microseconds. A day in microseconds is its
// first or last one; a timestamp in days is its UTC day.
func (b bound) fixed(kind ValueKind) Value {
	v := b.Value
	switch {
	case v.Kind == Null:
		return b.fixedOpen(kind)
	case v.Kind == kind:
	case kind == DayValue:
		v.Int = dayOf(v.Int)
	case b.ending:
		v.Int = endOfDay(v.Int)
	default:
		v.Int = startOfDay(v.Int)
	}
	v.Kind = kind
	return v
}

// mirrored is the operator with its sides exchanged.
func (op Op) mirrored() Op {
	switch op {
	case Less:
		return Greater
	case LessEqual:
		return GreaterEqual
	case Greater:
		return Less
	case GreaterEqual:
		return LessEqual
	}
	return op
}
