package codec

import "github.com/paulmach/orb"

// hilbert returns the place of (x, y) along a Hilbert curve over bound, in 16
// bits per axis, as FlatGeobuf's reference implementation computes it.
func hilbert(bound orb.Bound, x, y float64) uint32 {
	const side = 1<<16 - 1
	scale := func(v, low, high float64) uint32 {
		if !(high > low) {
			return 0
		}
		return uint32(side * min(max((v-low)/(high-low), 0), 1))
	}
	return hilbertIndex(scale(x, bound.Min[0], bound.Max[0]), scale(y, bound.Min[1], bound.Max[1]))
}

// hilbertIndex is the branchless form of
// https://github.com/rawrunprotected/hilbert_curves (public domain).
func hilbertIndex(x, y uint32) uint32 {
	a := x ^ y
	b := 0xFFFF ^ a
	c := 0xFFFF ^ (x | y)
	d := x & (y ^ 0xFFFF)
	A := a | b>>1
	B := a>>1 ^ a
	C := c>>1 ^ b&(d>>1) ^ c
	D := a&(c>>1) ^ d>>1 ^ d
	for _, shift := range [2]uint{2, 4} {
		a, b, c, d = A, B, C, D
		A = a&(a>>shift) ^ b&(b>>shift)
		B = a&(b>>shift) ^ b&((a^b)>>shift)
		C ^= a&(c>>shift) ^ b&(d>>shift)
		D ^= b&(c>>shift) ^ (a^b)&(d>>shift)
	}
	a, b, c, d = A, B, C, D
	C ^= a&(c>>8) ^ b&(d>>8)
	D ^= b&(c>>8) ^ (a^b)&(d>>8)
	a = C ^ C>>1
	b = D ^ D>>1
	i0 := x ^ y
	i1 := b | (0xFFFF ^ (i0 | a))
	return spread(i1)<<1 | spread(i0)
}

// spread puts a zero before each of the low 16 bits.
func spread(v uint32) uint32 {
	v = (v | v<<8) & 0x00FF00FF
	v = (v | v<<4) & 0x0F0F0F0F
	v = (v | v<<2) & 0x33333333
	return (v | v<<1) & 0x55555555
}
