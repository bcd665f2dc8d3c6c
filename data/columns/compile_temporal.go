package columns

// temporal spells a relation out as comparisons of ends (OGC 21-065r2, 7.9).
func (c *compiler) temporal(e Temporal, negated bool) (node, error) {
	a, z := e.Left.bounds()
	from, to := e.Right.bounds()
	type test struct {
		left  bound
		op    Op
		right bound
	}
	var tests []test
	either := false
	switch e.Relation {
	case TIntersects:
		tests = []test{{a, LessEqual, to}, {z, GreaterEqual, from}}
	case TDisjoint:
		tests, either = []test{{a, Greater, to}, {z, Less, from}}, true
	case TEquals:
		tests = []test{{a, Equal, from}, {z, Equal, to}}
	case TBefore:
		tests = []test{{z, Less, from}}
	case TAfter:
		tests = []test{{a, Greater, to}}
	case TMeets:
		tests = []test{{z, Equal, from}}
	case TMetBy:
		tests = []test{{a, Equal, to}}
	case TOverlaps:
		tests = []test{{a, Less, from}, {z, Greater, from}, {z, Less, to}}
	case TOverlappedBy:
		tests = []test{{a, Greater, from}, {a, Less, to}, {z, Greater, to}}
	case TDuring:
		tests = []test{{a, Greater, from}, {z, Less, to}}
	case TContains:
		tests = []test{{a, Less, from}, {z, Greater, to}}
	case TStarts:
		tests = []test{{a, Equal, from}, {z, Less, to}}
	case TStartedBy:
		tests = []test{{a, Equal, from}, {z, Greater, to}}
	case TFinishes:
		tests = []test{{a, Greater, from}, {z, Equal, to}}
	case TFinishedBy:
		tests = []test{{a, Less, from}, {z, Equal, to}}
	}
	kind, err := c.granularity(e)
	if err != nil {
		return nil, err
	}
	parts := make([]node, len(tests))
	for i, t := range tests {
		n, err := c.compareBounds(t.left, t.op, t.right, kind, negated)
		if err != nil {
			return nil, err
		}
		parts[i] = n
	}
	if either != negated {
		return newOr(parts), nil
	}
	return newAnd(parts), nil
}
