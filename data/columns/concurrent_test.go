package columns_test

import (
	"math"
	"sync"
	"testing"

	"strikewatch/data/columns"
)

// TestReadersDuringWrites is for the race detector; it also holds that a
// reader sees a write whole or not at all: the rows come and go in tens.
func TestReadersDuringWrites(t *testing.T) {
	w := newWorld(pointSchema(), 31)
	table := columns.NewTable(w.schema)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for reader := range 3 {
		readers.Go(func() {
			w := newWorld(pointSchema(), uint64(40+reader))
			for {
				select {
				case <-done:
					return
				default:
				}
				if n, err := table.Count(columns.Query{AsOf: now}); err != nil || n%10 != 0 {
					t.Errorf("count %d, %v", n, err)
					return
				}
				q := columns.Query{Filter: w.simpleFilter(), AsOf: now, Limit: 50, Sort: w.order()}
				if _, _, err := table.Page(q, nil); err != nil {
					t.Error(err)
				}
				if _, err := table.Group(q, []string{"kind", "month"}, []string{"killed"}); err != nil {
					t.Error(err)
				}
				if _, err := table.Tile(q, columns.TileRequest{Extent: 4096, MaxPoints: 100, Fields: []string{"id"}, Grid: 32, MaxCells: 100, Dominant: "kind"}); err != nil {
					t.Error(err)
				}
				table.Bounds(now)
				table.Size()
			}
		})
	}
	var last []int64
	for write := range 100 {
		rows := make([]columns.Row, 10)
		var seqs []int64
		for i := range rows {
			rows[i] = columns.Row{Seq: int64(write*10 + i), From: 0, Until: math.MaxInt64, Feature: w.feature()}
			seqs = append(seqs, rows[i].Seq)
		}
		if err := table.Append(rows); err != nil {
			t.Fatal(err)
		}
		switch {
		case write%7 == 3:
			table.Close(last, now)
		case write%11 == 5:
			table.Withdraw(last)
		}
		last = seqs
	}
	close(done)
	readers.Wait()
}
