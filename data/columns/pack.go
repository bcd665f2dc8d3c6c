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
	l := lane{least: math.MaxInt64, most: math.MinInt64, digits: digits}
	for _, v := range values {
		if v == null {
			l.nulls = true
			continue
		}
		l.least, l.most = min(l.least, v), max(l.most, v)
	}
	if l.least > l.most {
		return lane{nulls: true, digits: digits}
	}
	l.top = uint64(l.most) - uint64(l.least) + l.first()
	if l.top > math.MaxUint8 {
		if few := newFewValues(values); few != nil {
			return few.pack(l, values)
		}
	}
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
	codes := make([]C, paddedTo64(len(values)))
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

func paddedTo64(n int) int { return (n + 63) / 64 * 64 }

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
	if l.few != nil {
		for i, c := range codes {
			into[i] = l.of(uint64(c))
		}
		return
	}
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

// read gives the values of some rows, in their order.
func (l *lane) read(rows []uint16, into *[blockRows]int64) {
	switch codes := l.codes.(type) {
	case []uint8:
		read(l, codes, rows, into)
	case []uint16:
		read(l, codes, rows, into)
	case []uint32:
		read(l, codes, rows, into)
	case []uint64:
		read(l, codes, rows, into)
	default:
		same := l.of(0)
		for i := range rows {
			into[i] = same
		}
	}
}

func read[C code](l *lane, codes []C, rows []uint16, into *[blockRows]int64) {
	if l.few != nil || l.nulls {
		for i, row := range rows {
			into[i&(blockRows-1)] = l.of(uint64(codes[row]))
		}
		return
	}
	for i, row := range rows {
		into[i&(blockRows-1)] = l.least + int64(codes[row])
	}
}
