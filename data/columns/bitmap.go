package columns

import "math/bits"

// bitmap selects rows of one block.
type bitmap [blockRows / 64]uint64

// fill selects the first n rows and no other.
func (b *bitmap) fill(n int) {
	for i := range b {
		switch {
		case n >= 64:
			b[i] = ^uint64(0)
			n -= 64
		default:
			b[i] = 1<<n - 1
			n = 0
		}
	}
}

func (b *bitmap) count() int {
	n := 0
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

func (b *bitmap) has(row int) bool { return b[row>>6]>>(row&63)&1 != 0 }
func (b *bitmap) set(row int)      { b[row>>6] |= 1 << (row & 63) }

func (b *bitmap) none() bool {
	for _, word := range b {
		if word != 0 {
			return false
		}
	}
	return true
}

func (b *bitmap) and(other *bitmap) {
	for i := range b {
		b[i] &= other[i]
	}
}

func (b *bitmap) andNot(other *bitmap) {
	for i := range b {
		b[i] &^= other[i]
	}
}

func (b *bitmap) or(other *bitmap) {
	for i := range b {
		b[i] |= other[i]
	}
}

// rows lists the selected rows in order.
func (b *bitmap) rows(into *[blockRows]uint16) []uint16 {
	n := 0
	for i, word := range b {
		for ; word != 0; word &= word - 1 {
			into[n] = uint16(i<<6 | bits.TrailingZeros64(word))
			n++
		}
	}
	return into[:n]
}
