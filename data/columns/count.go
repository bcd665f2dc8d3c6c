package columns

import "github.com/paulmach/orb"

// Count is how many rows match.
func (t *Table) Count(q Query) (int, error) {
	p, err := t.plan(q)
	if err != nil {
		return 0, err
	}
	return p.count(), nil
}

func (p *plan) count() int {
	total := 0
	var rows bitmap
	for _, r := range p.content.runs {
		if n, searched := p.totals[r]; searched {
			total += n
			continue
		}
		for _, b := range r.blocks {
			switch p.root.zone(b) {
			case all:
				total += b.rows
			case some:
				rows.fill(b.rows)
				p.root.keep(b, &rows)
				total += rows.count()
			}
		}
	}
	return total
}

// Scan visits every match in order of seq, as the table stood when called;
// meanwhile it may change. It stops at the first error and returns it.
func (t *Table) Scan(q Query, visit func(seq int64) error) error {
	p, err := t.plan(q)
	if err != nil {
		return err
	}
	for _, r := range p.content.runs {
		found := p.search(r)
		for _, seq := range found.first(lowest, found.total) {
			if err := visit(seq); err != nil {
				return err
			}
		}
	}
	return nil
}

// Extent is where and when rows are.
type Extent struct {
	Rows              int
	Bound             orb.Bound // in degrees; of no meaning unless Located
	Located           bool
	FirstDay, LastDay int32 // of the windows' known bounds, both included; of no meaning unless Dated
	Dated             bool
}

// Bounds is the extent of what is public at an instant.
func (t *Table) Bounds(asOf int64) Extent { return t.public(asOf).extent() }

func (p *plan) extent() Extent {
	var x Extent
	where, when := nowhere, box{south: highest, north: lowest}
	_ = p.each(func(b *block, rows *bitmap) error { // fails only if visit does
		x.Rows += rows.count()
		where = where.union(p.boundOf(b, rows))
		if p.start >= 0 {
			first, last := p.daysOf(b, rows)
			when.south, when.north = min(when.south, first), max(when.north, last)
		}
		return nil
	})
	if x.Located = where.west <= where.east; x.Located {
		x.Bound.Min = orb.Point{float64(where.west) / unitsPerDegree, float64(where.south) / unitsPerDegree}
		x.Bound.Max = orb.Point{float64(where.east) / unitsPerDegree, float64(where.north) / unitsPerDegree}
	}
	if x.Dated = when.south <= when.north; x.Dated {
		x.FirstDay, x.LastDay = int32(when.south), int32(when.north)
	}
	return x
}

func (p *plan) boundOf(b *block, rows *bitmap) box {
	west, east := p.span(b, rows, laneWest, p.eastLane())
	south, north := p.span(b, rows, laneSouth, p.northLane())
	return box{west, south, east, north}
}

// daysOf is from the least start to the greatest end, or where windows are
// open to the greatest start.
func (p *plan) daysOf(b *block, rows *bitmap) (first, last int64) {
	start, end := p.lane(p.start), p.lane(p.end)
	first, last = p.span(b, rows, start, end)
	if p.schema.EndOpen && last != lowest {
		last--
	}
	_, latestStart := p.span(b, rows, start, start)
	firstEnd, _ := p.span(b, rows, end, end)
	if p.schema.EndOpen && firstEnd != highest {
		firstEnd--
	}
	return min(first, firstEnd), max(last, latestStart)
}

func (l *layout) eastLane() int {
	if l.points {
		return laneWest
	}
	return laneEast
}

func (l *layout) northLane() int {
	if l.points {
		return laneSouth
	}
	return laneNorth
}

// span is the least value of one lane and the greatest of another among the
// selected rows; highest and lowest when there is none.
func (p *plan) span(b *block, rows *bitmap, low, high int) (least, most int64) {
	from, to := b.lane(low), b.lane(high)
	least, most = highest, lowest
	if rows.count() == b.rows {
		if !from.empty() {
			least = from.least
		}
		if !to.empty() {
			most = to.most
		}
		return least, most
	}
	var list [blockRows]uint16
	for _, row := range rows.rows(&list) {
		if v := from.value(int(row)); v != null {
			least = min(least, v)
		}
		if v := to.value(int(row)); v != null {
			most = max(most, v)
		}
	}
	return least, most
}
