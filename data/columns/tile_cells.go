package columns

import (
	"cmp"
	"fmt"
	"slices"
)

// gridder adds up blocks by cell.
type gridder struct {
	square
	grid     int
	fine     uint     // log2 of a cell's side in world units
	slotOf   []int32  // of each cell of the grid, or -1
	cells    []uint32 // of each slot
	counts   []int
	sums     []*summer
	key      *keyer // of the dominant value, or nil
	pairs    *pairing
	pairRows []int // of each pair of slot and key

	slots, part slots
	list        [blockRows]uint16
	lon, world  [blockRows]int64
}

func (p *plan) cells(r TileRequest, tile square, found []selected) (*TileCells, error) {
	if r.Grid < 1 || r.Grid > 1024 || r.Grid&(r.Grid-1) != 0 || log2(r.Grid) > tile.shift {
		return nil, fmt.Errorf("a grid of %d cells is not possible", r.Grid)
	}
	g := &gridder{square: tile, grid: r.Grid, fine: tile.shift - log2(r.Grid), slotOf: unset(nil, r.Grid*r.Grid)}
	for _, name := range r.Sums {
		field, err := p.schema.find(name)
		if err != nil {
			return nil, err
		}
		if p.schema.Fields[field].Type != Int {
			return nil, &FieldError{Field: name, Problem: "is not an integer, so it can not be summed up"}
		}
		g.sums = append(g.sums, &summer{name: name, lane: p.lane(field)})
	}
	if r.Dominant != "" {
		k, err := p.keyer(r.Dominant)
		if err != nil {
			return nil, err
		}
		g.key, g.pairs = k, newPairing()
	}
	for i := range found {
		if err := g.add(found[i].block, &found[i].rows); err != nil {
			return nil, err
		}
	}
	for len(g.cells) > max(1, r.MaxCells) && g.grid > 1 {
		g.halve()
	}
	return g.result(r), nil
}

func (g *gridder) add(b *block, selection *bitmap) error {
	rows := selection.rows(&g.list)
	g.place(b, rows)
	for len(g.counts) < len(g.cells) {
		g.counts = append(g.counts, 0)
	}
	for i := range rows {
		g.counts[g.slots[i]]++
	}
	for _, s := range g.sums {
		l := b.lane(s.lane)
		l.unpack(g.lon[:b.rows], false)
		s.add(&g.lon, rows, &g.slots, len(g.cells))
	}
	if g.key == nil {
		return nil
	}
	if err := g.key.number(b, rows, &g.part); err != nil {
		return err
	}
	g.pairs.combine(g.slots[:len(rows)], g.part[:len(rows)])
	for len(g.pairRows) < len(g.pairs.chains) {
		g.pairRows = append(g.pairRows, 0)
	}
	for i := range rows {
		g.pairRows[g.slots[i]]++
	}
	return nil
}

// place gives each row the slot of its cell.
func (g *gridder) place(b *block, rows []uint16) {
	lon, world := b.lane(laneWest), b.lane(laneWorld)
	west, north := (worldX(lon.least)-g.west)>>g.fine, (world.least-g.north)>>g.fine
	if west == (worldX(lon.most())-g.west)>>g.fine && north == (world.most()-g.north)>>g.fine {
		slot := g.slot(uint32(north)*uint32(g.grid) + uint32(west))
		for i := range rows {
			g.slots[i] = slot
		}
		return
	}
	lon.unpack(g.lon[:b.rows], false)
	world.unpack(g.world[:b.rows], false)
	for i, row := range rows {
		row &= blockRows - 1
		g.slots[i] = g.slot(g.cell(g.lon[row], g.world[row]))
	}
}

func (g *gridder) cell(lon, world int64) uint32 {
	mask := int64(g.grid - 1)
	x, y := (worldX(lon)-g.west)>>g.fine, (world-g.north)>>g.fine
	return uint32(y&mask)*uint32(g.grid) + uint32(x&mask)
}

func (g *gridder) slot(cell uint32) uint32 {
	if s := g.slotOf[cell]; s >= 0 {
		return uint32(s)
	}
	s := uint32(len(g.cells))
	g.slotOf[cell] = int32(s)
	g.cells = append(g.cells, cell)
	return s
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
		if int(to[i]) == len(g.counts) {
			g.counts = append(g.counts, 0)
		}
		g.counts[to[i]] += old.counts[i]
	}
	for i, s := range old.sums {
		joined := &summer{name: s.name, lane: s.lane, totals: make([]int64, len(g.cells)), unknown: make([]int, len(g.cells))}
		for j, slot := range to {
			joined.totals[slot] += s.totals[j]
			joined.unknown[slot] += s.unknown[j]
		}
		g.sums[i] = joined
	}
	if g.key == nil {
		return
	}
	g.pairs, g.pairRows = newPairing(), nil
	for i, pair := range old.pairs.chains {
		n := g.pairs.number(uint64(to[pair>>32])<<32 | pair&0xffffffff)
		if int(n) == len(g.pairRows) {
			g.pairRows = append(g.pairRows, 0)
		}
		g.pairRows[n] += old.pairRows[i]
	}
}

func (g *gridder) result(r TileRequest) *TileCells {
	order := make([]int, len(g.cells))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(g.cells[a], g.cells[b]) })
	c := &TileCells{Grid: g.grid, Sums: make([][]Sum, len(g.sums)), Dominant: TileField{Name: r.Dominant}}
	half := int64(1) << g.fine / 2
	for _, i := range order {
		x, y := int64(int(g.cells[i])%g.grid), int64(int(g.cells[i])/g.grid)
		c.X = append(c.X, g.unit(x<<g.fine+half))
		c.Y = append(c.Y, g.unit(y<<g.fine+half))
		c.Counts = append(c.Counts, g.counts[i])
		for j, s := range g.sums {
			c.Sums[j] = append(c.Sums[j], Sum{s.totals[i], s.unknown[i]})
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
		n := g.pairRows[i]
		if n > most[slot] || n == most[slot] && compareKeys(g.key.values[k], g.key.values[key[slot]]) < 0 {
			most[slot], key[slot] = n, k
		}
	}
	return key
}
