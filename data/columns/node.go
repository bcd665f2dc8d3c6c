package columns

import "slices"

// node is a filter made ready for the blocks of a table. Negation has been
// pushed down to the leaves, and every leaf, negated or not, says no where it
// is unknown, so that only two values are left.
type node interface {
	// zone tells from the lanes' ranges alone whether none, some or all rows match.
	zone(b *block) verdict
	// keep keeps the matching rows of a selection.
	keep(b *block, sel *bitmap)
	// cost orders the parts of a conjunction, the cheapest first.
	cost() int
}

type verdict uint8

const (
	none verdict = iota
	some
	all
)

type constantNode bool

func (c constantNode) zone(*block) verdict {
	if c {
		return all
	}
	return none
}

func (c constantNode) keep(_ *block, sel *bitmap) {
	if !c {
		*sel = bitmap{}
	}
}

func (constantNode) cost() int { return 0 }

// andNode keeps what all parts keep.
type andNode []node

func newAnd(parts []node) node {
	var flat andNode
	for _, p := range parts {
		switch p := p.(type) {
		case andNode:
			flat = append(flat, p...)
		case constantNode:
			if !p {
				return p
			}
		default:
			flat = append(flat, p)
		}
	}
	switch len(flat) {
	case 0:
		return constantNode(true)
	case 1:
		return flat[0]
	}
	slices.SortStableFunc(flat, func(a, b node) int { return a.cost() - b.cost() })
	return flat
}

func (n andNode) zone(b *block) verdict {
	least := all
	for _, p := range n {
		if least = min(least, p.zone(b)); least == none {
			return none
		}
	}
	return least
}

func (n andNode) keep(b *block, sel *bitmap) {
	for _, p := range n {
		switch p.zone(b) {
		case none:
			*sel = bitmap{}
			return
		case some:
			if p.keep(b, sel); sel.none() {
				return
			}
		}
	}
}

func (n andNode) cost() int {
	total := 0
	for _, p := range n {
		total += p.cost()
	}
	return total
}

// orNode keeps what any part keeps.
type orNode []node

func newOr(parts []node) node {
	var flat orNode
	for _, p := range parts {
		switch p := p.(type) {
		case orNode:
			flat = append(flat, p...)
		case constantNode:
			if p {
				return p
			}
		default:
			flat = append(flat, p)
		}
	}
	switch len(flat) {
	case 0:
		return constantNode(false)
	case 1:
		return flat[0]
	}
	return flat
}

func (n orNode) zone(b *block) verdict {
	most := none
	for _, p := range n {
		if most = max(most, p.zone(b)); most == all {
			return all
		}
	}
	return most
}

func (n orNode) keep(b *block, sel *bitmap) {
	var kept bitmap
	for _, p := range n {
		part := *sel
		part.andNot(&kept)
		switch p.zone(b) {
		case some:
			p.keep(b, &part)
			kept.or(&part)
		case all:
			return
		}
	}
	*sel = kept
}

func (n orNode) cost() int { return andNode(n).cost() }
