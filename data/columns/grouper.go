package columns

import "slices"

// grouper adds up blocks.
type grouper struct {
	keyers []*keyer
	pairs  []*pairing // with each keyer's keys; the first is not used
	counts []int
	sums   []*summer

	slots, part slots
	list        [blockRows]uint16
}

func (g *grouper) add(s *selected) error {
	rows := s.rows.list(s.block.rows, &g.list)
	if err := g.number(s.block, rows); err != nil {
		return err
	}
	g.counts = grown(g.counts, g.known())
	for i, row := range rows {
		g.counts[g.slots[i]] += s.weight(row)
	}
	addSums(g.sums, s, rows, &g.slots, len(g.counts))
	return nil
}

// known is how many groups there are.
func (g *grouper) known() int {
	switch n := len(g.keyers); n {
	case 0:
		return 1
	case 1:
		return len(g.keyers[0].values)
	default:
		return len(g.pairs[n-1].chains)
	}
}

// number gives each row the number of its group.
func (g *grouper) number(b *block, rows []uint16) error {
	if len(g.keyers) == 0 {
		clear(g.slots[:len(rows)])
		return nil
	}
	if err := g.keyers[0].number(b, rows, &g.slots); err != nil {
		return err
	}
	for j := 1; j < len(g.keyers); j++ {
		if err := g.keyers[j].number(b, rows, &g.part); err != nil {
			return err
		}
		firsts := len(g.keyers[0].values)
		if j > 1 {
			firsts = len(g.pairs[j-1].chains)
		}
		g.pairs[j].combine(g.slots[:len(rows)], g.part[:len(rows)], firsts, len(g.keyers[j].values))
		if len(g.pairs[j].chains) > maxKeys {
			return errManyKeys
		}
	}
	return nil
}

// keys are those of a group.
func (g *grouper) keys(group uint32) []Value {
	keys := make([]Value, len(g.keyers))
	for j := len(keys) - 1; j > 0; j-- {
		pair := g.pairs[j].chains[group]
		keys[j], group = g.keyers[j].values[uint32(pair)], uint32(pair>>32)
	}
	if len(keys) > 0 {
		keys[0] = g.keyers[0].values[group]
	}
	return keys
}

func (g *grouper) groups() []Group {
	groups := make([]Group, len(g.counts))
	for i := range groups {
		sums := make([]Sum, len(g.sums))
		for j, s := range g.sums {
			sums[j] = s.sum(i, g.counts[i])
		}
		groups[i] = Group{Keys: g.keys(uint32(i)), Count: g.counts[i], Sums: sums}
	}
	slices.SortFunc(groups, func(a, b Group) int { return slices.CompareFunc(a.Keys, b.Keys, compareKeys) })
	return groups
}
