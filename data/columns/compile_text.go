package columns

import "bytes"

// fewTexts is up to how many single texts are looked up instead of testing
// every text of a dictionary.
const fewTexts = 16

func (c *compiler) compareText(field int, e Compare, negated bool) (node, error) {
	if e.Op == Equal || e.Op == NotEqual {
		same := In{Field: e.Field, Values: []Value{e.Value}, Fold: e.Fold}
		return c.inText(field, same, negated != (e.Op == NotEqual))
	}
	bound := []byte(e.Value.Text)
	if e.Fold {
		bound = foldCase(bound)
	}
	match := func(text []byte) bool { return e.Op.Holds(bytes.Compare(text, bound)) }
	if e.Fold {
		match = folded(match)
	}
	return c.textNode(field, match, negated)
}

// textNode tests the whole text of a field.
func (c *compiler) textNode(field int, match func([]byte) bool, negated bool) (node, error) {
	if c.prose(field) {
		return c.proseNode(field, match, negated)
	}
	return newMarks(c.lane(field), c.texts[field].texts(), match, negated), nil
}

func (c *compiler) in(e In, negated bool) (node, error) {
	i, err := c.schema.find(e.Field)
	if err != nil {
		return nil, err
	}
	parts, unknown := []Expr{}, false
	for _, v := range e.Values {
		if err := c.schema.Fields[i].Fits(v); err != nil {
			return nil, err
		}
		if v.Kind == Null {
			unknown = true
			continue
		}
		parts = append(parts, Compare{Field: e.Field, Value: v})
	}
	if unknown && negated { // at best unknown
		return constantNode(false), nil
	}
	if c.schema.Fields[i].Type == Text {
		return c.inText(i, e, negated)
	}
	if len(parts) == 0 && negated { // in no list: true unless the field is null
		return constantNode(true), nil
	}
	return c.nodes(parts, negated, negated)
}

func (c *compiler) inText(field int, e In, negated bool) (node, error) {
	f := &c.schema.Fields[field]
	if len(e.Values) == 0 {
		return constantNode(negated), nil
	}
	if !e.Fold && !f.List && !c.prose(field) && len(e.Values) <= fewTexts {
		return c.lookUp(field, e.Values, negated), nil
	}
	set := map[string]bool{}
	for _, v := range e.Values {
		if v.Kind != TextValue {
			continue
		}
		want := []byte(v.Text)
		if e.Fold {
			want = foldCase(want)
		}
		set[string(want)] = true
	}
	match := func(text []byte) bool { return set[string(text)] }
	if f.List {
		match = anyElement(match)
	}
	if e.Fold {
		match = folded(match)
	}
	return c.textNode(field, match, negated)
}

// lookUp finds single texts by the dictionary's index.
func (c *compiler) lookUp(field int, values []Value, negated bool) node {
	lane := c.lane(field)
	var parts []node
	for _, v := range values {
		if v.Kind != TextValue {
			continue
		}
		if code := c.texts[field].find([]byte(v.Text)); code >= 0 {
			parts = append(parts, &rangeLeaf{lane: lane, low: int64(code), high: int64(code), outside: negated})
		}
	}
	switch {
	case negated && len(parts) == 0:
		return nullLeaf{lane, true}
	case negated:
		return newAnd(parts)
	}
	return newOr(parts)
}

func (c *compiler) like(e Like, negated bool) (node, error) {
	i, err := c.schema.find(e.Field)
	if err != nil {
		return nil, err
	}
	f := &c.schema.Fields[i]
	if f.Type != Text {
		return nil, &FieldError{Field: e.Field, Problem: "is " + f.Type.Noun() + "; LIKE is for texts"}
	}
	match := like(e.Pattern, e.Fold)
	if f.List {
		match = anyElement(match)
	}
	if f.Long && c.text != nil {
		return c.findProse(i, e, match, negated)
	}
	return c.textNode(i, match, negated)
}
