package columns

// Page gives the first matches in the order asked for, and the cursor from
// which to go on, which is empty when nothing follows. Without an order it is
// that of seq. text, when not nil, stands for q.Text.
func (t *Table) Page(q Query, text TextFinder) (seqs []int64, next Cursor, err error) {
	if text != nil {
		q.Text = text
	}
	after, err := q.After.read()
	if err != nil {
		return nil, "", err
	}
	if after != nil {
		q.AsOf = after.asOf
	}
	p, err := t.plan(q)
	if err != nil {
		return nil, "", err
	}
	order, err := p.order(q.Sort)
	if err != nil {
		return nil, "", err
	}
	if !after.fits(order, q.Sort) {
		return nil, "", ErrCursor
	}
	limit := unlimited
	if q.Limit > 0 {
		limit = q.Limit
	}
	end := position{order: fingerprint(q.Sort), asOf: min(q.AsOf, p.content.changed)}
	if after != nil {
		end.asOf = after.asOf
	}
	if len(order) == 0 {
		seqs = p.pageBySeq(after, limit+1)
	} else {
		seqs, end.values = p.pageBy(order, after, limit)
	}
	if len(seqs) <= limit {
		return seqs, "", nil
	}
	seqs = seqs[:limit]
	end.seq = seqs[limit-1]
	return seqs, end.cursor(), nil
}

func (p *plan) pageBySeq(after *position, n int) []int64 {
	from := int64(lowest)
	if after != nil {
		from = after.seq
	}
	var seqs []int64
	for _, r := range p.content.runs {
		if r.last <= from {
			continue
		}
		if seqs = append(seqs, p.search(r).first(from, n-len(seqs))...); len(seqs) >= n {
			break
		}
	}
	return seqs
}

// read parses a cursor; nil at the start.
func (c Cursor) read() (*position, error) {
	if c == "" {
		return nil, nil
	}
	p, err := c.parse()
	return &p, err
}

// fits tells whether a position was made in the order asked for.
func (p *position) fits(order []sortKey, asked []Sort) bool {
	if p == nil {
		return true
	}
	if p.order != fingerprint(asked) || len(p.values) != len(order) {
		return false
	}
	for i, v := range p.values {
		if v.Kind != Null && v.Kind != order[i].kind {
			return false
		}
	}
	return true
}
