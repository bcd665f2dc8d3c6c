package data

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// nearness is how far a point lies from each border. km is geodesic; kmMin
// and kmMax are how near and how far it could be, given its uncertainty.
type nearness struct {
	border           string // the nearest
	km, kmMin, kmMax *float64
	all              string // "code:km,..." nearest first
}

// nearest measures a point against every border. radius is the metres that
// the point may be off.
func (r *reference) nearest(p orb.Point, radius float64) nearness {
	type distance struct {
		code string
		m    float64
	}
	var ds []distance
	for code, b := range r.borders {
		m, _ := b.line.Nearest(p)
		ds = append(ds, distance{code, m})
	}
	if len(ds) == 0 {
		return nearness{}
	}
	slices.SortFunc(ds, func(a, b distance) int {
		if a.m != b.m {
			return int(math.Copysign(1, a.m-b.m))
		}
		return strings.Compare(a.code, b.code)
	})
	n := nearness{border: ds[0].code}
	n.km, n.kmMin, n.kmMax = spread(ds[0].m, radius)
	var all []byte
	for i, d := range ds {
		if i > 0 {
			all = append(all, ',')
		}
		all = append(all, d.code...)
		all = append(all, ':')
		all = strconv.AppendFloat(all, kilometres(d.m), 'f', -1, 64)
	}
	n.all = string(all)
	return n
}

// spread turns a distance and an uncertainty, both in metres, into kilometres
// to the metre: the distance, the least and the most.
func spread(m, radius float64) (km, least, most *float64) {
	k, lo, hi := kilometres(m), kilometres(max(0, m-radius)), kilometres(m+radius)
	return &k, &lo, &hi
}

func kilometres(m float64) float64 { return math.Round(m) / 1000 }
