package report

import (
	"context"

	"strikewatch/data"
)

// Map is a report's map, to be drawn in any size.
type Map struct {
	data  *mapData
	fonts *fonts
}

// NewMap reads what the map of a report shows.
func NewMap(ctx context.Context, s *data.Store, b *BorderReport) (*Map, error) {
	d, err := readMap(ctx, s, b)
	if err != nil {
		return nil, err
	}
	f, err := newFonts()
	if err != nil {
		return nil, err
	}
	return &Map{d, f}, nil
}

// svg draws the map as one SVG element. scope keeps the ids of several on one
// page apart.
func (m *Map) svg(size mapSize, scope string) string {
	d := m.data.layout(size, m.fonts)
	c := newSVG(size.width, d.height(), m.Description(), scope)
	d.draw(c)
	return c.String()
}

// png draws the map as a picture for mail, twice as fine as it is shown.
func (m *Map) png(size mapSize) ([]byte, error) {
	d := m.data.layout(size, m.fonts)
	c := newRaster(size.width, d.height(), 2, m.fonts)
	d.draw(c)
	return c.png()
}

// Description says in words what the map shows.
func (m *Map) Description() string {
	b := m.data.report
	return "Map of the " + b.counted() + " within " + formatKM(b.WithinKM) + " km of the " + borderPhrase(b.BorderName) +
		", " + periodWords(b.Period) + ", with the border, the band around it and who held what on the last day"
}

// counted says how many strikes there are and how certain they are.
func (b *BorderReport) counted() string {
	switch {
	case b.Possible == 0:
		return plural(b.Certain, b.noun())
	case b.Certain == 0:
		return "no certain and " + plural(b.Possible, "possible "+b.noun())
	}
	return plural(b.Certain, "certain "+b.noun()) + " and " + plural(b.Possible, "possible one")
}

func (b *BorderReport) noun() string {
	if b.request.namesKinds() {
		return "incident"
	}
	return "strike"
}
