package columns

import "iter"

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
