package data

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

// nearness is how far a point lies from each border. km is geodesic; kmMin
// and kmMax are how near and how far it could be, given its uncertainty.
type nearness struct {
	border           string // the nearest
	km, kmMin, kmMax *float64
	all              string // "code:km,..." nearest first
}

// measure returns, for each point, its metres to each of the lines.
func (r *reference) measure(points []orb.Point) [][]float64 {
	all := make([][]float64, len(points))
	n := len(r.lines)
	room := make([]float64, n*len(points))
	for i := range all {
		all[i] = room[i*n : (i+1)*n]
	}
	if len(points) == 1 { // not worth what preparing for many costs
		for b, line := range r.lines {
			all[0][b], _ = line.line.Nearest(points[0])
		}
		return all
	}
	lines, byLine := make([]*geo.Border, n), make([][]float64, n)
	for b := range lines {
		lines[b], byLine[b] = r.lines[b].line, make([]float64, len(points))
	}
	geo.NearestEach(lines, points, byLine)
	for b, metres := range byLine {
		for i, m := range metres {
			all[i][b] = m
		}
	}
	return all
}

// nearest orders the borders by their distance. metres is what measure gave;
// radius is the metres that the point may be off.
func (r *reference) nearest(metres []float64, radius float64) nearness {
	if len(metres) == 0 {
		return nearness{}
	}
	var room [16]int
	order := room[:0]
	for b := range metres {
		order = append(order, b)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(metres[a], metres[b]) })
	n := nearness{border: r.lines[order[0]].code}
	n.km, n.kmMin, n.kmMax = spread(metres[order[0]], radius)
	var text [256]byte
	all := text[:0]
	for i, b := range order {
		if i > 0 {
			all = append(all, ',')
		}
		all = append(all, r.lines[b].code...)
		all = append(all, ':')
		all = strconv.AppendFloat(all, kilometres(metres[b]), 'f', -1, 64)
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
