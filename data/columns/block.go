package columns

import (
	"math"
	"sync/atomic"
)

// block is up to blockRows rows, packed. It never changes but for the folds that
// it keeps; ending a row's public interval makes a new block that shares the
// lanes.
type block struct {
	rows  int
	lanes []lane
	until lane // end of the public interval; null when withdrawn
	folds atomic.Pointer[folds]
}

// noLane stands for lanes younger than a block: all null.
var noLane = lane{nulls: true}

func (b *block) lane(i int) *lane {
	if i == laneUntil {
		return &b.until
	}
	if i >= len(b.lanes) {
		return &noLane
	}
	return &b.lanes[i]
}

func (b *block) seq(row int) int64 { return b.lanes[laneSeq].value(row) }

// withUntil is the block with the intervals of some rows ended, unless they
// ended before; null withdraws them.
func (b *block) withUntil(rows []int, until int64) *block {
	values := make([]int64, b.rows)
	b.until.unpack(values, false)
	for _, row := range rows {
		values[row] = min(values[row], until) // null is less than any
	}
	return &block{rows: b.rows, lanes: b.lanes, until: pack(values, false)}
}

func (b *block) size() int {
	const laneBytes = 72 // of the struct and its slice header
	bytes := b.until.size() + laneBytes*(1+len(b.lanes))
	for i := range b.lanes {
		bytes += b.lanes[i].size()
	}
	if kept := b.folds.Load(); kept != nil {
		for _, f := range *kept {
			bytes += f.size()
		}
	}
	return bytes
}

// changed is the latest instant at which a row of the block became public or
// ceased to be.
func (b *block) changed() int64 {
	untils := make([]int64, b.rows)
	b.until.unpack(untils, false)
	latest := b.lanes[laneFrom].most
	for _, until := range untils {
		if until != math.MaxInt64 {
			latest = max(latest, until)
		}
	}
	return latest
}
