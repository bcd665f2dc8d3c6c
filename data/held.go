package data

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

// holding is who held a place over a window of days, and how sure that is.
type holding struct {
	by, certainty, shares, records string
}

var unknownHolding = holding{certainty: "unknown"}

// heldRecord is a control record ready to be asked.
type heldRecord struct {
	id, actor string
	contested bool
	from, to  int32 // [from, to) on which it may hold: from is the first day that valid_from's precision allows
	sureFrom  int32 // from this day on it surely holds
	accuracy  float64
	region    *geo.Region // nil: only the place itself is known
	place     string
}

// heldIndex finds the control records that bear on a place and a window.
type heldIndex struct {
	records  []heldRecord
	byPlace  map[string][]int
	spatial  []int            // the records with a region
	space    *geo.RegionIndex // over spatial
	accuracy float64          // the largest
}

// noHolders is the index before any control is recorded.
func noHolders() *heldIndex { return &heldIndex{space: geo.NewRegionIndex(nil, nil, nil)} }

func newHeldIndex(r *reference) (*heldIndex, error) {
	x := &heldIndex{byPlace: map[string][]int{}}
	ids := make([]string, 0, len(r.controls))
	for id := range r.controls {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	var bounds []orb.Bound
	var froms, tos []int32
	for _, id := range ids {
		c := r.controls[id]
		if c.Status == "claimed" {
			continue // a claim is not a holding
		}
		rec, err := r.heldRecord(c)
		if err != nil {
			return nil, err
		}
		x.records = append(x.records, rec)
		n := len(x.records) - 1
		if rec.place != "" {
			x.byPlace[rec.place] = append(x.byPlace[rec.place], n)
		}
		if rec.region != nil {
			x.spatial = append(x.spatial, n)
			bounds = append(bounds, rec.region.Bound())
			froms, tos = append(froms, rec.from), append(tos, rec.to)
			x.accuracy = max(x.accuracy, rec.accuracy)
		}
	}
	x.space = geo.NewRegionIndex(bounds, froms, tos)
	return x, nil
}

func (r *reference) heldRecord(c *preparedControl) (heldRecord, error) {
	from, to, err := c.Span()
	if err != nil {
		return heldRecord{}, err
	}
	rec := heldRecord{id: c.ID, actor: c.Actor, contested: c.Status == "contested", from: from, to: to, sureFrom: from, place: c.PlaceCode}
	if c.ValidFrom != "" {
		rec.from, rec.sureFrom = widenDay(from, c.DatePrecision)
	}
	rec.region, rec.accuracy, _ = r.extent(c)
	return rec, nil
}

// extent returns the polygon that a control record speaks of, with the metres
// that its boundary may be off and the code of its area. The region is nil
// when only a point is known.
func (r *reference) extent(c *preparedControl) (region *geo.Region, accuracy float64, areaCode string) {
	if c.drawn != nil {
		region = c.drawn
	} else {
		a := r.areas[c.AreaCode]
		if a == nil {
			a = r.areaOfPlace[c.PlaceCode]
		}
		if a != nil {
			region, accuracy, areaCode = a.region, a.AccuracyM, a.Code
		}
	}
	if c.AccuracyM != nil {
		accuracy = *c.AccuracyM
	}
	return region, accuracy, areaCode
}

// at says who held the disk of radius metres around p over the days first to
// last, inclusive. placeCode is that of the very place, when the incident is
// located to it: control recorded for it in the window is then the answer.
func (x *heldIndex) at(p orb.Point, radius float64, placeCode string, first, last int32) holding {
	if recs := x.placeRecords(placeCode, first, last); len(recs) > 0 {
		return x.sum(recs, first, last, shareEqually)
	}
	var recs []int
	reach := radius
	x.space.Search(diskBound(p, radius+x.accuracy), first, last+1, func(n int) {
		i := x.spatial[n]
		rec := &x.records[i]
		if rec.region.Share(p, radius+rec.accuracy) > 0 {
			recs = append(recs, i)
			reach = max(reach, radius+rec.accuracy)
		}
	})
	if len(recs) == 0 {
		return unknownHolding
	}
	slices.Sort(recs)
	return x.sum(recs, first, last, func(actors [][]int) []float64 { return x.diskShares(p, reach, actors) })
}

func (x *heldIndex) placeRecords(placeCode string, first, last int32) (recs []int) {
	if placeCode == "" {
		return nil
	}
	for _, i := range x.byPlace[placeCode] {
		if x.records[i].from <= last && x.records[i].to > first {
			recs = append(recs, i)
		}
	}
	return recs
}

func shareEqually(actors [][]int) []float64 {
	shares := make([]float64, len(actors))
	for i := range shares {
		shares[i] = 1 / float64(len(actors))
	}
	return shares
}

func (x *heldIndex) diskShares(p orb.Point, radius float64, actors [][]int) []float64 {
	regions := make([][]*geo.Region, len(actors))
	for i, recs := range actors {
		for _, n := range recs {
			regions[i] = append(regions[i], x.records[n].region)
		}
	}
	return geo.DiskShares(p, radius, regions)
}

// sum averages the holders' shares over the days of the window. shares gets,
// for each actor, the records that hold on a stretch of days.
func (x *heldIndex) sum(recs []int, first, last int32, shares func(actors [][]int) []float64) holding {
	type total struct {
		actor   string
		share   float64
		records []string
	}
	totals := []total{}
	of := func(actor string) *total {
		for i := range totals {
			if totals[i].actor == actor {
				return &totals[i]
			}
		}
		totals = append(totals, total{actor: actor})
		return &totals[len(totals)-1]
	}
	certain := true
	days := x.breaks(recs, first, last)
	for d := range len(days) - 1 {
		from, to := days[d], days[d+1]
		var names []string
		var groups [][]int
		for _, i := range recs {
			rec := &x.records[i]
			if rec.from > from || rec.to <= from {
				continue
			}
			certain = certain && !rec.contested && rec.sureFrom <= from
			g := slices.Index(names, rec.actor)
			if g < 0 {
				names, groups, g = append(names, rec.actor), append(groups, nil), len(groups)
			}
			groups[g] = append(groups[g], i)
		}
		certain = certain && len(names) == 1
		weight := float64(to-from) / float64(last+1-first)
		for g, share := range shares(groups) {
			t := of(names[g])
			t.share += share * weight
			for _, i := range groups[g] {
				if id := x.records[i].id; !slices.Contains(t.records, id) {
					t.records = append(t.records, id)
				}
			}
		}
	}
	totals = slices.DeleteFunc(totals, func(t total) bool { return t.share < leastShare })
	if len(totals) == 0 {
		return unknownHolding
	}
	slices.SortFunc(totals, func(a, b total) int {
		return cmp.Or(cmp.Compare(roundShare(b.share), roundShare(a.share)), strings.Compare(a.actor, b.actor))
	})
	h := holding{certainty: "ambiguous"}
	if certain && len(totals) == 1 && totals[0].share > 1-leastShare {
		h.certainty = "certain"
	}
	var by, parts, ids []string
	for _, t := range totals {
		by = append(by, t.actor)
		parts = append(parts, t.actor+":"+strconv.FormatFloat(roundShare(t.share), 'f', -1, 64))
		ids = append(ids, t.records...)
	}
	h.by, h.shares, h.records = strings.Join(by, ","), strings.Join(parts, ","), strings.Join(ids, ",")
	return h
}

// leastShare is the smallest share that is told: a thousandth of the disk.
const leastShare = 0.0005

func roundShare(s float64) float64 { return math.Round(s*1000) / 1000 }

// breaks returns the days on which the set of holding records changes within
// the window, with its first day and the day after its last.
func (x *heldIndex) breaks(recs []int, first, last int32) []int32 {
	days := []int32{first, last + 1}
	if first == last {
		return days
	}
	for _, i := range recs {
		for _, d := range [3]int32{x.records[i].from, x.records[i].sureFrom, x.records[i].to} {
			if d > first && d <= last {
				days = append(days, d)
			}
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// diskBound returns a box that holds the disk of radius metres around p.
func diskBound(p orb.Point, radius float64) orb.Bound {
	dLat := radius / 110_000
	dLon := 180.0
	if c := math.Cos(math.Min(89, math.Abs(p[1])+dLat) * math.Pi / 180); c > 0 {
		dLon = math.Min(180, dLat/c)
	}
	return orb.Bound{Min: orb.Point{p[0] - dLon, p[1] - dLat}, Max: orb.Point{p[0] + dLon, p[1] + dLat}}
}
