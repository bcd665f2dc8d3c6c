package columns

import (
	"math"
	"slices"
)

// grouper adds up blocks.
type grouper struct {
	keyers []*keyer
	pairs  []*pairing // with each keyer's keys; the first is not used
	counts []int
	sums   []*summer

	slots, part slots
	list        [blockRows]uint16
	values      [blockRows]int64
}

type summer struct {
	name    string
	lane    int
	totals  []int64
	unknown []int
}

func (g *grouper) add(b *block, selection *bitmap) error {
	rows := selection.rows(&g.list)
	if err := g.number(b, rows); err != nil {
		return err
	}
	for len(g.counts) < g.known() {
		g.counts = append(g.counts, 0)
	}
	for i := range rows {
		g.counts[g.slots[i]]++
	}
	for _, s := range g.sums {
		l := b.lane(s.lane)
		l.unpack(g.values[:b.rows], false)
		s.add(&g.values, rows, &g.slots, len(g.counts))
	}
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
		g.pairs[j].combine(g.slots[:len(rows)], g.part[:len(rows)])
		if len(g.pairs[j].chains) > maxKeys {
			return errManyKeys
		}
	}
	return nil
}

// chain is the keys' numbers of a group, or of the first j keys.
func (g *grouper) chain(j int, n uint32) []uint32 {
	if j == 0 {
		return []uint32{n}
	}
	pair := g.pairs[j].chains[n]
	return append(g.chain(j-1, uint32(pair>>32)), uint32(pair))
}

// pairing numbers pairs of an earlier number and a key's.
type pairing struct {
	numbers map[uint64]uint32
	chains  []uint64 // the pair of each number
	recent  [1024]struct {
		pair   uint64
		number uint32
	}
}

func newPairing() *pairing {
	p := &pairing{numbers: map[uint64]uint32{}}
	for i := range p.recent {
		p.recent[i].pair = math.MaxUint64
	}
	return p
}

// combine replaces first by the numbers of its pairs with second.
func (p *pairing) combine(first, second []uint32) {
	for i, n := range first {
		pair := uint64(n)<<32 | uint64(second[i])
		known := &p.recent[(uint64(n)*31+uint64(second[i]))%uint64(len(p.recent))]
		if known.pair != pair {
			known.pair, known.number = pair, p.number(pair)
		}
		first[i] = known.number
	}
}

func (p *pairing) number(pair uint64) uint32 {
	n, ok := p.numbers[pair]
	if !ok {
		n = uint32(len(p.chains))
		p.numbers[pair] = n
		p.chains = append(p.chains, pair)
	}
	return n
}

func (s *summer) add(values *[blockRows]int64, rows []uint16, slots *slots, groups int) {
	for len(s.totals) < groups {
		s.totals, s.unknown = append(s.totals, 0), append(s.unknown, 0)
	}
	for i, row := range rows {
		if v := values[row&(blockRows-1)]; v != null {
			s.totals[slots[i]] += v
		} else {
			s.unknown[slots[i]]++
		}
	}
}

func (g *grouper) groups() []Group {
	groups := make([]Group, len(g.counts))
	for i := range groups {
		groups[i] = Group{Count: g.counts[i], Sums: make(map[string]Sum, len(g.sums))}
		if len(g.keyers) > 0 {
			for j, n := range g.chain(len(g.keyers)-1, uint32(i)) {
				groups[i].Keys = append(groups[i].Keys, g.keyers[j].values[n])
			}
		}
		for _, s := range g.sums {
			groups[i].Sums[s.name] = Sum{s.totals[i], s.unknown[i]}
		}
	}
	slices.SortFunc(groups, func(a, b Group) int { return slices.CompareFunc(a.Keys, b.Keys, compareKeys) })
	return groups
}
