package columns

// folder goes through a table as a folding sees it.
type folder struct {
	*folding
	plan    *plan
	located node   // what is public and, for cells, located: what folds are made of
	filter  []node // what the query asks for
	within  []node // bounds that do not tell apart what the folding does not
	open    []node // what the zones of a block leave open
}

// eachFolded visits every block that has matches within bounds, with these or,
// where the rest of the filter can be asked of it, with those of its fold.
func (p *plan) eachFolded(f *folding, within node, visit func(*selected) error) error {
	fd := folder{folding: f, plan: p, located: p.publicNode(), filter: partsOf(p.filter), within: partsOf(within)}
	if f.cells {
		fd.located = newAnd([]node{fd.located, nullLeaf{lane: laneWest, present: true}})
	}
	root := newAnd([]node{p.root, within})
	for _, r := range p.content.runs {
		for _, b := range r.blocks {
			zone := root.zone(b)
			if zone == none {
				continue
			}
			s, err := fd.selectFold(b)
			if err != nil {
				return err
			}
			if s == nil {
				s = &selected{block: b}
				narrowed(root, zone, b, &s.rows)
			}
			if s.rows.none() {
				continue
			}
			if err := visit(s); err != nil {
				return err
			}
		}
	}
	return nil
}

// partsOf takes a conjunction apart.
func partsOf(n node) []node {
	switch n := n.(type) {
	case andNode:
		return n
	case constantNode:
		return nil // not settled, or there would be nothing to ask
	}
	return []node{n}
}

// selectFold selects from a block's fold; nil when it has none or more than
// that must be asked of its rows.
func (fd *folder) selectFold(b *block) (*selected, error) {
	fd.open = fd.open[:0]
	for _, n := range fd.filter {
		if n.zone(b) == some {
			if !fd.tells(n) {
				return nil, nil
			}
			fd.open = append(fd.open, n)
		}
	}
	for _, n := range fd.within {
		if n.zone(b) == some {
			fd.open = append(fd.open, n)
		}
	}
	fold, err := fd.find(b, fd.located, fd.plan.layout, fd.plan.asOf)
	if err != nil || fold.weights == nil {
		return nil, err
	}
	s := &selected{block: fold.block, fold: fold}
	s.rows.fill(fold.block.rows)
	andNode(fd.open).keep(fold.block, &s.rows)
	return s, nil
}
