package columns

import "fmt"

// proseNode tests a text that is only in the features.
func (c *compiler) proseNode(field int, match func([]byte) bool, negated bool) (node, error) {
	return c.proseLeaf(field, match, negated), nil
}

func (c *compiler) proseLeaf(field int, match func([]byte) bool, negated bool) *fetchLeaf {
	f := &fetchLeaf{answerLeaf: answerLeaf{lane: c.lane(field), negated: negated, yes: map[*block]*bitmap{}}}
	f.decide = func(p *parser) (bool, error) {
		v := &p.values[field]
		if v.kind != TextValue {
			return false, nil
		}
		if v.text.escaped {
			return match(p.unescape(nil, v.text)), nil
		}
		return match(p.data[v.text.from:v.text.to]), nil
	}
	c.pending = append(c.pending, f)
	return f
}

// findProse lets the query's TextFinder preselect the rows that may match a
// pattern.
func (c *compiler) findProse(field int, e Like, match func([]byte) bool, negated bool) (node, error) {
	seqs, err := c.text(e.Field, e.Pattern, e.Fold)
	if err != nil {
		return nil, fmt.Errorf("find %q in %s: %w", e.Pattern, e.Field, err)
	}
	candidates := c.found(seqs, noNulls, false)
	f := c.proseLeaf(field, match, negated)
	f.sort = func(b *block, sel, _ *bitmap) { candidates.keep(b, sel) }
	return f, nil
}

func (c *compiler) search(e Search, negated bool) (node, error) {
	if c.text == nil {
		return nil, fmt.Errorf("search for %q: the query gave no way to search", e.Text)
	}
	seqs, err := c.text("", e.Text, true)
	if err != nil {
		return nil, fmt.Errorf("search for %q: %w", e.Text, err)
	}
	return c.found(seqs, noNulls, negated), nil
}
