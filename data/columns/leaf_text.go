package columns

import "bytes"

// marksLeaf keeps the rows whose text is among those marked.
type marksLeaf struct {
	lane  int
	marks []uint8 // [code+1] is 1 for a match; padded so that 256 follow any code
}

// newMarks marks the texts that match, or for a negated test those that do not.
func newMarks(lane int, t texts, match func(text []byte) bool, negated bool) *marksLeaf {
	f := &marksLeaf{lane: lane, marks: make([]uint8, t.len()+257)}
	for code := range t.len() {
		if match(t.at(code)) != negated {
			f.marks[code+1] = 1
		}
	}
	return f
}

// local gives the marks of a lane's values, by code from the first one on.
func (f *marksLeaf) local(l *lane, few *[256]uint8) []uint8 {
	if l.few == nil {
		return f.marks[l.least+1 : l.most+2]
	}
	for i, v := range l.few {
		few[i] = f.marks[v+1]
	}
	return few[:len(l.few)]
}

func (f *marksLeaf) zone(b *block) verdict {
	l := b.lane(f.lane)
	if l.empty() {
		return none
	}
	var few [256]uint8
	marks := f.local(l, &few)
	any := bytes.IndexByte(marks, 1) >= 0
	return verdictOf(any, any && !l.nulls && bytes.IndexByte(marks, 0) < 0)
}

func (f *marksLeaf) keep(b *block, sel *bitmap) {
	l := b.lane(f.lane)
	switch {
	case l.empty():
		*sel = bitmap{}
	case l.few != nil:
		var few [257]uint8 // a mark for null before the others
		f.local(l, (*[256]uint8)(few[1:]))
		l.keepMarked(sel, few[1-l.first():][:256])
	default:
		if l.nulls {
			l.keepOutside(sel, 0, 0)
		}
		l.keepMarked(sel, f.marks[l.least+1-int64(l.first()):])
	}
}

func (f *marksLeaf) cost() int  { return 2 }
func (f *marksLeaf) reads() int { return f.lane }

// fieldsLeaf compares two fields row by row.
type fieldsLeaf struct {
	left, right term
	op          Op
	negated     bool
}

// term is a field of a row. What a null counts as depends on where the field
// stands: unknown as an instant, unbounded as the end of an interval.
type term struct {
	lane   int
	value  func(l *lane, row int) Value
	ifNull Value // null: unknown
}

func (f *fieldsLeaf) zone(*block) verdict { return some }

func (f *fieldsLeaf) keep(b *block, sel *bitmap) {
	left, right := b.lane(f.left.lane), b.lane(f.right.lane)
	var list [blockRows]uint16
	var kept bitmap
	for _, row := range sel.rows(&list) {
		x, y := f.left.of(left, int(row)), f.right.of(right, int(row))
		if x.Kind != Null && y.Kind != Null && f.op.Holds(compareValues(x, y)) != f.negated {
			kept.set(int(row))
		}
	}
	*sel = kept
}

func (t *term) of(l *lane, row int) Value {
	v := t.value(l, row)
	if v.Kind == Null {
		return t.ifNull
	}
	return v
}

func (f *fieldsLeaf) cost() int { return 8 }
