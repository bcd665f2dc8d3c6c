package data

import (
	"context"
	"errors"
	"time"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
)

// Query asks a collection a question. Every answer is the public view.
type Query struct {
	Collection string
	Filter     columns.Expr
	KnownAt    time.Time // as the public view stood then; zero: now
	Sort       []columns.Sort
	After      columns.Cursor
	Limit      int           // of Page
	Band       *columns.Near // the border and distance asked for: features then carry a certainty
	From, To   int32         // the days that datetime named, inclusive; the ends of time where open

	lonLat func(orb.Point) (orb.Point, error) // of the filter's geometries; nil: they are so
}

// Page is one page of features.
type Page struct {
	Next     columns.Cursor // where the next page starts; empty at the end
	Returned int            // features of this page
	Matched  int            // in all
	AsOf     time.Time

	seqs  []int64
	query Query
	fetch columns.Fetch
}

// Each visits the page's features in order. The bytes are valid only during
// the visit.
func (p *Page) Each(visit func(feature []byte) error) error {
	return p.query.each(p.seqs, p.fetch, visit)
}

// each visits features as the query dresses them.
func (q *Query) each(seqs []int64, fetch columns.Fetch, visit func(feature []byte) error) error {
	return fetch(seqs, func(_ int, feature []byte) error {
		dressed, err := q.dress(feature)
		if err != nil {
			return err
		}
		return visit(dressed)
	})
}

// source is a table with the features behind it.
type source struct {
	table *columns.Table
	fetch columns.Fetch
}

func (s *Store) sourceOf(ctx context.Context, q Query) (source, columns.Query, error) {
	asOf := s.asOf(q.KnownAt)
	cq := columns.Query{Filter: q.Filter, AsOf: asOf.UnixMicro(), Sort: q.Sort, After: q.After, Limit: q.Limit}
	if q.Collection == Territory {
		t, err := s.territoryAt(ctx, q.KnownAt)
		if err != nil {
			return source{}, cq, err
		}
		cq.Fetch = t.fetch
		return source{t.table, t.fetch}, cq, nil
	}
	t, err := s.table(ctx, q.Collection)
	if err != nil {
		return source{}, cq, err
	}
	src := source{t, s.fetcher(ctx)}
	cq.Fetch, cq.Text = src.fetch, s.finder(ctx, q.Collection)
	return src, cq, nil
}

// asOf is the instant that known_at asks for: now when it is zero, and now also
// when it lies ahead, since what is delayed until then is not public yet.
func (s *Store) asOf(knownAt time.Time) time.Time {
	now := s.now()
	if knownAt.IsZero() || knownAt.After(now) {
		return now
	}
	return knownAt
}

// Page returns the features from q.After on, at most q.Limit, in a total order
// that stays the same while records are added and withdrawn.
func (s *Store) Page(ctx context.Context, q Query) (Page, error) {
	src, cq, err := s.sourceOf(ctx, q)
	if err != nil {
		return Page{}, err
	}
	s.views.RLock()
	found, err := src.table.Find(cq)
	s.views.RUnlock()
	if err != nil {
		return Page{}, badCursor(err)
	}
	return Page{Next: found.Next, Returned: len(found.Seqs), Matched: found.Matched, AsOf: time.UnixMicro(found.AsOf).UTC(), seqs: found.Seqs, query: q, fetch: src.fetch}, nil
}

// Stream visits every matching feature in the order of writing. The bytes are
// valid only during the visit.
func (s *Store) Stream(ctx context.Context, q Query, visit func(feature []byte) error) error {
	src, cq, err := s.sourceOf(ctx, q)
	if err != nil {
		return err
	}
	var seqs []int64
	s.views.RLock()
	err = src.table.Scan(cq, func(seq int64) error {
		seqs = append(seqs, seq)
		return nil
	})
	s.views.RUnlock()
	if err != nil {
		return err
	}
	return q.each(seqs, src.fetch, visit)
}

// Records are what matches a query as memory holds it, of some fields only;
// nil when that takes the features. They come in the order of Stream.
func (s *Store) Records(ctx context.Context, q Query, fields []string) (*columns.Rows, error) {
	if q.Band != nil || q.Collection == Territory {
		return nil, nil
	}
	src, cq, err := s.sourceOf(ctx, q)
	if err != nil || !src.table.Holds(fields) {
		return nil, err
	}
	s.views.RLock()
	defer s.views.RUnlock()
	return src.table.Rows(cq, fields)
}

// Count returns how many features match.
func (s *Store) Count(ctx context.Context, q Query) (int, error) {
	src, cq, err := s.sourceOf(ctx, q)
	if err != nil {
		return 0, err
	}
	s.views.RLock()
	defer s.views.RUnlock()
	return src.table.Count(cq)
}

func badCursor(err error) error {
	if errors.Is(err, columns.ErrCursor) {
		return invalid("after", err.Error(), "follow the next link of the page before, unchanged")
	}
	return err
}
