package columns

import (
	"math"
	"sync"
)

// merge arranges the rows of blocks anew as one run. Of rows with the same seq
// the later block's stays; withdrawn rows are dropped. nil when none is left.
// It empties the blocks' lanes as it goes when they are not shared with
// readers, so that a bulk load does not hold everything twice.
func (l *layout) merge(blocks []*block, shared bool) *run {
	total, lanes := 0, 0
	for _, b := range blocks {
		total += b.rows
		lanes = max(lanes, len(b.lanes))
	}
	m := merger{layout: l, blocks: blocks, total: total, shared: shared}
	seqs, untils := m.column(laneSeq), m.untils()
	kept := newest(seqs, untils)
	if len(kept) == 0 {
		return nil
	}
	spots := m.spots(kept)
	arrange(spots)
	m.spot = spots

	r := &run{order: make([]uint32, len(kept)), first: seqs[kept[0]], last: seqs[kept[len(kept)-1]]}
	placeOf := make([]uint32, total)
	for i, s := range spots {
		placeOf[s.row] = uint32(i)
	}
	for i, row := range kept {
		r.order[i] = placeOf[row]
	}
	for from := 0; from < len(spots); from += blockRows {
		b := &block{rows: min(blockRows, len(spots)-from), lanes: make([]lane, lanes)}
		r.blocks = append(r.blocks, b)
	}
	m.fill(r, untils)
	return r
}

// merger gathers columns of the old blocks into the new order.
type merger struct {
	*layout
	blocks []*block
	total  int
	shared bool
	spot   []spot // new order
}

func (m *merger) column(lane int) []int64 {
	values := make([]int64, m.total)
	m.unpack(lane, values)
	return values
}

func (m *merger) unpack(lane int, into []int64) {
	for _, b := range m.blocks {
		b.lane(lane).unpack(into[:b.rows], m.reals(lane))
		into = into[b.rows:]
	}
}

func (m *merger) untils() []int64 {
	values := make([]int64, m.total)
	rest := values
	for _, b := range m.blocks {
		b.until.unpack(rest[:b.rows], false)
		rest = rest[b.rows:]
	}
	return values
}

// spots places the rows; what has no place or time goes with the least.
func (m *merger) spots(rows []uint32) []spot {
	spots := make([]spot, len(rows))
	for i, row := range rows {
		spots[i].row = row
	}
	axis := func(axis int, value func(row uint32) int64) {
		least := int64(math.MaxInt64)
		for _, s := range spots {
			if v := value(s.row); v != null {
				least = min(least, v)
			}
		}
		for i := range spots {
			v := value(spots[i].row)
			if v == null {
				v = least
			}
			spots[i].axes[axis] = int32(max(math.MinInt32, min(v, math.MaxInt32)))
		}
	}
	middle := func(low, high int) func(uint32) int64 {
		from := m.column(low)
		if m.points {
			return func(row uint32) int64 { return from[row] }
		}
		to := m.column(high)
		return func(row uint32) int64 {
			if from[row] == null {
				return null
			}
			return (from[row] + to[row]) / 2
		}
	}
	axis(0, middle(laneWest, laneEast))
	axis(1, middle(laneSouth, laneNorth))
	if m.start >= 0 {
		days := m.column(m.lane(m.start))
		axis(2, func(row uint32) int64 { return days[row] })
	}
	return spots
}

// fill packs every lane of a run, two at a time.
func (m *merger) fill(r *run, untils []int64) {
	next := make(chan int)
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() {
			var column, gathered []int64
			for lane := range next {
				if m.fillEmpty(r, lane) {
					continue
				}
				if column == nil {
					column, gathered = make([]int64, m.total), make([]int64, min(blockRows, m.total))
				}
				m.unpack(lane, column)
				m.release(lane)
				m.gather(r, column, gathered, func(b *block, values []int64) {
					b.lanes[lane] = pack(values, m.reals(lane))
				})
			}
		})
	}
	for lane := range r.blocks[0].lanes {
		next <- lane
	}
	close(next)
	workers.Wait()
	m.gather(r, untils, make([]int64, min(blockRows, m.total)), func(b *block, values []int64) { b.until = pack(values, false) })
}

func (m *merger) gather(r *run, column, gathered []int64, done func(*block, []int64)) {
	rest := m.spot
	for _, b := range r.blocks {
		for i, s := range rest[:b.rows] {
			gathered[i] = column[s.row]
		}
		rest = rest[b.rows:]
		done(b, gathered[:b.rows])
	}
}

// fillEmpty spares the work for a lane without any value.
func (m *merger) fillEmpty(r *run, lane int) bool {
	for _, b := range m.blocks {
		if !b.lane(lane).empty() {
			return false
		}
	}
	for _, b := range r.blocks {
		b.lanes[lane] = noLane
	}
	return true
}

func (m *merger) release(lane int) {
	if m.shared {
		return
	}
	for _, b := range m.blocks {
		if lane < len(b.lanes) {
			b.lanes[lane] = noLane
		}
	}
}
