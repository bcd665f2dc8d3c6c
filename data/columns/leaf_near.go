package columns

import "math"

// Judge tells how sure it is that what lies km from a border, and may be
// uncertaintyM metres off, is within WithinKM; ok is false when it is not even
// possible. Distances are compared in whole millimetres, so that sums of
// decimals do not miss their bound.
func (n Near) Judge(km, uncertaintyM float64) (certainty Certainty, ok bool) {
	d, u, limit := millimetres(km*1e6), millimetres(uncertaintyM*1e3), millimetres(n.WithinKM*1e6)
	switch {
	case d+u <= limit:
		return Certain, true
	case max(0, d-u) <= limit:
		return Possible, true
	}
	return AnyCertainty, false
}

func (n Near) holds(km, uncertaintyM float64) bool {
	certainty, ok := n.Judge(km, uncertaintyM)
	return ok && (n.Certainty == AnyCertainty || n.Certainty == certainty)
}

func millimetres(mm float64) int64 {
	return int64(math.Round(math.Max(-1e15, math.Min(mm, 1e15))))
}

// nearLeaf judges the distance to one border.
type nearLeaf struct {
	Near
	distance, uncertainty int // lanes; uncertainty may be noUncertainty
	negated               bool
}

// noUncertainty is a lane that no block has.
const noUncertainty = math.MaxInt

func (c *compiler) near(e Near, negated bool) (node, error) {
	if c.distances < 0 {
		return nil, &FieldError{Field: distancesField, Problem: "is not a property of " + c.schema.Collection + ", so it has no distances to borders"}
	}
	border := -1
	for i := range c.content.borders.len() {
		if string(c.content.borders.at(i)) == e.Border {
			border = i
		}
	}
	if border < 0 {
		return constantNode(false), nil
	}
	n := &nearLeaf{Near: e, distance: c.firstBorder() + border, uncertainty: noUncertainty, negated: negated}
	if c.uncertainty >= 0 {
		n.uncertainty = c.lane(c.uncertainty)
	}
	return n, nil
}

func (n *nearLeaf) zone(b *block) verdict {
	d := b.lane(n.distance)
	if d.empty() {
		return none
	}
	u := b.lane(n.uncertainty)
	low, high := 0.0, 0.0
	if !u.empty() {
		low, high = u.real(u.least), u.real(u.most)
		if u.nulls {
			low, high = min(low, 0), max(high, 0)
		}
	}
	near, far := d.real(d.least), d.real(d.most)
	_, possible := Near{WithinKM: n.WithinKM}.Judge(near, high)
	sure, _ := Near{WithinKM: n.WithinKM}.Judge(far, high)
	_, every := Near{WithinKM: n.WithinKM}.Judge(far, low)
	anySure, _ := Near{WithinKM: n.WithinKM}.Judge(near, low)
	any, whole := possible, every
	switch n.Certainty {
	case Certain:
		any, whole = anySure == Certain, sure == Certain
	case Possible:
		any, whole = possible && sure != Certain, every && anySure != Certain
	}
	if n.negated {
		any, whole = !whole, !any
	}
	return verdictOf(any, whole && !d.nulls)
}

// keep turns the question into a range of distances for each uncertainty, of
// which a block has few.
func (n *nearLeaf) keep(b *block, sel *bitmap) {
	d, u := b.lane(n.distance), b.lane(n.uncertainty)
	if d.empty() {
		*sel = bitmap{}
		return
	}
	kept := *sel
	uncertainties, narrow := u.codes.([]uint8)
	switch {
	case d.digits == rawReals || !narrow && u.codes != nil:
		n.keepEach(d, u, &kept)
	case u.codes == nil:
		low, width, any := n.reach(d, u.of(0), u)
		if any {
			d.keepRange(&kept, low, low+width)
		} else {
			kept = bitmap{}
		}
	default:
		var ranges [256]codeRange
		for code := range u.top + 1 {
			low, width, any := n.reach(d, u.of(code), u)
			if !any {
				low, width = d.top+1, 0 // no code
			}
			ranges[code] = codeRange{low, width}
		}
		d.keepRanges(&kept, uncertainties, &ranges)
	}
	if !n.negated {
		*sel = kept
		return
	}
	sel.andNot(&kept)
	if d.nulls {
		d.keepOutside(sel, 0, 0)
	}
}

// reach is the range of codes of the distances that pass with an uncertainty.
func (n *nearLeaf) reach(d *lane, uncertainty int64, u *lane) (low, width uint64, any bool) {
	off := 0.0
	if uncertainty != null {
		off = u.real(uncertainty)
	}
	from, to := int64(lowest), n.farthest(d, off, AnyCertainty)
	switch n.Certainty {
	case Certain:
		to = n.farthest(d, off, Certain)
	case Possible:
		from = n.farthest(d, off, Certain) + 1
	}
	low, high, any := d.span(from, to)
	return low, high - low, any
}

// farthest is the greatest value of a lane of distances that is judged so, or
// lowest.
func (n *nearLeaf) farthest(d *lane, off float64, certainty Certainty) int64 {
	within := func(v int64) bool {
		judged, ok := Near{WithinKM: n.WithinKM}.Judge(d.real(v), off)
		return ok && (certainty == AnyCertainty || judged == certainty)
	}
	limit := n.WithinKM + off/1000
	if certainty == Certain {
		limit = n.WithinKM - off/1000
	}
	v := d.atMost(limit)
	if v == lowest || v == highest {
		return v
	}
	for within(v + 1) {
		v++
	}
	for v >= 0 && !within(v) {
		v--
	}
	if v < 0 {
		return lowest
	}
	return v
}

// keepEach judges row by row.
func (n *nearLeaf) keepEach(d, u *lane, sel *bitmap) {
	var list [blockRows]uint16
	var kept bitmap
	for _, row := range sel.rows(&list) {
		v := d.value(int(row))
		if v == null {
			continue
		}
		off := 0.0
		if w := u.value(int(row)); w != null {
			off = u.real(w)
		}
		if n.holds(d.real(v), off) {
			kept.set(int(row))
		}
	}
	*sel = kept
}

func (n *nearLeaf) cost() int { return 6 }
