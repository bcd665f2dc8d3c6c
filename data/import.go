package data

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
)

// importBatch incidents are checked, encoded and written together.
const importBatch = 16384

// Import records the incidents of a sequence, as new records or as new
// versions of those that are there, in one transaction: all of them or none.
// It reads as it writes, so that their number does not matter; within a batch
// it writes neighbours on the ground next to each other. progress, when
// not nil, is told how many are written. A failure of the sequence ends it; an
// *InvalidError carries the incident's position from 1 unless it has a row.
func (s *Store) Import(ctx context.Context, author, reason string, incidents iter.Seq2[*Incident, error], progress func(n int)) (Receipt, error) {
	var through func(func() error) error
	if s.file == nil { // nobody is served meanwhile
		through = func(write func() error) error { return s.pastWAL(ctx, write) }
	}
	_, receipt, err := s.record(ctx, author, func(w *writing) error {
		next, stop := iter.Pull2(incidents)
		defer stop()
		return w.importAll(next, reason, progress)
	}, through)
	return receipt, err
}

// importAll keeps one batch being encoded while the one before is written.
func (w *writing) importAll(next func() (*Incident, error, bool), reason string, progress func(n int)) error {
	var encoding []*pending
	encoded := make(chan error, 1)
	row, written := 0, 0
	for more := true; more || encoding != nil; {
		var batch []*pending
		var failed error
		if more {
			batch, more, failed = w.readBatch(next, reason, &row)
		}
		ready := encoding
		if ready != nil {
			failed = errors.Join(failed, <-encoded)
		}
		if failed != nil {
			return failed
		}
		if encoding = nil; len(batch) > 0 {
			byPlace(batch)
			if err := w.number(batch); err != nil {
				return err
			}
			encoding = batch
			go func() { encoded <- w.encode(batch) }()
		}
		if err := w.record(ready); err != nil {
			if encoding != nil {
				err = errors.Join(err, <-encoded) // nothing goes on behind the caller's back
			}
			return err
		}
		if written += len(ready); progress != nil && len(ready) > 0 {
			progress(written)
		}
	}
	return nil
}

// readBatch reads and checks up to importBatch incidents; more says whether
// there may be others.
func (w *writing) readBatch(next func() (*Incident, error, bool), reason string, row *int) (rows []*pending, more bool, err error) {
	for len(rows) < importBatch {
		if err := w.ctx.Err(); err != nil {
			return nil, false, err
		}
		d, err, ok := next()
		if err != nil || !ok {
			return rows, false, err
		}
		*row++
		if err := d.Check(); err != nil {
			return nil, false, atRow(err, *row)
		}
		p := &pending{collection: Incidents, id: d.ID, operation: Create, reason: reason, doc: d}
		if err := w.findCurrent(p); err != nil {
			return nil, false, err
		}
		if p.previous != 0 && p.was != nil {
			p.operation = Update
		}
		p.version++
		rows = append(rows, p)
	}
	return rows, true, nil
}

// byPlace orders incidents along a Z-order curve over cells of about 500 m, so
// that those of a town are read together afterwards.
func byPlace(rows []*pending) {
	for _, p := range rows {
		if at, known := p.doc.(*Incident).Point(); known {
			p.cell = spaced((at[0]+180)/360*65536) | spaced((at[1]+90)/180*65536)<<1
		}
	}
	slices.SortStableFunc(rows, func(a, b *pending) int { return cmp.Compare(a.cell, b.cell) })
}

// spaced puts a zero before each of the low 16 bits of x.
func spaced(x float64) uint32 {
	n := uint32(max(0, min(65535, x)))
	n = (n | n<<8) & 0x00ff00ff
	n = (n | n<<4) & 0x0f0f0f0f
	n = (n | n<<2) & 0x33333333
	return (n | n<<1) & 0x55555555
}
