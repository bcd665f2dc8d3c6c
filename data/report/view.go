package report

import (
	"math"

	"github.com/paulmach/orb"
)

// view maps the Earth to the page: azimuthal equidistant around its centre, so
// that distances near it are true and north is up, then to pixels.
type view struct {
	center   orb.Point // longitude, latitude
	km       point     // what lies in the middle of the frame, km east and north of center
	scale    float64   // pixels per km
	from, to point     // the frame
}

const earthKM = 6371.0088 // mean radius; a drawing needs no ellipsoid

// plane projects a position to km east and north of the centre.
func (v *view) plane(p orb.Point) point {
	lat0, lat := v.center[1]*math.Pi/180, p[1]*math.Pi/180
	dlon := (p[0] - v.center[0]) * math.Pi / 180
	cosc := math.Sin(lat0)*math.Sin(lat) + math.Cos(lat0)*math.Cos(lat)*math.Cos(dlon)
	c := math.Acos(max(-1, min(1, cosc)))
	k := earthKM
	if s := math.Sin(c); s > 1e-12 {
		k *= c / s
	}
	return point{k * math.Cos(lat) * math.Sin(dlon),
		k * (math.Cos(lat0)*math.Sin(lat) - math.Sin(lat0)*math.Cos(lat)*math.Cos(dlon))}
}

// at projects a position to the page.
func (v *view) at(p orb.Point) point { return v.page(v.plane(p)) }

func (v *view) page(km point) point {
	return point{(v.from.x+v.to.x)/2 + (km.x-v.km.x)*v.scale, (v.from.y+v.to.y)/2 - (km.y-v.km.y)*v.scale}
}

// spot is a position that a view must show, with km around it.
type spot struct {
	orb.Point
	km float64
}

// fit makes the view that shows all spots in a frame, and at least leastKM
// from side to side.
func fit(spots []spot, from, to point, leastKM float64) *view {
	var b orb.Bound
	for i, s := range spots {
		if i == 0 {
			b = s.Bound()
		}
		b = b.Extend(s.Point)
	}
	v := &view{center: b.Center(), from: from, to: to, scale: 1}
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, s := range spots {
		p := v.plane(s.Point)
		low = point{min(low.x, p.x-s.km), min(low.y, p.y-s.km)}
		high = point{max(high.x, p.x+s.km), max(high.y, p.y+s.km)}
	}
	if len(spots) == 0 {
		low, high = point{}, point{}
	}
	v.km = point{(low.x + high.x) / 2, (low.y + high.y) / 2}
	width, height := to.x-from.x, to.y-from.y
	v.scale = min(width/max(leastKM, (high.x-low.x)*1.16), height/max(leastKM*height/width, (high.y-low.y)*1.16))
	return v
}
