package columns

import "math"

// pack makes a lane of plain integers; reals are as orderReal maps them.
func pack(values []int64, reals bool) lane {
	if !reals {
		return packIntegers(values, 0)
	}
	digits := decimals(values)
	if digits == rawReals {
		return packIntegers(values, rawReals)
	}
	scaled := make([]int64, len(values))
	for i, v := range values {
		scaled[i] = null
		if v != null {
			scaled[i] = int64(math.Round(realOfOrder(v) * tens[digits]))
		}
	}
	return packIntegers(scaled, digits)
}

// decimals is how many decimals the reals need so that each, divided out, is
// the same float64 again.
func decimals(values []int64) int8 {
	const most = 7
	digits := int8(0)
	for _, v := range values {
		if v == null {
			continue
		}
		r := realOfOrder(v)
		for {
			m := math.Round(r * tens[digits])
			if m/tens[digits] == r && math.Abs(m) < 1<<53 {
				break
			}
			if digits++; digits > most {
				return rawReals
			}
		}
	}
	return digits
}

func packIntegers(values []int64, digits int8) lane {
	least, most, nulls := int64(math.MaxInt64), int64(math.MinInt64), false
	for _, v := range values {
		if v == null {
			nulls = true
			continue
		}
		least, most = min(least, v), max(most, v)
	}
	if least > most {
		return lane{nulls: true, digits: digits}
	}
	l := lane{least: least, nulls: nulls, digits: digits}
	l.top = uint64(most) - uint64(least) + l.first()
	switch {
	case l.top == 0:
	case l.top <= math.MaxUint8:
		l.codes = encode[uint8](&l, values)
	case l.top <= math.MaxUint16:
		l.codes = encode[uint16](&l, values)
	case l.top <= math.MaxUint32:
		l.codes = encode[uint32](&l, values)
	default:
		l.codes = encode[uint64](&l, values)
	}
	return l
}

func encode[C code](l *lane, values []int64) []C {
	codes := make([]C, (len(values)+63)/64*64)
	base := uint64(l.least) - l.first()
	if !l.nulls {
		for i, v := range values {
			codes[i] = C(uint64(v) - base)
		}
		return codes
	}
	for i, v := range values {
		if v != null {
			codes[i] = C(uint64(v) - base)
		}
	}
	return codes
}

// unpack writes the values of the first len(into) rows, reals as orderReal
// maps them.
func (l *lane) unpack(into []int64, reals bool) {
	switch codes := l.codes.(type) {
	case []uint8:
		decode(l, codes, into)
	case []uint16:
		decode(l, codes, into)
	case []uint32:
		decode(l, codes, into)
	case []uint64:
		decode(l, codes, into)
	default:
		same := l.of(0)
		for i := range into {
			into[i] = same
		}
	}
	if !reals || l.digits == rawReals {
		return
	}
	for i, v := range into {
		if v != null {
			into[i] = orderReal(l.real(v))
		}
	}
}

func decode[C code](l *lane, codes []C, into []int64) {
	base := l.least - int64(l.first())
	codes = codes[:len(into)]
	for i, c := range codes {
		into[i] = base + int64(c)
	}
	if !l.nulls {
		return
	}
	for i, c := range codes {
		if c == 0 {
			into[i] = null
		}
	}
}

// widen writes the codes of the first len(into) rows, and tells whether they
// fit.
func (l *lane) widen(into []uint32) bool {
	switch codes := l.codes.(type) {
	case []uint8:
		for i, c := range codes[:len(into)] {
			into[i] = uint32(c)
		}
	case []uint16:
		for i, c := range codes[:len(into)] {
			into[i] = uint32(c)
		}
	case []uint32:
		copy(into, codes)
	case []uint64:
		return false
	default:
		clear(into)
	}
	return true
}
