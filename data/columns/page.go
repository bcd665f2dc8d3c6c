package columns

// Result is one page of matches.
type Result struct {
	Seqs    []int64
	Next    Cursor // from which to go on; empty when nothing follows
	Matched int    // in all, at the instant as of which the page is read
	AsOf    int64  // that instant: the query's, or its cursor's
}

// Find gives the first matches in the order asked for, and how many there are.
// Without an order it is that of seq.
func (t *Table) Find(q Query) (Result, error) {
	r, p, err := t.page(q)
	if err == nil {
		r.Matched = p.count()
	}
	return r, err
}

// Page is Find without counting. text, when not nil, stands for q.Text.
func (t *Table) Page(q Query, text TextFinder) (seqs []int64, next Cursor, err error) {
	if text != nil {
		q.Text = text
	}
	r, _, err := t.page(q)
	return r.Seqs, r.Next, err
}

func (t *Table) page(q Query) (Result, *plan, error) {
	after, err := q.After.read()
	if err != nil {
		return Result{}, nil, err
	}
	if after != nil {
		q.AsOf = after.asOf
	}
	p, err := t.plan(q)
	if err != nil {
		return Result{}, nil, err
	}
	order, err := p.order(q.Sort)
	if err != nil {
		return Result{}, nil, err
	}
	if !after.fits(order, q.Sort) {
		return Result{}, nil, ErrCursor
	}
	limit := unlimited
	if q.Limit > 0 {
		limit = q.Limit
	}
	end := position{order: fingerprint(q.Sort), asOf: min(q.AsOf, p.content.changed)}
	r := Result{AsOf: q.AsOf}
	if len(order) == 0 {
		r.Seqs = p.pageBySeq(after, limit+1)
	} else {
		r.Seqs, end.values = p.pageBy(order, after, limit)
	}
	if len(r.Seqs) > limit {
		r.Seqs = r.Seqs[:limit]
		end.seq = r.Seqs[limit-1]
		r.Next = end.cursor()
	}
	return r, p, nil
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
