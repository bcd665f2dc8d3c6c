package columns

import (
	"iter"
	"math"
	"slices"
)

// batch carries copies of rows from the reader to the decoder.
type batch struct {
	rows  []Row
	bytes []byte
}

const (
	batchRows  = 512
	batchBytes = 1 << 20
)

func (b *batch) add(r Row) {
	from := len(b.bytes)
	b.bytes = append(b.bytes, r.Feature...)
	r.Feature = b.bytes[from:len(b.bytes):len(b.bytes)]
	b.rows = append(b.rows, r)
}

func (b *batch) full() bool { return len(b.rows) >= batchRows || len(b.bytes) >= batchBytes }

// read packs rows in the order in which they come. Reading (a database) and
// decoding go on at the same time.
func (t *Table) read(rows iter.Seq2[Row, error]) ([]*block, error) {
	const ahead = 4
	free, filled := make(chan *batch, ahead), make(chan *batch, ahead)
	for range ahead {
		free <- &batch{}
	}
	decoder := decoder{stage: newStage(t.layout, t.borders), done: make(chan struct{})}
	go decoder.run(filled, free)

	err := fillBatches(rows, free, filled, decoder.done)
	close(filled)
	<-decoder.done
	if err == nil {
		err = decoder.err
	}
	return decoder.blocks, err
}

// fillBatches ends early when the decoder is done, having met an error.
func fillBatches(rows iter.Seq2[Row, error], free, filled chan *batch, done chan struct{}) error {
	now := <-free
	for r, err := range rows {
		if err != nil {
			return err
		}
		now.add(r)
		if !now.full() {
			continue
		}
		filled <- now
		select {
		case <-done:
			return nil
		case now = <-free:
		}
		now.rows, now.bytes = now.rows[:0], now.bytes[:0]
	}
	filled <- now
	return nil
}

type decoder struct {
	stage  *stage
	blocks []*block
	err    error
	done   chan struct{}
}

func (d *decoder) run(filled, free chan *batch) {
	defer close(d.done)
	for b := range filled {
		for _, r := range b.rows {
			if d.err = d.stage.add(r); d.err != nil {
				return
			}
			if d.stage.rows == blockRows {
				d.blocks = append(d.blocks, d.stage.take())
			}
		}
		free <- b
	}
	if d.stage.rows > 0 {
		d.blocks = append(d.blocks, d.stage.take())
	}
}

// tailRows bounds how many rows are arranged anew while rows are appended, and
// so for how long a writer may be held up (about 0.2 s).
const tailRows = 64 * blockRows

// place puts a new run among the others, in order of seq. A run that overlaps
// others is merged with them. Otherwise short runs at the end are merged as in
// a binary counter, so that rows appended one by one are packed anew a dozen
// times each and only a dozen short runs exist.
func (l *layout) place(runs []*run, added *run, bulk bool) []*run {
	from, _ := slices.BinarySearchFunc(runs, added.first, func(r *run, first int64) int {
		if r.last < first {
			return -1
		}
		return 1
	})
	to := from
	for to < len(runs) && runs[to].first <= added.last {
		to++
	}
	if from < to {
		if added = l.join(append(runs[from:to:to], added)); added == nil {
			return slices.Delete(runs, from, to)
		}
	}
	runs = slices.Replace(runs, from, to, added)
	for n := len(runs); !bulk && n >= 2; n = len(runs) {
		a, b := len(runs[n-2].order), len(runs[n-1].order)
		if a > 2*b-1 || a+b > tailRows {
			break
		}
		runs = runs[:n-2]
		if joined := l.join(runs[n-2 : n : n]); joined != nil {
			runs = append(runs, joined)
		}
	}
	return runs
}

func (l *layout) join(runs []*run) *run {
	var blocks []*block
	for _, r := range runs {
		blocks = append(blocks, r.blocks...)
	}
	return l.merge(blocks, true)
}

// changed is the latest instant at which a row of the block became public or
// ceased to be.
func (b *block) changed() int64 {
	untils := make([]int64, b.rows)
	b.until.unpack(untils, false)
	latest := b.lanes[laneFrom].most()
	for _, until := range untils {
		if until != math.MaxInt64 {
			latest = max(latest, until)
		}
	}
	return latest
}
