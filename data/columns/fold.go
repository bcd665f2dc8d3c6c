package columns

import (
	"math"
	"slices"
)

// fold is what a grouping can tell of a block: of the rows that it does not
// tell apart one stands for all, with their number and sums. It never changes,
// and the block keeps it for the next who ask alike: an answer about a million
// rows reads the folds of its blocks.
type fold struct {
	of      string   // name of the folding
	rows    bitmap   // of the block, those folded
	asOf    int64    // when these were what is public
	lasting bool     // and are from then on
	block   *block   // of the rows that stand for others; its other lanes are null
	weights []uint16 // how many rows each stands for; nil when there are hardly fewer than rows
	sums    []foldedSums
}

// foldedSums are those of one field.
type foldedSums struct {
	packed []uint64 // as in a summer, by row
	most   uint64   // no less than the sum of all rows
}

// worthwhile is how many rows a row of a fold must stand for on average, and
// foldsKept how many folds a block keeps, so that they take a fraction of the
// block's memory.
const (
	worthwhile = 4
	foldsKept  = 8
)

func (f *fold) size() int {
	const header = 640 // the struct with its bitmap
	if f.weights == nil {
		return header
	}
	return header + f.block.size() + len(f.weights)*(2+8*len(f.sums))
}

// folding says which rows of a block are alike.
type folding struct {
	name   string // the same for foldings that are alike
	keyers []*keyer
	sums   []*summer
	cells  bool // rows in different cells are told apart
	fine   uint // log2 of a cell's side in world units
}

// tells says whether a filter can be asked of the rows that stand for others:
// it reads one lane, in which all rows that are folded have the same value.
func (f *folding) tells(n node) bool {
	leaf, ok := n.(interface{ reads() (lane int) })
	return ok && slices.ContainsFunc(f.keyers, func(k *keyer) bool { return k.lane == leaf.reads() && k.bucket == nil })
}

// find returns the fold of the rows of a block that are public at an instant;
// without weights when it does not pay, or when it would take the place of a
// later one: what was known earlier is asked for more seldom.
func (f *folding) find(b *block, public node, l *layout, asOf int64) (*fold, error) {
	kept := b.folds.Load()
	old := kept.named(f.name)
	if old != nil && old.lasting && old.asOf <= asOf {
		return old, nil
	}
	var rows bitmap
	rows.fill(b.rows)
	public.keep(b, &rows)
	if old != nil && old.rows == rows {
		return old, nil
	}
	if old != nil && old.asOf > asOf {
		return &fold{}, nil
	}
	made, err := f.fold(b, &rows, l)
	if err != nil {
		return nil, err
	}
	made.of, made.rows, made.asOf, made.lasting = f.name, rows, asOf, b.changed() <= asOf
	b.keepFold(kept, made)
	return made, nil
}

// folds are those that a block keeps, the newest first.
type folds []*fold

func (f *folds) named(name string) *fold {
	if f != nil {
		for _, old := range *f {
			if old.of == name {
				return old
			}
		}
	}
	return nil
}

// keepFold is without effect when another was kept meanwhile: it is made again
// when it is asked for again.
func (b *block) keepFold(kept *folds, made *fold) {
	next := folds{made}
	if kept != nil {
		for _, old := range *kept {
			if old.of != made.of && len(next) < foldsKept {
				next = append(next, old)
			}
		}
	}
	b.folds.CompareAndSwap(kept, &next)
}

// fold folds rows. The weights are nil when it does not pay.
func (f *folding) fold(b *block, selection *bitmap, l *layout) (*fold, error) {
	var list [blockRows]uint16
	var slots slots
	rows := selection.list(b.rows, &list)
	groups, err := f.number(b, rows, &slots)
	if err != nil || groups*worthwhile > len(rows) {
		return &fold{}, err
	}
	made := &fold{weights: make([]uint16, groups)}
	stand := make([]int, groups)
	for i, row := range rows {
		if made.weights[slots[i]] == 0 {
			stand[slots[i]] = int(row)
		}
		made.weights[slots[i]]++
	}
	for _, s := range f.sums {
		sum := &summer{lane: s.lane}
		if sum.add(b, rows, &slots, groups); sum.totals != nil {
			return &fold{}, nil // too large to be packed
		}
		made.sums = append(made.sums, foldedSums{sum.packed, sum.added})
	}
	made.block = f.standing(b, stand, l)
	return made, nil
}

// standing is the block of the rows that stand for others.
func (f *folding) standing(b *block, rows []int, l *layout) *block {
	var lanes []int
	if f.cells {
		lanes = append(lanes, laneWest, laneWorld)
	}
	for _, k := range f.keyers {
		lanes = append(lanes, k.lane)
	}
	made := &block{rows: len(rows)}
	if len(lanes) > 0 {
		made.lanes = slices.Repeat([]lane{noLane}, slices.Max(lanes)+1)
	}
	values := make([]int64, len(rows))
	for _, n := range lanes {
		from, reals := b.lane(n), l.reals(n)
		for i, row := range rows {
			values[i] = from.order(row, reals)
		}
		made.lanes[n] = pack(values, reals)
	}
	return made
}

// number gives each row the number of those like it.
func (f *folding) number(b *block, rows []uint16, into *slots) (groups int, err error) {
	groups = 1
	clear(into[:len(rows)])
	if f.cells {
		groups = f.numberCells(b, rows, into)
	}
	part := new(slots)
	for _, k := range f.keyers {
		if err := k.number(b, rows, part); err != nil {
			return 0, err
		}
		var pairs pairing
		pairs.combine(into[:len(rows)], part[:len(rows)], groups, len(k.values))
		groups = len(pairs.chains)
	}
	return groups, nil
}

func (f *folding) numberCells(b *block, rows []uint16, into *slots) (groups int) {
	lon, world := b.lane(laneWest), b.lane(laneWorld)
	west, north := worldX(lon.least)>>f.fine, world.least>>f.fine
	var xs, ys [blockRows]int64
	lon.read(rows, &xs)
	world.read(rows, &ys)
	var lines slots
	for i := range rows {
		into[i] = uint32(worldX(xs[i])>>f.fine - west)
		lines[i] = uint32(ys[i]>>f.fine - north)
	}
	width, height := worldX(lon.most)>>f.fine-west+1, world.most>>f.fine-north+1
	var pairs pairing
	pairs.combine(into[:len(rows)], lines[:len(rows)], int(min(width, math.MaxInt32)), int(min(height, math.MaxInt32)))
	return len(pairs.chains)
}
