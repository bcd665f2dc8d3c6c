package columns

import (
	"fmt"
	"slices"
)

// maxKeys bounds how many groups an answer may have.
const maxKeys = 100_000

var errManyKeys = fmt.Errorf("more than %d groups; group by something coarser", maxKeys)

// slots holds the number of each selected row's key, in the order of the rows.
type slots [blockRows]uint32

// keyer numbers the distinct keys of rows from 0, in order of appearance. The
// key is a field's value or the bucket in which the row's window starts.
type keyer struct {
	lane   int
	kind   ValueKind
	texts  texts
	bucket func(start int64) int64 // nil for a plain field
	reals  bool

	numbers map[int64]uint32 // of values, reals as orderReal maps them
	values  []Value
	base    int64
	byValue []int32 // number of each value from base on, or -1; nil when they spread too far
	byCode  []int32 // of each code of the block at hand, or -1
}

// keyer reads a field, or day, week, month or year, of about so many rows.
func (p *plan) keyer(by string, rows int) (*keyer, error) {
	k := &keyer{numbers: map[int64]uint32{}}
	field := p.schema.Index(by)
	if b, ok := ParseBucket(by); ok && field < 0 {
		if p.start < 0 {
			return nil, &FieldError{Field: by, Problem: "can not group " + p.schema.Collection + ", which have no time"}
		}
		k.lane, k.kind = p.lane(p.start), DayValue
		k.bucket = func(day int64) int64 { return int64(b.Start(int32(day))) }
		k.spread(p.content, rows)
		return k, nil
	}
	field, err := p.schema.find(by)
	if err != nil {
		return nil, err
	}
	if p.prose(field) {
		return nil, &FieldError{Field: by, Problem: "can not be grouped by"}
	}
	k.lane, k.kind = p.lane(field), p.schema.Fields[field].Type.kind()
	k.reals = k.kind == RealValue
	if d := p.texts[field]; d != nil {
		k.texts = d.texts()
	}
	k.spread(p.content, rows)
	return k, nil
}

// wideField is the span of values beyond which no table of them all is made,
// and sparse how many entries a table may have per row that looks something up.
const (
	wideField = 1 << 16
	sparse    = 4
)

// spread makes a table of all values, when they lie close enough to be worth it.
func (k *keyer) spread(c *content, rows int) {
	least, most := int64(highest), int64(lowest)
	for _, r := range c.runs {
		for _, b := range r.blocks {
			if l := b.lane(k.lane); !l.empty() {
				least, most = min(least, l.least), max(most, l.most)
			}
		}
	}
	if least <= most && uint64(most)-uint64(least) < uint64(min(wideField, sparse*rows)) && !k.reals {
		k.base, k.byValue = least, unset(nil, int(most-least)+1)
	}
}

// unset is a table of -1.
func unset(table []int32, n int) []int32 {
	if cap(table) < n {
		table = make([]int32, n)
	}
	table = table[:n]
	for i := range table {
		table[i] = -1
	}
	return table
}

// number numbers the keys of a block's rows.
func (k *keyer) number(b *block, rows []uint16, into *slots) error {
	l := b.lane(k.lane)
	var table []int32
	switch {
	case k.byValue != nil && !l.nulls && l.few == nil:
		table = k.byValue[l.least-k.base:]
	case l.top < uint64(sparse*len(rows)):
		k.byCode = unset(k.byCode, int(l.top)+1)
		table = k.byCode
	default:
		return k.numberWide(l, rows, into)
	}
	switch codes := l.codes.(type) {
	case []uint8:
		return numberCodes(k, l, codes, table, rows, into)
	case []uint16:
		return numberCodes(k, l, codes, table, rows, into)
	case []uint32:
		return numberCodes(k, l, codes, table, rows, into)
	case []uint64:
		return k.numberWide(l, rows, into)
	}
	n, err := k.of(l, 0)
	for i := range rows {
		into[i] = n
	}
	return err
}

func numberCodes[C code](k *keyer, l *lane, codes []C, table []int32, rows []uint16, into *slots) error {
	for i, row := range rows {
		code := codes[row]
		n := table[code]
		if n < 0 {
			fresh, err := k.of(l, uint64(code))
			if err != nil {
				return err
			}
			n = int32(fresh)
			table[code] = n
		}
		into[i&(blockRows-1)] = uint32(n)
	}
	return nil
}

func (k *keyer) numberWide(l *lane, rows []uint16, into *slots) error {
	for i, row := range rows {
		n, err := k.of(l, l.code(int(row)))
		if err != nil {
			return err
		}
		into[i] = n
	}
	return nil
}

// of numbers the key that a code stands for.
func (k *keyer) of(l *lane, code uint64) (uint32, error) {
	v := l.of(code)
	if v == null {
		return k.ofKey(null)
	}
	if k.byValue != nil {
		known := &k.byValue[v-k.base]
		if *known < 0 {
			n, err := k.ofKey(v)
			if err != nil {
				return 0, err
			}
			*known = int32(n)
		}
		return uint32(*known), nil
	}
	if k.reals && l.digits != rawReals {
		v = orderReal(l.real(v))
	}
	return k.ofKey(v)
}

// ofKey numbers a value, reals as orderReal maps them.
func (k *keyer) ofKey(v int64) (uint32, error) {
	if k.bucket != nil && v != null {
		v = k.bucket(v)
	}
	if n, ok := k.numbers[v]; ok {
		return n, nil
	}
	if len(k.values) >= maxKeys {
		return 0, errManyKeys
	}
	n := uint32(len(k.values))
	k.numbers[v] = n
	raw := lane{digits: rawReals}
	k.values = append(k.values, valueOf(k.kind, &raw, v, k.texts))
	return n, nil
}

// ranks is the place of each key among all in order.
func (k *keyer) ranks() []uint32 {
	order := make([]uint32, len(k.values))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return compareKeys(k.values[a], k.values[b]) })
	ranks := make([]uint32, len(order))
	for rank, number := range order {
		ranks[number] = uint32(rank)
	}
	return ranks
}
