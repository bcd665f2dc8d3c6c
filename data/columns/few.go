package columns

import "slices"

// fewValues finds out whether a column has few distinct values, however far
// apart: then one byte per row is enough.
type fewValues struct {
	slots [1024]struct {
		value int64
		code  uint8
		used  bool
	}
	values []int64
}

// mostFew leaves one of 256 codes for null.
const mostFew = 255

// newFewValues is nil when there are too many, or too few rows to save by it.
func newFewValues(values []int64) *fewValues {
	f := &fewValues{}
	for _, v := range values {
		if v == null {
			continue
		}
		slot := f.slot(v)
		if f.slots[slot].used {
			continue
		}
		if len(f.values) == mostFew || 12*len(f.values) > len(values) {
			return nil
		}
		f.slots[slot].value, f.slots[slot].used = v, true
		f.values = append(f.values, v)
	}
	return f
}

// slot is where v is, or would be.
func (f *fewValues) slot(v int64) int {
	at := int(uint64(v) * 0x9e3779b97f4a7c15 >> 54) // Fibonacci hashing to 10 bits
	for f.slots[at].used && f.slots[at].value != v {
		at = (at + 1) & (len(f.slots) - 1)
	}
	return at
}

func (f *fewValues) pack(l lane, values []int64) lane {
	slices.Sort(f.values)
	l.few = slices.Clip(f.values)
	l.top = uint64(len(l.few)-1) + l.first()
	for i, v := range l.few {
		f.slots[f.slot(v)].code = uint8(uint64(i) + l.first())
	}
	codes := make([]uint8, paddedTo64(len(values)))
	for i, v := range values {
		if v != null {
			codes[i] = f.slots[f.slot(v)].code
		}
	}
	l.codes = codes
	return l
}
