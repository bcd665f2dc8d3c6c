package columns

import (
	"cmp"
	"slices"
	"sort"
)

// sortKey makes of one field's values integers that sort as asked: nulls are
// last, in either direction.
type sortKey struct {
	lane       int
	kind       ValueKind
	descending bool
	texts      texts
	sorted     []uint32 // of a text: its dictionary's codes in order
	ranks      []uint32 // and the place of each code in it
}

const lastKey = highest

// order makes keys for a plan, and so after its content was taken: the ranks
// cover every text in it.
func (p *plan) order(asked []Sort) ([]sortKey, error) {
	keys := make([]sortKey, len(asked))
	for i, s := range asked {
		field, err := p.schema.find(s.Field)
		if err != nil {
			return nil, err
		}
		if p.prose(field) {
			return nil, &FieldError{Field: s.Field, Problem: "can not be sorted by"}
		}
		k := sortKey{lane: p.lane(field), kind: p.schema.Fields[field].Type.kind(), descending: s.Descending}
		if d := p.texts[field]; d != nil {
			k.sorted, k.ranks, k.texts = d.rank()
		}
		keys[i] = k
	}
	return keys, nil
}

// key is that of a lane's value as order gives it.
func (k *sortKey) key(v int64) int64 {
	if v == null {
		return lastKey
	}
	if k.kind == TextValue {
		v = 2 * int64(k.ranks[v])
	}
	return k.directed(v)
}

func (k *sortKey) directed(v int64) int64 {
	if k.descending {
		return -v
	}
	return v
}

// keyOf is that of a value from a cursor. A text that the dictionary does not
// have stands between its neighbours.
func (k *sortKey) keyOf(v Value) int64 {
	switch v.Kind {
	case Null:
		return lastKey
	case RealValue:
		return k.directed(orderReal(v.Real))
	case TextValue:
		at := sort.Search(len(k.sorted), func(i int) bool { return string(k.texts.at(int(k.sorted[i]))) >= v.Text })
		if at < len(k.sorted) && string(k.texts.at(int(k.sorted[at]))) == v.Text {
			return k.directed(2 * int64(at))
		}
		return k.directed(2*int64(at) - 1)
	}
	return k.directed(v.Int)
}

func (k *sortKey) at(b *block, row int) int64 {
	return k.key(b.lane(k.lane).order(row, k.kind == RealValue))
}

// best is the least key that a block can have.
func (k *sortKey) best(b *block) int64 {
	l := b.lane(k.lane)
	switch {
	case l.empty():
		return lastKey
	case k.kind == TextValue: // codes are not in order
		return lowest
	}
	v := l.least
	if k.descending {
		v = l.most
	}
	if k.kind == RealValue && l.digits != rawReals {
		v = orderReal(l.real(v))
	}
	return k.directed(v)
}

// item is a candidate for a page.
type item struct {
	key   int64 // of the first sort field
	seq   int64
	block *block
	row   int
}

// pageBy gives limit seqs and one more if there is one, in order, and the
// values of the sort fields of the last within the limit.
func (p *plan) pageBy(order []sortKey, after *position, limit int) ([]int64, []Value) {
	s := &sorter{order: order, need: limit + 1}
	s.after, s.started = after.keys(order)
	if after != nil {
		s.afterSeq = after.seq
	}
	for _, b := range p.byBest(order[0]) {
		var rows bitmap
		if s.full && order[0].best(b) > s.worst || !p.block(b, &rows) {
			continue
		}
		s.offerAll(b, &rows)
	}
	s.trim()
	seqs := make([]int64, len(s.items))
	for i, it := range s.items {
		seqs[i] = it.seq
	}
	if len(s.items) <= limit {
		return seqs, nil
	}
	last := s.items[limit-1]
	values := make([]Value, len(order))
	for i, k := range order {
		l := last.block.lane(k.lane)
		values[i] = valueOf(k.kind, l, l.value(last.row), k.texts)
	}
	return seqs, values
}

// byBest lists the blocks, those that may hold the first rows first.
func (p *plan) byBest(k sortKey) []*block {
	var blocks []*block
	for _, r := range p.content.runs {
		blocks = append(blocks, r.blocks...)
	}
	slices.SortStableFunc(blocks, func(a, b *block) int { return cmp.Compare(k.best(a), k.best(b)) })
	return blocks
}

func (p *position) keys(order []sortKey) ([]int64, bool) {
	if p == nil {
		return nil, false
	}
	keys := make([]int64, len(order))
	for i := range order {
		keys[i] = order[i].keyOf(p.values[i])
	}
	return keys, true
}
