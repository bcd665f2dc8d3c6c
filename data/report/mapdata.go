package report

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"strikewatch/data"
	"strikewatch/data/columns"
	"strikewatch/geo"
)

// mapData is what a report's map shows, read from the public view.
type mapData struct {
	report    *BorderReport
	knownAt   time.Time // zero: now
	lands     []land
	border    orb.MultiLineString
	others    []orb.MultiLineString
	near      *geo.Border
	band      orb.MultiPolygon
	territory []holding
	towns     []town
	crossings []town
}

type land struct {
	name  string
	home  bool
	shape orb.MultiPolygon
}

// holding is an actor's territory on the last day of the period.
type holding struct {
	code, name, status string
	color              string
	shape              orb.MultiPolygon
}

type town struct {
	name string
	at   orb.Point
	town bool // and not a village
}

// readMap collects what the map shows.
func readMap(ctx context.Context, s *data.Store, b *BorderReport) (*mapData, error) {
	m := &mapData{report: b, knownAt: b.request.KnownAt}
	home, err := m.readBorders(ctx, s)
	if err == nil && m.border == nil { // not recorded yet when the report asks
		m.knownAt = time.Time{}
		home, err = m.readBorders(ctx, s)
		m.knownAt = b.request.KnownAt
	}
	if err != nil {
		return nil, err
	}
	if m.near, err = geo.NewBorder(m.border); err != nil {
		return nil, err
	}
	if m.band, err = geo.Band(m.border, b.WithinKM*1000); err != nil {
		return nil, err
	}
	return m, cmp.Or(
		m.each(ctx, s, data.Areas, url.Values{"level": {"country"}}, func(r *row) {
			m.lands = append(m.lands, land{r.text("name"), r.text("code") == home, polygons(r.Geometry)})
		}),
		m.each(ctx, s, data.Territory, url.Values{"datetime": {b.Period.To}}, func(r *row) {
			m.territory = append(m.territory, holding{r.text("actor"), r.text("actor_name"), r.text("status"), r.text("color"), polygons(r.Geometry)})
		}),
		m.each(ctx, s, data.Places, nil, func(r *row) {
			if p, ok := r.Geometry.(orb.Point); ok {
				m.towns = append(m.towns, town{shortName(r.text("name")), p, r.text("kind") == "town"})
			}
		}),
		m.each(ctx, s, data.Gates, url.Values{"border": {b.Border}}, func(r *row) {
			if p, ok := r.Geometry.(orb.Point); ok {
				m.crossings = append(m.crossings, town{shortName(r.text("name")), p, false})
			}
		}),
	)
}

// readBorders returns the code of the country whose border it is.
func (m *mapData) readBorders(ctx context.Context, s *data.Store) (home string, err error) {
	m.others = nil
	err = m.each(ctx, s, data.Borders, nil, func(r *row) {
		line := lines(r.Geometry)
		if r.text("code") != m.report.Border {
			m.others = append(m.others, line)
			return
		}
		m.border = line
		home, _, _ = strings.Cut(r.text("countries"), ",")
	})
	return home, err
}

// row is one record with its values by name.
type row struct {
	columns.Record
	schema *columns.Schema
}

func (r *row) text(name string) string {
	if i := r.schema.Index(name); i >= 0 {
		return r.Values[i].Text
	}
	return ""
}

// each visits the features of a collection as known at knownAt.
func (m *mapData) each(ctx context.Context, s *data.Store, collection string, params url.Values, visit func(*row)) error {
	p := url.Values{}
	for name, values := range params {
		p[name] = slices.Clone(values)
	}
	if !m.knownAt.IsZero() {
		p.Set("known_at", m.knownAt.UTC().Format(time.RFC3339Nano))
	}
	q, err := s.Parse(collection, p)
	if err != nil {
		return err
	}
	r := row{schema: q.Schema()}
	return s.Stream(ctx, q, func(feature []byte) error {
		if err := r.schema.Decode(feature, &r.Record); err != nil {
			return err
		}
		visit(&r)
		return nil
	})
}

func polygons(g orb.Geometry) orb.MultiPolygon {
	switch g := g.(type) {
	case orb.Polygon:
		return orb.MultiPolygon{g}
	case orb.MultiPolygon:
		return g
	}
	return nil
}

func lines(g orb.Geometry) orb.MultiLineString {
	switch g := g.(type) {
	case orb.LineString:
		return orb.MultiLineString{g}
	case orb.MultiLineString:
		return g
	}
	return nil
}
