package columns

// plan is a query made ready for one moment of a table.
type plan struct {
	*layout
	content *content
	asOf    int64
	filter  node         // what the query asks for
	root    node         // what is public, what the query asks for and what lies within bounds
	totals  map[*run]int // matches of the runs that were searched
}

// selected is the matching rows of a block or, with a fold, of the rows that
// stand for those of a block.
type selected struct {
	block *block
	rows  bitmap
	fold  *fold
}

// weight is how many rows a selected one stands for.
func (s *selected) weight(row uint16) int {
	if s.fold == nil {
		return 1
	}
	return int(s.fold.weights[row])
}

// count is how many rows of the table are selected.
func (s *selected) count() int {
	if s.fold == nil {
		return s.rows.count()
	}
	n := 0
	var list [blockRows]uint16
	for _, row := range s.rows.rows(&list) {
		n += s.weight(row)
	}
	return n
}

// public plans for all rows that are public at an instant.
func (t *Table) public(asOf int64) *plan {
	p := &plan{layout: t.layout, content: t.current.Load(), asOf: asOf}
	p.root = p.publicNode()
	return p
}

func (p *plan) publicNode() node {
	return newAnd([]node{
		&rangeLeaf{lane: laneFrom, low: lowest, high: p.asOf},
		rangeNode(laneUntil, false, Greater, p.asOf, false),
	})
}

// plan compiles a query and fetches what its filter needs from outside, for the
// rows within bounds that the caller adds.
func (t *Table) plan(q Query, within ...node) (*plan, error) {
	p := t.public(q.AsOf)
	c := &compiler{layout: t.layout, content: p.content, text: q.Text}
	filter, err := c.node(q.Filter, false)
	if err != nil {
		return nil, err
	}
	p.filter = filter
	p.root = newAnd(append([]node{p.root, filter}, within...))
	if _, settled := p.root.(constantNode); !settled && len(c.pending) > 0 {
		return p, p.ask(c.pending, q.Fetch)
	}
	return p, nil
}

// ask lets leaves fetch features, of rows that the cheap parts of the filter
// leave only.
func (p *plan) ask(pending []*fetchLeaf, fetch Fetch) error {
	var cheap []node
	if parts, ok := p.root.(andNode); ok {
		for _, part := range parts {
			if part.cost() < costly {
				cheap = append(cheap, part)
			}
		}
	}
	before := &plan{layout: p.layout, content: p.content, asOf: p.asOf, root: newAnd(cheap)}
	var selection []selected
	err := before.each(func(b *block, rows *bitmap) error {
		selection = append(selection, selected{block: b, rows: *rows})
		return nil
	})
	if err != nil {
		return err
	}
	for _, leaf := range pending {
		if err := leaf.ask(selection, &p.schema, fetch); err != nil {
			return err
		}
	}
	return nil
}

// each visits every block that has matches, with these.
func (p *plan) each(visit func(b *block, rows *bitmap) error) error {
	var rows bitmap
	for _, r := range p.content.runs {
		for _, b := range r.blocks {
			if !p.block(b, &rows) {
				continue
			}
			if err := visit(b, &rows); err != nil {
				return err
			}
		}
	}
	return nil
}

// block selects a block's matches and tells whether there are any.
func (p *plan) block(b *block, rows *bitmap) bool {
	zone := p.root.zone(b)
	return zone != none && narrowed(p.root, zone, b, rows)
}

// narrowed selects what a filter leaves of a block, zone being its word on all
// of it, and tells whether that is anything.
func narrowed(filter node, zone verdict, b *block, rows *bitmap) bool {
	rows.fill(b.rows)
	if zone == all {
		return true
	}
	filter.keep(b, rows)
	return !rows.none()
}
