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
		low, high = u.real(u.least), u.real(u.most())
		if u.nulls {
			low, high = min(low, 0), max(high, 0)
		}
	}
	near, far := d.real(d.least), d.real(d.most())
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

func (n *nearLeaf) keep(b *block, sel *bitmap) {
	d, u := b.lane(n.distance), b.lane(n.uncertainty)
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
		if n.holds(d.real(v), off) != n.negated {
			kept.set(int(row))
		}
	}
	*sel = kept
}

func (n *nearLeaf) cost() int { return 6 }
