package columns

// pairing numbers the pairs of an earlier number and a key's, in order of
// appearance. It looks them up in a table while that is small enough, then in
// a map.
type pairing struct {
	chains  []uint64 // the pair of each number: the earlier one above, the key's below
	table   []int32  // of pairs below firsts and 1<<seconds, their number or -1
	firsts  int
	seconds uint
	numbers map[uint64]uint32 // nil while the table holds all
}

// densePairs bounds the table.
const densePairs = 1 << 20

// cover makes the table large enough for these many first and second numbers,
// unless that would be too large.
func (p *pairing) cover(firsts, seconds int) bool {
	switch {
	case p.numbers != nil:
		return false
	case firsts <= p.firsts && seconds <= 1<<p.seconds:
		return true
	}
	bits := p.seconds
	for 1<<bits < seconds {
		bits++
	}
	rows := max(64, p.firsts)
	for rows < firsts {
		rows *= 2
	}
	if rows<<bits > densePairs {
		p.numbers = make(map[uint64]uint32, len(p.chains))
		for n, pair := range p.chains {
			p.numbers[pair] = uint32(n)
		}
		return false
	}
	p.firsts, p.seconds = rows, bits
	p.table = unset(p.table, rows<<bits)
	for n, pair := range p.chains {
		p.table[pair>>32<<bits|pair&0xffffffff] = int32(n)
	}
	return true
}

// combine replaces first by the numbers of its pairs with second. There are
// firsts and seconds different ones at most.
func (p *pairing) combine(first, second []uint32, firsts, seconds int) {
	if !p.cover(firsts, seconds) {
		for i, n := range first {
			first[i] = p.number(uint64(n)<<32 | uint64(second[i]))
		}
		return
	}
	table, bits := p.table, p.seconds
	second = second[:len(first)]
	for i, n := range first {
		known := &table[n<<(bits&31)|second[i]]
		if *known < 0 {
			*known = int32(p.add(uint64(n)<<32 | uint64(second[i])))
		}
		first[i] = uint32(*known)
	}
}

// count adds up how often each pair occurs.
func (p *pairing) count(first, second []uint32, firsts, seconds int, counts []int) []int {
	if !p.cover(firsts, seconds) {
		for i, n := range first {
			number := p.number(uint64(n)<<32 | uint64(second[i]))
			counts = grown(counts, len(p.chains))
			counts[number]++
		}
		return counts
	}
	table, bits := p.table, p.seconds
	second = second[:len(first)]
	for i, n := range first {
		number := table[n<<(bits&31)|second[i]]
		if number < 0 {
			number = int32(p.add(uint64(n)<<32 | uint64(second[i])))
			table[n<<(bits&31)|second[i]] = number
			counts = grown(counts, len(p.chains))
		}
		counts[number]++
	}
	return counts
}

// grown is a slice with zeros up to a length of n.
func grown[T any](s []T, n int) []T { return append(s, make([]T, max(0, n-len(s)))...) }

// number is that of one pair, when the table does not hold it.
func (p *pairing) number(pair uint64) uint32 {
	n, ok := p.numbers[pair]
	if !ok {
		n = p.add(pair)
		p.numbers[pair] = n
	}
	return n
}

func (p *pairing) add(pair uint64) uint32 {
	p.chains = append(p.chains, pair)
	return uint32(len(p.chains) - 1)
}
