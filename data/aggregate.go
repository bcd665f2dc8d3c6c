package data

import (
	"context"
	"errors"

	"strikewatch/data/columns"
)

// Group counts what matches a query by fields, or by day, week, month or year
// in which windows begin, and sums up integer fields. A name that can not be
// grouped by is an *InvalidError.
func (s *Store) Group(ctx context.Context, q Query, by, sums []string) ([]columns.Group, error) {
	src, cq, err := s.sourceOf(ctx, q)
	if err != nil {
		return nil, err
	}
	s.views.RLock()
	defer s.views.RUnlock()
	groups, err := src.table.Group(cq, by, sums)
	var field *columns.FieldError
	if errors.As(err, &field) {
		return nil, invalid("by", "names "+field.Field+", which "+field.Problem, "use day, week, month, year or a short property")
	}
	return groups, err
}

// Tile gives what matches a query in one tile of a collection of points.
func (s *Store) Tile(ctx context.Context, q Query, r columns.TileRequest) (columns.Tile, error) {
	src, cq, err := s.sourceOf(ctx, q)
	if err != nil {
		return columns.Tile{}, err
	}
	s.views.RLock()
	defer s.views.RUnlock()
	return src.table.Tile(cq, r)
}
