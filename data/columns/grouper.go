package columns

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

// key is what a group has of the keyers before one, and its key's number in
// this one.
func (g *grouper) key(j int, group uint32) (before, number uint32) {
	if j == 0 {
		return 0, group
	}
	pair := g.pairs[j].chains[group]
	return uint32(pair >> 32), uint32(pair)
}

func (g *grouper) groups() []Group {
	order := g.order()
	groups := make([]Group, len(order))
	keys, sums := make([]Value, len(order)*len(g.keyers)), make([]Sum, len(order)*len(g.sums))
	for i, n := range order {
		groups[i] = Group{Count: g.counts[n], Keys: keys[:len(g.keyers):len(g.keyers)], Sums: sums[:len(g.sums):len(g.sums)]}
		keys, sums = keys[len(g.keyers):], sums[len(g.sums):]
		for j, s := range g.sums {
			groups[i].Sums[j] = s.sum(int(n), g.counts[n])
		}
		for j := len(g.keyers) - 1; j >= 0; j-- {
			var number uint32
			n, number = g.key(j, n)
			groups[i].Keys[j] = g.keyers[j].values[number]
		}
	}
	return groups
}

// order lists the groups in order of their keys: by each keyer from the last
// to the first, and stably.
func (g *grouper) order() []uint32 {
	order, at := make([]uint32, len(g.counts)), make([]uint32, len(g.counts))
	for i := range order {
		order[i], at[i] = uint32(i), uint32(i)
	}
	next := make([]uint32, len(order))
	for j := len(g.keyers) - 1; j >= 0; j-- {
		ranks := g.keyers[j].ranks()
		starts := make([]int, len(ranks)+1)
		rankOf := make([]uint32, len(at))
		for i := range at {
			var number uint32
			at[i], number = g.key(j, at[i])
			rankOf[i] = ranks[number]
			starts[rankOf[i]+1]++
		}
		for rank := range ranks {
			starts[rank+1] += starts[rank]
		}
		for _, n := range order {
			next[starts[rankOf[n]]] = n
			starts[rankOf[n]]++
		}
		order, next = next, order
	}
	return order
}
