package data

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	"golang.org/x/sync/errgroup"

	"strikewatch/data/proof"
)

// pending is a version about to be written.
type pending struct {
	collection, id, operation, reason string
	doc                               Document // nil: deleted
	version                           int64
	previous                          int64 // seq, 0 for none
	was                               Document
	canonical, feature                []byte
	public                            *time.Time

	cell     uint32 // of an imported one: where it stands on the curve
	recorded string // of one derived anew: recorded_at of the version before
	changed  bool   // of one derived anew: its public view is another

	entry proof.Entry // what the log commits to
	leaf  tlog.Hash
	seal  []byte
}

// number gives versions their places in the log, in the order of writing, and
// their salts.
func (w *writing) number(rows []*pending) error {
	salts := make([]byte, len(rows)*proof.SaltSize)
	if _, err := io.ReadFull(w.store.random, salts); err != nil {
		return fmt.Errorf("draw salts: %w", err)
	}
	for i, p := range rows {
		w.seq++
		p.entry.Seq = w.seq
		copy(p.entry.Salt[:], salts[i*proof.SaltSize:])
	}
	return nil
}

// encode makes what numbered versions are stored as.
func (w *writing) encode(rows []*pending) error {
	return onAllCores(rows, func(part []*pending) error {
		shown := w.ref.showAll(part)
		for i, p := range part {
			if err := w.encodeOne(p, shown[i]); err != nil {
				return fmt.Errorf("%s %s: %w", p.collection, p.id, err)
			}
			w.commit(p)
		}
		return nil
	})
}

// encodeOne makes the canonical document and the public feature.
func (w *writing) encodeOne(p *pending, shown *shownIncident) (err error) {
	if p.doc == nil {
		return nil
	}
	if p.canonical, err = Canonical(p.doc); err != nil {
		return err
	}
	at, ok, err := gateOf(p.doc).opens(w.at)
	if err != nil || !ok {
		return err
	}
	p.feature, err = w.ref.feature(p.doc, shown, stamp{p.version, w.time})
	if p.feature != nil {
		p.public = &at
	}
	return err
}

// commit works out what the change log holds of a numbered version.
func (w *writing) commit(p *pending) {
	e := &p.entry
	e.Time, e.Author, e.Operation, e.Reason = w.time, w.author, p.operation, p.reason
	e.Collection, e.ID, e.Version = p.collection, p.id, p.version
	if p.doc != nil {
		e.Doc = p.canonical
	}
	if p.public != nil {
		e.PublicFrom, e.Feature = formatTime(*p.public), p.feature
	}
	p.leaf, p.seal = e.Hash(), e.Seal()
}

// onAllCores calls work with parts of the rows at the same time, and returns
// the first failure.
func onAllCores(rows []*pending, work func(part []*pending) error) error {
	var g errgroup.Group
	for part := range slices.Chunk(rows, 1+len(rows)/runtime.GOMAXPROCS(0)) {
		g.Go(func() error { return work(part) })
	}
	return g.Wait()
}
