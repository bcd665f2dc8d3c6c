package columns

// summer adds up an integer field by slot. Small values are added to packed
// counters, the sum below and the number of rows that have a value above, so
// that a row costs one addition; they are emptied before they can overflow.
type summer struct {
	lane   int
	packed []uint64
	added  uint64 // an upper bound of any packed sum
	rows   uint64 // and of any packed number of rows

	totals []int64 // what was emptied, and large values; nil when there was none
	known  []int   // rows that have a value
	values [blockRows]int64
}

const (
	sumBits = 40
	maxSum  = 1<<sumBits - 1
	maxRows = 1<<(64-sumBits) - 1
)

// summers sum up integer fields.
func (p *plan) summers(names []string) ([]*summer, error) {
	var sums []*summer
	for _, name := range names {
		field, err := p.schema.find(name)
		if err != nil {
			return nil, err
		}
		if p.schema.Fields[field].Type != Int {
			return nil, &FieldError{Field: name, Problem: "is not an integer, so it can not be summed up"}
		}
		sums = append(sums, &summer{lane: p.lane(field)})
	}
	return sums, nil
}

// addSums adds rows, or what they stand for, to each sum.
func addSums(sums []*summer, s *selected, rows []uint16, slots *slots, groups int) {
	for i, sum := range sums {
		if s.fold != nil {
			sum.addFold(&s.fold.sums[i], rows, slots, groups)
		} else {
			sum.add(s.block, rows, slots, groups)
		}
	}
}

// addFold adds what rows of a fold stand for.
func (s *summer) addFold(sums *foldedSums, rows []uint16, slots *slots, groups int) {
	s.grow(groups)
	s.reserve(sums.most, blockRows)
	for i, row := range rows {
		s.packed[slots[i]] += sums.packed[row]
	}
}

// add adds the rows of a block; slots says where each belongs.
func (s *summer) add(b *block, rows []uint16, slots *slots, groups int) {
	s.grow(groups)
	l := b.lane(s.lane)
	if l.empty() {
		return
	}
	codes, narrow := l.codes.([]uint8)
	if !narrow && l.codes != nil || l.least < 0 || l.most > maxSum/blockRows {
		s.addWide(l, rows, slots)
		return
	}
	s.reserve(uint64(l.most)*uint64(len(rows)), uint64(len(rows)))
	var addend [256]uint64
	for code := l.first(); code <= l.top; code++ {
		addend[code&255] = 1<<sumBits | uint64(l.of(code))
	}
	packed := s.packed
	if codes == nil {
		for i := range rows {
			packed[slots[i&(blockRows-1)]] += addend[0]
		}
		return
	}
	for i, row := range rows {
		packed[slots[i&(blockRows-1)]] += addend[codes[row]]
	}
}

func (s *summer) addWide(l *lane, rows []uint16, slots *slots) {
	s.keepTotals()
	l.read(rows, &s.values)
	for i := range rows {
		if v := s.values[i]; v != null {
			s.totals[slots[i]] += v
			s.known[slots[i]]++
		}
	}
}

func (s *summer) grow(groups int) {
	s.packed = grown(s.packed, groups)
	if s.totals != nil {
		s.keepTotals()
	}
}

func (s *summer) keepTotals() {
	s.totals, s.known = grown(s.totals, len(s.packed)), grown(s.known, len(s.packed))
}

// reserve makes room for a block.
func (s *summer) reserve(sum, rows uint64) {
	if s.added+sum > maxSum || s.rows+rows > maxRows {
		s.empty()
	}
	s.added, s.rows = s.added+sum, s.rows+rows
}

func (s *summer) empty() {
	s.keepTotals()
	for i, p := range s.packed {
		s.totals[i] += int64(p & maxSum)
		s.known[i] += int(p >> sumBits)
		s.packed[i] = 0
	}
	s.added, s.rows = 0, 0
}

// sum is that of a slot of so many rows.
func (s *summer) sum(slot, rows int) Sum {
	total, known := int64(s.packed[slot]&maxSum), int(s.packed[slot]>>sumBits)
	if s.totals != nil {
		total, known = total+s.totals[slot], known+s.known[slot]
	}
	return Sum{total, rows - known}
}

// joined adds slots up that become one; to says which.
func (s *summer) joined(to []uint32, slots int) *summer {
	s.empty()
	j := &summer{lane: s.lane, packed: make([]uint64, slots)}
	j.keepTotals()
	for i, slot := range to {
		j.totals[slot] += s.totals[i]
		j.known[slot] += s.known[i]
	}
	return j
}
