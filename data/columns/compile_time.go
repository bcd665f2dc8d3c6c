package columns

// during asks for windows that reach From and do not begin after To.
func (c *compiler) during(e During, negated bool) node {
	if e.From > e.To {
		return constantNode(negated)
	}
	if c.start < 0 {
		return constantNode(!negated)
	}
	reach := int64(e.From)
	if c.schema.EndOpen {
		reach++
	}
	before := &rangeLeaf{lane: c.lane(c.start), low: lowest, high: int64(e.To)}
	after := &rangeLeaf{lane: c.lane(c.end), low: reach, high: highest}
	if !negated {
		before.orNull, after.orNull = true, true
		return newAnd([]node{before, after})
	}
	before.outside, after.outside = true, true
	return newOr([]node{before, after})
}

// compareFields compares what two fields hold.
func (c *compiler) compareFields(e CompareFields, negated bool) (node, error) {
	left, err := c.schema.find(e.Left)
	if err != nil {
		return nil, err
	}
	right, err := c.schema.find(e.Right)
	if err != nil {
		return nil, err
	}
	if err := c.schema.Fields[left].Fits(Value{Kind: c.schema.Fields[right].Type.kind()}); err != nil {
		return nil, err
	}
	for _, i := range []int{left, right} {
		if c.prose(i) {
			return nil, &FieldError{Field: c.schema.Fields[i].Name, Problem: "is long; compare it with a text, not a property"}
		}
	}
	return &fieldsLeaf{left: c.term(left, e.Fold), right: c.term(right, e.Fold), op: e.Op, negated: negated}, nil
}

// term reads a field row by row.
func (c *compiler) term(field int, fold bool) term {
	var t texts
	if c.texts[field] != nil {
		t = c.texts[field].texts()
	}
	kind := c.schema.Fields[field].Type.kind()
	return term{lane: c.lane(field), value: func(l *lane, row int) Value {
		v := valueOf(kind, l, l.value(row), t)
		if fold && v.Kind == TextValue {
			v.Text = string(foldCase([]byte(v.Text)))
		}
		return v
	}}
}

// valueOf is what a lane's integer stands for.
func valueOf(kind ValueKind, l *lane, v int64, t texts) Value {
	switch {
	case v == null:
		return Value{}
	case kind == TextValue:
		return Value{Kind: TextValue, Text: string(t.at(int(v)))}
	case kind == RealValue:
		return Value{Kind: RealValue, Real: l.real(v)}
	}
	return Value{Kind: kind, Int: v}
}
