package data

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"
)

// Change is one entry of the change log, as its listeners hear of it.
type Change struct {
	Seq        int64
	Collection string
	ID         string
	Version    int64
	Operation  string
	Public     bool // false: withheld or deleted; then nothing of it may be told
	RecordedAt time.Time
}

// publish makes a committed write visible: the tables first, all at once, then
// the listeners.
func (s *Store) publish(ctx context.Context, w *writing) (Receipt, error) {
	receipt := Receipt{Seq: w.seq, RecordedAt: w.at, Written: int(w.seq - w.first)}
	if receipt.Written == 0 {
		return receipt, nil
	}
	s.views.Lock()
	err := s.refresh(ctx, w)
	ahead, err2 := s.readOpenings(ctx)
	s.ref.Store(w.ref)
	s.last.Store(&dataVersion{w.seq, w.at, ahead})
	s.territory.forget()
	s.texts.forget()
	s.leftOut.forget()
	s.views.Unlock()
	if err := errors.Join(err, err2); err != nil {
		return receipt, fmt.Errorf("recorded, but not yet visible: %w", err)
	}
	s.listeners.tell(w.changes)
	return receipt, nil
}

// withdrawStricter takes the earlier versions out of the public view when the
// new one's gate lets less through: who learns that a place is dangerous to
// tell must not be able to ask for yesterday's answer.
func (w *writing) withdrawStricter(p *pending) error {
	if p.was == nil || p.doc == nil || !gateOf(p.doc).stricterThan(gateOf(p.was)) {
		return nil
	}
	earlier, err := w.seqs(`SELECT seq FROM version WHERE collection = ? AND id = ?`, p.collection, p.id)
	if err != nil {
		return err
	}
	e := w.ended[p.collection]
	e.withdrawn = append(e.withdrawn, earlier...)
	_, err = w.tx.ExecContext(w.ctx, `UPDATE version SET withdrawn_by = ?
		WHERE collection = ? AND id = ? AND withdrawn_by IS NULL AND public_from IS NOT NULL`, p.entry.Seq, p.collection, p.id)
	return err
}

// withdrawCiting takes what was recorded of incidents so far out of the public
// view when a source that it cites must not be told any more. Those that are
// still there get a new version that does without it.
func (w *writing) withdrawCiting(p *pending) error {
	if !closes(p.was, p.doc) {
		return nil
	}
	w.closed[p.id] = true
	citing, err := w.seqs(citingQuery, p.entry.Seq, citation(p.id))
	if err != nil {
		return err
	}
	e := w.ended[Incidents]
	e.withdrawn = append(e.withdrawn, citing...)
	_, err = w.tx.ExecContext(w.ctx, `UPDATE version SET withdrawn_by = ?1
		WHERE withdrawn_by IS NULL AND public_from IS NOT NULL AND seq IN (`+citingQuery+`)`, p.entry.Seq, citation(p.id))
	return err
}

// citingQuery finds the versions of incidents before seq ?1 whose document
// holds the citation ?2.
const citingQuery = `SELECT seq FROM version WHERE seq < ?1 AND +collection = 'incidents' AND instr(doc, ?2) ORDER BY seq`

// citation is how a canonical document cites a source.
func citation(source string) string { return `"source":"` + source + `"` }

// closes reports whether a source could be told before and can not any more.
func closes(was, now Document) bool {
	before, wasSource := was.(*Source)
	after, isSource := now.(*Source)
	return wasSource && isSource && (after.Confidential && !before.Confidential || after.NoRedistribution && !before.NoRedistribution)
}

// duplicate names the record that an insert found already there.
func duplicate(err error, p *pending) error {
	var e sqlite3.Error
	if errors.As(err, &e) && e.ExtendedCode == sqlite3.ErrConstraintUnique {
		return fmt.Errorf("%s %s comes twice: %w", p.collection, p.id, ErrConflict)
	}
	return err
}

// listeners are told of each commit, in order.
type listeners struct {
	mu   sync.Mutex
	next int
	fs   map[int]func([]Change)
}

// Subscribe calls f after each commit with what was written, until cancel is
// called. f must not block and must not write to the store.
func (s *Store) Subscribe(f func([]Change)) (cancel func()) { return s.listeners.add(f) }

func (l *listeners) add(f func([]Change)) (cancel func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fs == nil {
		l.fs = map[int]func([]Change){}
	}
	id := l.next
	l.next++
	l.fs[id] = f
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.fs, id)
	}
}

func (l *listeners) any() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.fs) > 0
}

func (l *listeners) tell(changes []Change) {
	if len(changes) == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range l.fs {
		f(changes)
	}
}
