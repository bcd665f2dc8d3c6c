package columns

import "fmt"

func (p *plan) gridder(r TileRequest, tile square) (*gridder, error) {
	if r.Grid < 1 || r.Grid > 1024 || r.Grid&(r.Grid-1) != 0 || log2(r.Grid) > tile.shift {
		return nil, fmt.Errorf("a grid of %d cells is not possible", r.Grid)
	}
	g := &gridder{square: tile, grid: r.Grid, fine: tile.shift - log2(r.Grid), slotOf: unset(nil, r.Grid*r.Grid)}
	var err error
	if g.sums, err = p.summers(r.Sums); err != nil {
		return nil, err
	}
	if r.Dominant == "" {
		return g, nil
	}
	g.pairs = &pairing{}
	g.key, err = p.keyer(r.Dominant, p.content.rows())
	return g, err
}

// folding tells cells apart that are no larger than the grid's. Coarser grids
// share those of finer ones.
func (g *gridder) folding(r TileRequest) *folding {
	f := &folding{cells: true, fine: g.fine &^ 1, sums: g.sums}
	if g.key != nil {
		f.keyers = []*keyer{g.key}
	}
	f.name = fmt.Sprintf("%q by %q in cells of 2^%d", r.Sums, r.Dominant, f.fine)
	return f
}

// of adds up what was found.
func (g *gridder) of(found []*selected, r TileRequest) (*TileCells, error) {
	for _, s := range found {
		if err := g.add(s); err != nil {
			return nil, err
		}
	}
	if g.key != nil {
		g.finish()
	}
	for len(g.cells) > max(1, r.MaxCells) && g.grid > 1 {
		g.halve()
	}
	return g.result(r), nil
}

// halve joins each two by two cells.
func (g *gridder) halve() {
	old := *g
	g.grid /= 2
	g.fine++
	g.slotOf, g.cells, g.counts = unset(nil, g.grid*g.grid), nil, nil
	to := make([]uint32, len(old.cells))
	for i, cell := range old.cells {
		x, y := int(cell)%old.grid, int(cell)/old.grid
		to[i] = g.slot(uint32(y/2*g.grid + x/2))
		g.counts = grown(g.counts, len(g.cells))
		g.counts[to[i]] += old.counts[i]
	}
	for i, s := range old.sums {
		g.sums[i] = s.joined(to, len(g.cells))
	}
	if g.key == nil {
		return
	}
	g.pairs, g.paired = &pairing{numbers: make(map[uint64]uint32, len(old.pairs.chains))}, nil
	for i, pair := range old.pairs.chains {
		n := g.pairs.number(uint64(to[pair>>32])<<32 | pair&0xffffffff)
		g.paired = grown(g.paired, int(n)+1)
		g.paired[n] += old.paired[i]
	}
}

func (g *gridder) result(r TileRequest) *TileCells {
	order := make([]int32, 0, len(g.cells))
	for _, slot := range g.slotOf {
		if slot >= 0 {
			order = append(order, slot)
		}
	}
	c := &TileCells{Grid: g.grid, Sums: make([][]Sum, len(g.sums)), Dominant: TileField{Name: r.Dominant}}
	half := int64(1) << g.fine / 2
	for _, i := range order {
		x, y := int64(int(g.cells[i])%g.grid), int64(int(g.cells[i])/g.grid)
		c.X = append(c.X, g.unit(x<<g.fine+half))
		c.Y = append(c.Y, g.unit(y<<g.fine+half))
		c.Counts = append(c.Counts, g.counts[i])
		for j, s := range g.sums {
			c.Sums[j] = append(c.Sums[j], s.sum(int(i), g.counts[i]))
		}
	}
	if g.key != nil {
		field := newTileField(r.Dominant, g.key.values)
		dominant := g.dominant()
		for _, i := range order {
			field.add(dominant[i])
		}
		c.Dominant = field.TileField
	}
	return c
}

// dominant is the key of most rows of each slot, of equals the least.
func (g *gridder) dominant() []uint32 {
	most, key := make([]int, len(g.cells)), make([]uint32, len(g.cells))
	for i, pair := range g.pairs.chains {
		slot, k := pair>>32, uint32(pair)
		n := g.paired[i]
		if n > most[slot] || n == most[slot] && compareKeys(g.key.values[k], g.key.values[key[slot]]) < 0 {
			most[slot], key[slot] = n, k
		}
	}
	return key
}
