package data

import (
	"github.com/paulmach/orb"
)

// feature encodes the public view of a document as it is stored and served.
// It returns nil when the public may not see the record at all.
func (r *reference) feature(d Document, st stamp) ([]byte, error) {
	switch d := d.(type) {
	case *Incident:
		return r.incidentFeature(d, st)
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

// incidentFeature derives holders and distances from the public view, so that
// a coarsened place can not be worked out from them.
func (r *reference) incidentFeature(d *Incident, st stamp) ([]byte, error) {
	public, ok := r.publicIncident(*d)
	if !ok {
		return nil, nil
	}
	first, last, err := public.Window()
	if err != nil {
		return nil, err
	}
	v := incidentView{
		Incident: public, stamp: st, held: unknownHolding,
		earliest: formatDay(first), latest: formatDay(last),
		sources: r.describeSources(public.Citations),
	}
	var g orb.Geometry
	if p, known := public.Point(); known {
		g = p
		u := public.Uncertainty()
		v.uncertainty = &u
		v.near = r.nearest(p, u)
		code := public.PlaceCode
		if coarseness(public.LocationPrecision) > 0 {
			code = "" // located to the unit, not to the place that is named
		}
		v.held = r.held.at(p, u, code, first, last)
	}
	return incidents.feature(nil, public.ID, g, &v), nil
}

func (r *reference) controlFeature(d *Control, st stamp) ([]byte, error) {
	region, accuracy, areaCode, err := r.extent(d)
	if err != nil {
		return nil, err
	}
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
