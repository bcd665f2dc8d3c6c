package data

import (
	"github.com/paulmach/orb"
)

// feature encodes the public view of a document as it is stored and served.
// It returns nil when the public may not see the record at all. shown is that
// of an incident, nil for others.
func (r *reference) feature(d Document, shown *shownIncident, st stamp) ([]byte, error) {
	switch d := d.(type) {
	case *Incident:
		return r.incidentFeature(shown, st)
	case *Control:
		return r.controlFeature(d, st)
	case *Area:
		g, err := polygonGeometry(d.Geometry)
		return areas.feature(nil, d.Code, g, areaView{d, st}), err
	case *Place:
		return places.feature(nil, d.Code, d.Point(), placeView{d, st}), nil
	case *Border:
		g, err := lineGeometry(d.Geometry)
		return borders.feature(nil, d.Code, g, borderView{d, st}), err
	case *Gate:
		return gates.feature(nil, d.ID, orb.Point{d.Lon, d.Lat}, gateView{d, st}), nil
	case *Actor:
		return actors.feature(nil, d.Code, nil, actorView{d, st}), nil
	case *Source:
		return sources.feature(nil, d.ID, nil, sourceView{d, st}), nil
	}
	return nil, ErrNotFound
}

// shownIncident is an incident as the public may see it. Holders and distances
// are derived from it and from nothing else, so that a coarsened place can not
// be worked out from them.
type shownIncident struct {
	Incident
	visible bool
	metres  []float64 // to each of the reference's lines; nil when nobody knows where
}

// showAll makes the public view of the incidents among some versions, at the
// same index. Distances are measured for all of them together, which is
// several times faster than one by one.
func (r *reference) showAll(rows []*pending) []*shownIncident {
	all := make([]*shownIncident, len(rows))
	var points []orb.Point
	var at []*shownIncident
	for i, p := range rows {
		d, ok := p.doc.(*Incident)
		if !ok {
			continue
		}
		s := &shownIncident{}
		s.Incident, s.visible = r.publicIncident(*d)
		all[i] = s
		if point, known := s.Point(); known && s.visible {
			points, at = append(points, point), append(at, s)
		}
	}
	for i, metres := range r.measure(points) {
		at[i].metres = metres
	}
	return all
}

func (r *reference) incidentFeature(s *shownIncident, st stamp) ([]byte, error) {
	if !s.visible {
		return nil, nil
	}
	first, last, err := s.Window()
	if err != nil {
		return nil, err
	}
	v := incidentView{
		Incident: s.Incident, stamp: st, held: unknownHolding,
		earliest: formatDay(first), latest: formatDay(last),
		sources: r.describeSources(s.Citations),
	}
	var g orb.Geometry
	if p, known := s.Point(); known {
		g = p
		u := s.Uncertainty()
		v.uncertainty = &u
		v.near = r.nearest(s.metres, u)
		code := s.PlaceCode
		if coarseness(s.LocationPrecision) > 0 {
			code = "" // located to the unit, not to the place that is named
		}
		v.held = r.held.at(p, u, code, first, last)
	}
	return incidents.feature(nil, s.ID, g, &v), nil
}

func (r *reference) controlFeature(d *Control, st stamp) ([]byte, error) {
	prepared, err := prepareControl(d)
	if err != nil {
		return nil, err
	}
	region, accuracy, areaCode := r.extent(prepared)
	v := controlView{Control: *d, stamp: st, areaCode: areaCode}
	var g orb.Geometry
	if region != nil {
		g, v.accuracy = region.MultiPolygon(), &accuracy
	} else if d.Lon != nil && d.Lat != nil {
		g = orb.Point{*d.Lon, *d.Lat}
	} else if p := r.places[d.PlaceCode]; p != nil {
		g = p.Point()
	}
	return controls.feature(nil, d.ID, g, &v), nil
}
