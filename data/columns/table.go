package columns

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"sync"
	"sync/atomic"
)

// Table holds the versions of one collection's records in memory. One writer
// at a time changes it; readers see it as it stood when they asked, and never
// wait.
type Table struct {
	layout  *layout
	borders *dictionary // codes in border_distances
	writing sync.Mutex
	current atomic.Pointer[content]
}

// content is a table at one moment. It never changes.
type content struct {
	runs    []*run
	borders texts
	changed int64 // the latest instant at which a row became public or ceased to be
}

func (c *content) rows() int {
	n := 0
	for _, r := range c.runs {
		n += len(r.order)
	}
	return n
}

// Row is one version of a record: public from From until before Until, both in
// Unix microseconds; Until is math.MaxInt64 while it is open.
type Row struct {
	Seq         int64
	From, Until int64
	Feature     []byte // is read before the next row is asked for
}

// NewTable makes an empty table for features of a schema. The schema must not
// change afterwards.
func NewTable(schema Schema) *Table {
	t := &Table{layout: newLayout(schema), borders: newDictionary()}
	t.current.Store(&content{})
	return t
}

// Schema is the schema of the table's features.
func (t *Table) Schema() *Schema { return &t.layout.schema }

// Load adds many rows, fastest in order of seq, and arranges them in space and
// time. After an error the table is as before.
func (t *Table) Load(rows iter.Seq2[Row, error]) error {
	t.writing.Lock()
	defer t.writing.Unlock()
	blocks, err := t.read(rows)
	if err != nil {
		return fmt.Errorf("load %s: %w", t.layout.schema.Collection, err)
	}
	t.add(blocks, true)
	return nil
}

// Append adds rows, all or, after an error, none. A row whose seq the table
// holds already replaces it.
func (t *Table) Append(rows []Row) error {
	t.writing.Lock()
	defer t.writing.Unlock()
	stage := newStage(t.layout, t.borders)
	var blocks []*block
	for _, r := range rows {
		if err := stage.add(r); err != nil {
			return fmt.Errorf("append to %s: %w", t.layout.schema.Collection, err)
		}
		if stage.rows == blockRows {
			blocks = append(blocks, stage.take())
		}
	}
	if stage.rows > 0 {
		blocks = append(blocks, stage.take())
	}
	t.add(blocks, false)
	return nil
}

// add makes blocks known to readers.
func (t *Table) add(blocks []*block, bulk bool) {
	if len(blocks) == 0 {
		return
	}
	now := t.current.Load()
	next := &content{runs: slices.Clone(now.runs), changed: now.changed}
	for _, b := range blocks {
		next.changed = max(next.changed, b.changed())
	}
	if r := t.layout.merge(blocks, false); r != nil {
		next.runs = t.layout.place(next.runs, r, bulk)
	}
	next.borders = t.borders.texts()
	t.current.Store(next)
}

// Close ends the public intervals of rows: they are public until before until,
// or before their earlier end. Unknown rows are ignored.
func (t *Table) Close(seqs []int64, until int64) { t.end(seqs, until) }

// Withdraw makes rows vanish for every instant, past ones too.
func (t *Table) Withdraw(seqs []int64) { t.end(seqs, null) }

func (t *Table) end(seqs []int64, until int64) {
	t.writing.Lock()
	defer t.writing.Unlock()
	now := t.current.Load()
	places := map[int][]uint32{}
	for _, seq := range seqs {
		i := findRun(now.runs, seq)
		if i < 0 {
			continue
		}
		if at, ok := now.runs[i].find(seq); ok {
			places[i] = append(places[i], at)
		}
	}
	next := &content{runs: slices.Clone(now.runs), borders: now.borders, changed: now.changed}
	if until != math.MaxInt64 {
		next.changed = max(now.changed, until)
	}
	for i, at := range places {
		next.runs[i] = now.runs[i].withUntil(at, until)
	}
	t.current.Store(next)
}

// Size tells what a table costs.
type Size struct {
	Rows   int
	Blocks int
	Bytes  int // of columns and dictionaries
}

// Size counts withdrawn rows until they are dropped.
func (t *Table) Size() Size {
	var s Size
	for _, r := range t.current.Load().runs {
		s.Blocks += len(r.blocks)
		s.Bytes += 4 * cap(r.order)
		for _, b := range r.blocks {
			s.Rows += b.rows
			s.Bytes += b.size()
		}
	}
	for _, d := range append(t.layout.texts, t.borders) {
		if d != nil {
			s.Bytes += d.size()
		}
	}
	return s
}
