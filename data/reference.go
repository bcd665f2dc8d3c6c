package data

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

// reference is one immutable state of what incidents, control and territory
// are derived from. Only what the public may see is in it, so that nothing
// derived gives away what is withheld.
type reference struct {
	places      map[string]*Place
	seats       map[string]*Place // by township code: the place that stands for the township
	areas       map[string]*preparedArea
	areaOfPlace map[string]*preparedArea
	borders     map[string]*preparedBorder
	lines       []*preparedBorder // borders, by code
	sources     map[string]*Source
	actors      map[string]*Actor
	controls    map[string]*preparedControl
	held        *heldIndex
}

// preparedControl is a control record without the text of its geometry.
type preparedControl struct {
	*Control
	drawn *geo.Region // nil: it speaks of an area or a place
}

type preparedArea struct {
	*Area
	polygon orb.MultiPolygon
	region  *geo.Region
}

type preparedBorder struct {
	code string
	line *geo.Border
	g    orb.MultiLineString
}

func newReference() *reference {
	return &reference{
		places: map[string]*Place{}, areas: map[string]*preparedArea{}, borders: map[string]*preparedBorder{},
		sources: map[string]*Source{}, actors: map[string]*Actor{}, controls: map[string]*preparedControl{},
		seats: map[string]*Place{}, areaOfPlace: map[string]*preparedArea{}, held: noHolders(),
	}
}

// refChange is a document put into a reference, or taken out when doc is nil.
type refChange struct {
	collection, id string
	doc            Document
}

// with returns the reference after the changes; the receiver stays as it is.
func (r *reference) with(changes []refChange) (*reference, error) {
	if len(changes) == 0 {
		return r, nil
	}
	n := *r
	touched := map[string]bool{}
	for _, c := range changes {
		if !touched[c.collection] {
			touched[c.collection] = true
			n.cloneMap(c.collection)
		}
		if err := n.put(c); err != nil {
			return nil, fmt.Errorf("%s %s: %w", c.collection, c.id, err)
		}
	}
	if touched[Places] {
		n.seats = townshipSeats(n.places)
	}
	if touched[Borders] {
		n.lines = slices.SortedFunc(maps.Values(n.borders), func(a, b *preparedBorder) int { return strings.Compare(a.code, b.code) })
	}
	if touched[Areas] {
		n.areaOfPlace = map[string]*preparedArea{}
		for _, a := range n.areas {
			for _, code := range append([]string{a.PlaceCode}, a.AlsoPlaces...) {
				if code != "" {
					n.areaOfPlace[code] = a
				}
			}
		}
	}
	if touched[Controls] || touched[Areas] {
		var err error
		if n.held, err = newHeldIndex(&n); err != nil {
			return nil, err
		}
	}
	return &n, nil
}

func (r *reference) cloneMap(collection string) {
	switch collection {
	case Places:
		r.places = maps.Clone(r.places)
	case Areas:
		r.areas = maps.Clone(r.areas)
	case Borders:
		r.borders = maps.Clone(r.borders)
	case Sources:
		r.sources = maps.Clone(r.sources)
	case Actors:
		r.actors = maps.Clone(r.actors)
	case Controls:
		r.controls = maps.Clone(r.controls)
	}
}

func (r *reference) put(c refChange) error {
	switch d := c.doc.(type) {
	case nil:
		r.remove(c.collection, c.id)
	case *Place:
		r.places[c.id] = d
	case *Area:
		mp, err := polygonGeometry(d.Geometry)
		if err != nil {
			return err
		}
		region, err := geo.NewRegion(mp)
		if err != nil {
			return invalid("geometry", err.Error(), "")
		}
		r.areas[c.id] = &preparedArea{Area: d, polygon: mp, region: region}
	case *Border:
		g, err := lineGeometry(d.Geometry)
		if err != nil {
			return err
		}
		line, err := geo.NewBorder(g)
		if err != nil {
			return invalid("geometry", err.Error(), "")
		}
		r.borders[c.id] = &preparedBorder{code: d.Code, line: line, g: g}
	case *Source:
		r.sources[c.id] = d
	case *Actor:
		r.actors[c.id] = d
	case *Control:
		prepared, err := prepareControl(d)
		if err != nil {
			return err
		}
		r.controls[c.id] = prepared
	}
	return nil
}

func prepareControl(c *Control) (*preparedControl, error) {
	if len(c.Geometry) == 0 {
		return &preparedControl{Control: c}, nil
	}
	mp, err := polygonGeometry(c.Geometry)
	if err != nil {
		return nil, err
	}
	region, err := geo.NewRegion(mp)
	if err != nil {
		return nil, invalid("geometry", err.Error(), "")
	}
	bare := *c
	bare.Geometry = nil
	return &preparedControl{&bare, region}, nil
}

func (r *reference) remove(collection, id string) {
	switch collection {
	case Places:
		delete(r.places, id)
	case Areas:
		delete(r.areas, id)
	case Borders:
		delete(r.borders, id)
	case Sources:
		delete(r.sources, id)
	case Actors:
		delete(r.actors, id)
	case Controls:
		delete(r.controls, id)
	}
}

// townshipSeats picks, for each township, the place that gives it its name,
// else the one with the lowest code.
func townshipSeats(places map[string]*Place) map[string]*Place {
	seats := map[string]*Place{}
	for _, p := range places {
		if p.TownshipCode == "" {
			continue
		}
		best := seats[p.TownshipCode]
		if best == nil || (p.Name == p.Township) != (best.Name == best.Township) && p.Name == p.Township ||
			(p.Name == p.Township) == (best.Name == best.Township) && p.Code < best.Code {
			seats[p.TownshipCode] = p
		}
	}
	return seats
}
