package columns

import (
	"encoding/binary"
	"math"
)

// keepRange keeps of a selection the rows whose code is from low to high. The
// loop has no branch per row, so it runs at the same speed for any outcome.
func (l *lane) keepRange(sel *bitmap, low, high uint64) {
	switch codes := l.codes.(type) {
	case []uint8:
		keepRangeOfBytes(sel, codes, uint8(low), uint8(high-low))
	case []uint16:
		keepRange(sel, codes, uint16(low), uint16(high-low))
	case []uint32:
		keepRange(sel, codes, uint32(low), uint32(high-low))
	case []uint64:
		keepRange(sel, codes, low, high-low)
	default:
		if low > 0 {
			*sel = bitmap{}
		}
	}
}

func keepRange[C code](sel *bitmap, codes []C, low, width C) {
	for w := 0; w < len(codes)>>6; w++ {
		if sel[w] == 0 {
			continue
		}
		sixtyFour := (*[64]C)(codes[w<<6:])
		var word uint64
		for i := 0; i < 64; i += 8 {
			e := (*[8]C)(sixtyFour[i:])
			bits := bit(e[0]-low <= width) | bit(e[1]-low <= width)<<1 |
				bit(e[2]-low <= width)<<2 | bit(e[3]-low <= width)<<3 |
				bit(e[4]-low <= width)<<4 | bit(e[5]-low <= width)<<5 |
				bit(e[6]-low <= width)<<6 | bit(e[7]-low <= width)<<7
			word |= bits << i
		}
		sel[w] &= word
	}
}

// keepRangeOfBytes compares eight codes at a time, in the bytes of one word.
func keepRangeOfBytes(sel *bitmap, codes []uint8, low, width uint8) {
	const (
		each = 0x0101010101010101
		tops = 0x80 * each // the highest bit of each byte
	)
	lows := each * uint64(low)
	rest := 255 - width // added to a byte beyond width it overflows
	rests := each * uint64(rest&0x7f)
	var above uint64 // all ones when rest has its highest bit set
	if rest >= 0x80 {
		above = math.MaxUint64
	}
	for w := 0; w < len(codes)>>6; w++ {
		if sel[w] == 0 {
			continue
		}
		sixtyFour := (*[64]uint8)(codes[w<<6:])
		var word uint64
		for i := 0; i < 64; i += 8 {
			c := binary.LittleEndian.Uint64(sixtyFour[i:])
			c = ((c | tops) - (lows &^ tops)) ^ ((c ^ ^lows) & tops) // less low, byte by byte
			sum := c&^tops + rests
			over := c&sum | (c|sum)&above
			word |= (((^over & tops) >> 7) * 0x0102040810204080 >> 56) << i // gathers the highest bits
		}
		sel[w] &= word
	}
}

// keepOutside keeps the rows whose code is not from low to high.
func (l *lane) keepOutside(sel *bitmap, low, high uint64) {
	inside := *sel
	l.keepRange(&inside, low, high)
	sel.andNot(&inside)
}

// keepMarked keeps the rows whose code c has 1 in marks[c]. There must be a
// mark for every code, and 256 in all.
func (l *lane) keepMarked(sel *bitmap, marks []uint8) {
	switch codes := l.codes.(type) {
	case []uint8:
		keepMarkedBytes(sel, codes, (*[256]uint8)(marks))
	case []uint16:
		keepMarked(sel, codes, marks)
	case []uint32:
		keepMarked(sel, codes, marks)
	case []uint64:
		keepMarked(sel, codes, marks)
	default:
		if marks[0] == 0 {
			*sel = bitmap{}
		}
	}
}

func keepMarkedBytes(sel *bitmap, codes []uint8, marks *[256]uint8) {
	for w := 0; w < len(codes)>>6; w++ {
		if sel[w] == 0 {
			continue
		}
		sixtyFour := (*[64]uint8)(codes[w<<6:])
		var word uint64
		for i := 0; i < 64; i += 8 {
			e := (*[8]uint8)(sixtyFour[i:])
			bits := marks[e[0]] | marks[e[1]]<<1 | marks[e[2]]<<2 | marks[e[3]]<<3 |
				marks[e[4]]<<4 | marks[e[5]]<<5 | marks[e[6]]<<6 | marks[e[7]]<<7
			word |= uint64(bits) << i
		}
		sel[w] &= word
	}
}

func keepMarked[C code](sel *bitmap, codes []C, marks []uint8) {
	for w := 0; w < len(codes)>>6; w++ {
		if sel[w] == 0 {
			continue
		}
		var word uint64
		for i, c := range codes[w<<6 : w<<6+64] {
			word |= uint64(marks[c]) << i
		}
		sel[w] &= word
	}
}

// codeRange is from low to low + width.
type codeRange struct{ low, width uint64 }

// keepRanges keeps the rows whose code is in the range that a second lane's
// code selects.
func (l *lane) keepRanges(sel *bitmap, by []uint8, ranges *[256]codeRange) {
	switch codes := l.codes.(type) {
	case []uint8:
		keepRanges(sel, codes, by, ranges)
	case []uint16:
		keepRanges(sel, codes, by, ranges)
	case []uint32:
		keepRanges(sel, codes, by, ranges)
	case []uint64:
		keepRanges(sel, codes, by, ranges)
	default: // all have code 0
		keepRanges(sel, make([]uint8, len(by)), by, ranges)
	}
}

func keepRanges[C code](sel *bitmap, codes []C, by []uint8, ranges *[256]codeRange) {
	for w := 0; w < len(by)>>6; w++ {
		if sel[w] == 0 {
			continue
		}
		own, other := (*[64]C)(codes[w<<6:]), (*[64]uint8)(by[w<<6:])
		var word uint64
		for i := range 64 {
			r := &ranges[other[i]]
			word |= bit(uint64(own[i])-r.low <= r.width) << (i & 63)
		}
		sel[w] &= word
	}
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
