package columns

import (
	"fmt"
	"math"
)

// compiler turns a filter into nodes for one moment of a table.
type compiler struct {
	*layout
	content *content
	text    TextFinder
	pending []*fetchLeaf // leaves that must ask before they can keep
}

// node compiles e, or its negation.
func (c *compiler) node(e Expr, negated bool) (node, error) {
	switch e := e.(type) {
	case nil:
		return constantNode(!negated), nil
	case Constant:
		return constantNode(bool(e) != negated), nil
	case Not:
		return c.node(e.Expr, !negated)
	case And:
		return c.nodes(e, negated, !negated)
	case Or:
		return c.nodes(e, negated, negated)
	case Compare:
		return c.compare(e, negated)
	case CompareFields:
		return c.compareFields(e, negated)
	case In:
		return c.in(e, negated)
	case Between:
		low := Compare{Field: e.Field, Op: GreaterEqual, Value: e.Low}
		high := Compare{Field: e.Field, Op: LessEqual, Value: e.High}
		return c.node(And{low, high}, negated)
	case Like:
		return c.like(e, negated)
	case IsNull:
		return c.isNull(e, negated)
	case Search:
		return c.search(e, negated)
	case BBox:
		return c.bbox(e, negated)
	case Since:
		return rangeNode(laneFrom, false, Greater, int64(e), negated), nil
	case Spatial:
		return c.spatial(e, negated)
	case DWithin:
		return c.dwithin(e, negated)
	case During:
		return c.during(e, negated), nil
	case Temporal:
		return c.temporal(e, negated)
	case Near:
		return c.near(e, negated)
	}
	return nil, fmt.Errorf("filter of unknown type %T", e)
}

func (c *compiler) nodes(parts []Expr, negated, every bool) (node, error) {
	compiled := make([]node, len(parts))
	for i, p := range parts {
		n, err := c.node(p, negated)
		if err != nil {
			return nil, err
		}
		compiled[i] = n
	}
	if every {
		return newAnd(compiled), nil
	}
	return newOr(compiled), nil
}

func (c *compiler) compare(e Compare, negated bool) (node, error) {
	i, err := c.schema.find(e.Field)
	if err != nil {
		return nil, err
	}
	f := &c.schema.Fields[i]
	if err := f.Fits(e.Value); err != nil {
		return nil, err
	}
	switch {
	case e.Value.Kind == Null:
		return constantNode(false), nil
	case f.Type == Text:
		return c.compareText(i, e, negated)
	case f.Type == Real:
		return c.compareReal(i, e.Op, e.Value.float(), negated), nil
	case e.Value.Kind == RealValue:
		return c.compareIntToReal(i, e.Op, e.Value.Real, negated), nil
	}
	return rangeNode(c.lane(i), false, e.Op, e.Value.Int, negated), nil
}

// rangeNode compares a lane with a value. NotEqual is a negated Equal.
func rangeNode(lane int, reals bool, op Op, v int64, negated bool) node {
	f := &rangeLeaf{lane: lane, reals: reals, low: lowest, high: highest, outside: negated}
	if reals {
		f.low, f.high = orderReal(math.Inf(-1)), orderReal(math.Inf(1))
	}
	if op == Less && v <= f.low || op == Greater && v >= f.high { // nothing is
		f.low, f.high = f.high, f.low
		return f
	}
	switch op {
	case Equal:
		f.low, f.high = v, v
	case NotEqual:
		f.low, f.high, f.outside = v, v, !negated
	case Less:
		f.high = v - 1
	case LessEqual:
		f.high = v
	case Greater:
		f.low = v + 1
	case GreaterEqual:
		f.low = v
	}
	return f
}

func (c *compiler) compareReal(field int, op Op, v float64, negated bool) node {
	if math.IsNaN(v) {
		return constantNode(false)
	}
	return rangeNode(c.lane(field), true, op, orderReal(v), negated)
}

// compareIntToReal rounds the bound so that integers compare the same.
func (c *compiler) compareIntToReal(field int, op Op, r float64, negated bool) node {
	whole := math.Floor(r)
	present := nullLeaf{c.lane(field), true}
	switch {
	case math.IsNaN(r):
		return constantNode(false)
	case whole >= math.MaxInt64:
		return present.when(op.Holds(-1) != negated)
	case whole <= math.MinInt64:
		return present.when(op.Holds(1) != negated)
	case whole == r:
		return rangeNode(c.lane(field), false, op, int64(whole), negated)
	}
	switch op {
	case Equal, NotEqual: // an integer never equals a fraction
		return present.when((op == NotEqual) != negated)
	case Less, LessEqual:
		return rangeNode(c.lane(field), false, LessEqual, int64(whole), negated)
	}
	return rangeNode(c.lane(field), false, Greater, int64(whole), negated)
}

// when is the leaf or nothing.
func (f nullLeaf) when(b bool) node {
	if b {
		return f
	}
	return constantNode(false)
}

func (c *compiler) isNull(e IsNull, negated bool) (node, error) {
	if e.Field == GeometryField && c.schema.Index(e.Field) < 0 {
		return nullLeaf{laneWest, negated}, nil
	}
	i, err := c.schema.find(e.Field)
	if err != nil {
		return nil, err
	}
	return nullLeaf{c.lane(i), negated}, nil
}
