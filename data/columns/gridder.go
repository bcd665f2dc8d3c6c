package columns

// gridder adds up blocks by cell. Each cell that holds anything has a slot.
type gridder struct {
	square
	grid   int
	fine   uint     // log2 of a cell's side in world units
	slotOf []int32  // of each cell of the grid, or -1
	cells  []uint32 // of each slot
	counts []int
	sums   []*summer
	key    *keyer // of the dominant value, or nil
	pairs  *pairing
	paired []int // rows of each pair of slot and key

	slots, part slots
	list        [blockRows]uint16
	lon, world  [blockRows]int64
}

func (g *gridder) add(s *selected) error {
	rows := s.rows.list(s.block.rows, &g.list)
	g.place(s.block, rows)
	g.counts = grown(g.counts, len(g.cells))
	addSums(g.sums, s, rows, &g.slots, len(g.cells))
	if g.key == nil {
		for i, row := range rows {
			g.counts[g.slots[i]] += s.weight(row)
		}
		return nil
	}
	if err := g.key.number(s.block, rows, &g.part); err != nil {
		return err
	}
	firsts, seconds := g.slots[:len(rows)], g.part[:len(rows)]
	if s.fold == nil {
		g.paired = g.pairs.count(firsts, seconds, len(g.cells), len(g.key.values), g.paired)
		return nil
	}
	g.pairs.combine(firsts, seconds, len(g.cells), len(g.key.values))
	g.paired = grown(g.paired, len(g.pairs.chains))
	for i, row := range rows {
		g.paired[firsts[i]] += int(s.fold.weights[row])
	}
	return nil
}

// finish counts rows by cell where they were counted by pair.
func (g *gridder) finish() {
	for i, pair := range g.pairs.chains {
		g.counts[pair>>32] += g.paired[i]
	}
}

// place gives each row the slot of its cell.
func (g *gridder) place(b *block, rows []uint16) {
	lon, world := b.lane(laneWest), b.lane(laneWorld)
	west, east := (worldX(lon.least)-g.west)>>g.fine, (worldX(lon.most)-g.west)>>g.fine
	north, south := (world.least-g.north)>>g.fine, (world.most-g.north)>>g.fine
	if east-west > fewBounds || south-north > fewBounds {
		g.placeWide(b, rows)
		return
	}
	var columns, lines []int64
	for c := west + 1; c <= east; c++ {
		columns = append(columns, lonFrom(g.west+c<<g.fine))
	}
	for c := north + 1; c <= south; c++ {
		lines = append(lines, g.north+c<<g.fine)
	}
	lon.passed(rows, columns, &g.slots)
	world.passed(rows, lines, &g.part)
	width := int(east-west) + 1
	var slots [(fewBounds + 1) * (fewBounds + 1)]int32
	for i := range slots {
		slots[i] = -1
	}
	for i := range rows {
		at := int(g.part[i&(blockRows-1)])*width + int(g.slots[i&(blockRows-1)])
		s := slots[at]
		if s < 0 {
			s = int32(g.slot(uint32((north+int64(at/width))*int64(g.grid) + west + int64(at%width))))
			slots[at] = s
		}
		g.slots[i&(blockRows-1)] = uint32(s)
	}
}

// placeWide places the rows of a block that spans many cells.
func (g *gridder) placeWide(b *block, rows []uint16) {
	lon, world := b.lane(laneWest), b.lane(laneWorld)
	lon.read(rows, &g.lon)
	world.read(rows, &g.world)
	for i := range rows {
		x, y := (worldX(g.lon[i])-g.west)>>g.fine, (g.world[i]-g.north)>>g.fine
		g.slots[i] = g.slot(uint32(y)*uint32(g.grid) + uint32(x))
	}
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

// fewBounds is up to how many bounds passed compares with each.
const fewBounds = 4

// passed counts for each row how many bounds its value has reached. The bounds
// lie within the lane's range.
func (l *lane) passed(rows []uint16, bounds []int64, into *slots) {
	if len(bounds) == 0 {
		clear(into[:len(rows)])
		return
	}
	switch codes := l.codes.(type) {
	case []uint8:
		passed(l, codes, rows, bounds, into)
	case []uint16:
		passed(l, codes, rows, bounds, into)
	case []uint32:
		passed(l, codes, rows, bounds, into)
	case []uint64:
		passed(l, codes, rows, bounds, into)
	}
}

func passed[C code](l *lane, codes []C, rows []uint16, bounds []int64, into *slots) {
	var limits [fewBounds]C
	for i := range limits {
		low, _, _ := l.span(bounds[min(i, len(bounds)-1)], l.most)
		limits[i] = C(low)
	}
	if len(bounds) == 1 {
		for i, row := range rows {
			into[i&(blockRows-1)] = uint32(bit(codes[row] >= limits[0]))
		}
		return
	}
	last := uint32(1)
	if len(bounds) < 4 {
		last = 0
	}
	third := uint32(1)
	if len(bounds) < 3 {
		third = 0
	}
	for i, row := range rows {
		c := codes[row]
		into[i&(blockRows-1)] = uint32(bit(c >= limits[0])) + uint32(bit(c >= limits[1])) +
			uint32(bit(c >= limits[2]))*third + uint32(bit(c >= limits[3]))*last
	}
}
