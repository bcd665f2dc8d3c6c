package columns

import (
	"math"
	"slices"
)

// blockRows is how many rows a full block has.
const blockRows = 4096

// null stands for a missing value among plain integers.
const null = math.MinInt64

// lane is one column of one block. Every value is an integer: days, microseconds,
// dictionary codes, units of 10^-7 degrees, decimals scaled to integers. Rows
// hold codes in the same order as the values: the distance from the least value,
// or where a few values lie far apart their places in a list; in as few bytes
// as the largest code needs. So the range also tells what a block can not hold.
type lane struct {
	least, most int64   // of the values; of no meaning when all are null
	top         uint64  // the largest code
	nulls       bool    // code 0 is null, values start at code 1
	digits      int8    // of a lane of reals: value = integer / 10^digits, or rawReals
	few         []int64 // the values in order, or nil when codes are distances
	codes       any     // []uint8, []uint16, []uint32 or []uint64, padded to whole words of a bitmap; nil when all rows have code 0
}

// rawReals marks reals that are no short decimals: values are orderReal's.
const rawReals = -1

type code interface {
	uint8 | uint16 | uint32 | uint64
}

// code is that of one row.
func (l *lane) code(row int) uint64 {
	switch codes := l.codes.(type) {
	case []uint8:
		return uint64(codes[row])
	case []uint16:
		return uint64(codes[row])
	case []uint32:
		return uint64(codes[row])
	case []uint64:
		return codes[row]
	}
	return 0
}

// first is the code of the least value.
func (l *lane) first() uint64 {
	if l.nulls {
		return 1
	}
	return 0
}

// empty tells that every row is null.
func (l *lane) empty() bool { return l.nulls && l.top == 0 }

// of is the value of a code; null for null.
func (l *lane) of(code uint64) int64 {
	if l.nulls {
		if code == 0 {
			return null
		}
		code--
	}
	if l.few != nil {
		return l.few[code]
	}
	return l.least + int64(code)
}

func (l *lane) value(row int) int64 { return l.of(l.code(row)) }

// span is the range of codes of the values from from to to; ok is false when
// there is none.
func (l *lane) span(from, to int64) (low, high uint64, ok bool) {
	from, to = max(from, l.least), min(to, l.most)
	if from > to || l.empty() {
		return 0, 0, false
	}
	low, high = uint64(from-l.least), uint64(to-l.least)
	if l.few != nil {
		at, _ := slices.BinarySearch(l.few, from)
		after, found := slices.BinarySearch(l.few, to)
		if !found {
			after--
		}
		if at > after {
			return 0, 0, false
		}
		low, high = uint64(at), uint64(after)
	}
	return low + l.first(), high + l.first(), true
}

// real is the number that a value of a lane of reals stands for.
func (l *lane) real(value int64) float64 {
	if l.digits == rawReals {
		return realOfOrder(value)
	}
	return float64(value) / tens[l.digits]
}

// order is a row's value on a scale shared by all blocks: orderReal's for
// reals. Null for null.
func (l *lane) order(row int, reals bool) int64 {
	v := l.value(row)
	if reals && v != null && l.digits != rawReals {
		return orderReal(l.real(v))
	}
	return v
}

// orderReal maps a number that is not NaN to an integer of the same order.
func orderReal(r float64) int64 {
	bits := int64(math.Float64bits(r + 0)) // -0 becomes 0
	return bits ^ (bits >> 63 & math.MaxInt64)
}

func realOfOrder(v int64) float64 {
	return math.Float64frombits(uint64(v ^ (v >> 63 & math.MaxInt64)))
}

// size is the memory of the codes and values in bytes.
func (l *lane) size() int { return l.codesSize() + 8*cap(l.few) }

func (l *lane) codesSize() int {
	switch codes := l.codes.(type) {
	case []uint8:
		return cap(codes)
	case []uint16:
		return cap(codes) * 2
	case []uint32:
		return cap(codes) * 4
	case []uint64:
		return cap(codes) * 8
	}
	return 0
}
