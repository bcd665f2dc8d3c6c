package columns

import (
	"cmp"
	"slices"
)

// sorter keeps the first of many rows in an order.
type sorter struct {
	order    []sortKey
	need     int
	items    []item
	full     bool  // need items are known
	worst    int64 // the first key of the last of them
	started  bool  // rows up to after are left out
	after    []int64
	afterSeq int64

	list   [blockRows]uint16
	values [blockRows]int64
}

// offerAll offers the selected rows of a block.
func (s *sorter) offerAll(b *block, selection *bitmap) {
	key := &s.order[0]
	rows := selection.list(b.rows, &s.list)
	b.lane(key.lane).unpack(s.values[:b.rows], key.kind == RealValue)
	for _, row := range rows {
		row &= blockRows - 1
		if k := key.key(s.values[row]); !s.full || k <= s.worst {
			s.offer(item{key: k, seq: b.seq(int(row)), block: b, row: int(row)})
		}
	}
}

func (s *sorter) offer(it item) {
	if s.started && s.compareAfter(&it) <= 0 {
		return
	}
	s.items = append(s.items, it)
	if len(s.items) >= 2*s.need+1024 {
		s.trim()
	}
}

// trim sorts and drops what can not be needed.
func (s *sorter) trim() {
	slices.SortFunc(s.items, func(a, b item) int { return s.compare(&a, &b) })
	if len(s.items) >= s.need {
		s.items = s.items[:s.need]
		s.full, s.worst = true, s.items[s.need-1].key
	}
}

func (s *sorter) compare(a, b *item) int {
	if c := cmp.Compare(a.key, b.key); c != 0 {
		return c
	}
	for i := 1; i < len(s.order); i++ {
		if c := cmp.Compare(s.order[i].at(a.block, a.row), s.order[i].at(b.block, b.row)); c != 0 {
			return c
		}
	}
	return cmp.Compare(a.seq, b.seq)
}

// compareAfter compares a row with the end of the last page.
func (s *sorter) compareAfter(it *item) int {
	if c := cmp.Compare(it.key, s.after[0]); c != 0 {
		return c
	}
	for i := 1; i < len(s.order); i++ {
		if c := cmp.Compare(s.order[i].at(it.block, it.row), s.after[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(it.seq, s.afterSeq)
}
