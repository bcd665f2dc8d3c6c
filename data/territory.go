package data

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/paulmach/orb"
	"golang.org/x/sync/errgroup"

	"strikewatch/data/columns"
	"strikewatch/geo"
)

// territoryTable holds the computed states of all territories as known at one
// time, as a collection like any other.
type territoryTable struct {
	table    *columns.Table
	features [][]byte // of seq i+1
}

// fetch hands out features by seq.
func (t *territoryTable) fetch(seqs []int64, visit func(i int, feature []byte) error) error {
	for i, seq := range seqs {
		if err := visit(i, t.features[seq-1]); err != nil {
			return err
		}
	}
	return nil
}

// territoryCache keeps the present territory and the last few past ones.
type territoryCache struct {
	mu      sync.Mutex
	present *territoryTable
	past    map[time.Time]*territoryTable
}

const keptPast = 16

// find returns what is kept for a time, or nil. The lock is held.
func (c *territoryCache) find(knownAt time.Time) *territoryTable {
	if knownAt.IsZero() {
		return c.present
	}
	return c.past[knownAt]
}

func (c *territoryCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.present, c.past = nil, nil
}

// territoryAt returns all states of all territories as the public view stood
// at a time; zero is now.
func (s *Store) territoryAt(ctx context.Context, knownAt time.Time) (*territoryTable, error) {
	if _, at := s.DataVersion(); knownAt.Equal(at) {
		knownAt = time.Time{}
	}
	c := &s.territory
	c.mu.Lock()
	defer c.mu.Unlock()
	if t := c.find(knownAt); t != nil {
		return t, nil
	}
	ref, err := s.reference(ctx, knownAt)
	if err != nil {
		return nil, err
	}
	t, err := ref.territoryTable()
	if err != nil {
		return nil, err
	}
	if knownAt.IsZero() {
		c.present = t
		return t, nil
	}
	if c.past == nil || len(c.past) >= keptPast {
		c.past = map[time.Time]*territoryTable{}
	}
	c.past[knownAt] = t
	return t, nil
}

func (r *reference) territoryTable() (*territoryTable, error) {
	states, err := r.territoryStates()
	if err != nil {
		return nil, err
	}
	t := &territoryTable{table: columns.NewTable(territories.schema)}
	var rows []columns.Row
	for i, v := range states {
		f := territories.feature(nil, v.ID, v.polygon, v)
		t.features = append(t.features, f)
		rows = append(rows, columns.Row{Seq: int64(i + 1), From: 0, Until: math.MaxInt64, Feature: f})
	}
	return t, t.table.Append(rows)
}

// territoryStates computes, for each actor and status, the polygon of every
// span of days over which it stays the same. Areas that several records of an
// actor speak of count once.
func (r *reference) territoryStates() ([]*territoryView, error) {
	groups, err := r.controlGroups()
	if err != nil {
		return nil, err
	}
	var states []*territoryView
	var adding sync.Mutex
	var working errgroup.Group
	working.SetLimit(max(1, runtime.GOMAXPROCS(0)-1)) // it takes seconds; who asks for something else meanwhile has a core
	for key, recs := range groups {
		working.Go(func() error {
			of, err := r.statesOf(key[0], key[1], recs)
			adding.Lock()
			defer adding.Unlock()
			states = append(states, of...)
			return err
		})
	}
	if err := working.Wait(); err != nil {
		return nil, err
	}
	slices.SortFunc(states, func(a, b *territoryView) int { return strings.Compare(a.ID, b.ID) })
	return states, nil
}

// controlGroups gathers, for each actor and status, the control records that
// speak of a polygon, in the order of their ids.
func (r *reference) controlGroups() (map[[2]string][]*spanned, error) {
	groups := map[[2]string][]*spanned{}
	for _, c := range r.controls {
		from, to, err := c.Span()
		if err != nil {
			return nil, err
		}
		region, accuracy, areaCode := r.extent(c)
		if region == nil {
			continue
		}
		key := [2]string{c.Actor, c.Status}
		groups[key] = append(groups[key], &spanned{c.Control, from, to, region, accuracy, areaCode})
	}
	for _, recs := range groups {
		slices.SortFunc(recs, func(a, b *spanned) int { return strings.Compare(a.ID, b.ID) })
	}
	return groups, nil
}

type spanned struct {
	*Control
	from, to int32
	region   *geo.Region
	accuracy float64
	areaCode string
}

func (r *reference) statesOf(actor, status string, recs []*spanned) ([]*territoryView, error) {
	var days []int32
	for _, rec := range recs {
		days = append(days, rec.from, rec.to)
	}
	slices.Sort(days)
	days = slices.Compact(days)
	var states []*territoryView
	var before string
	for i := range len(days) - 1 {
		var active []*spanned
		var parts []string
		for _, rec := range recs {
			if rec.from <= days[i] && rec.to > days[i] {
				active = append(active, rec)
				parts = append(parts, cmpCode(rec))
			}
		}
		if len(active) == 0 {
			before = ""
			continue
		}
		slices.Sort(parts)
		set := strings.Join(slices.Compact(parts), "|")
		if set == before {
			states[len(states)-1].ValidTo = openDay(days[i+1])
			continue
		}
		before = set
		v, err := r.state(actor, status, active)
		if err != nil {
			return nil, err
		}
		v.ValidFrom, v.ValidTo = openDay(days[i]), openDay(days[i+1])
		v.ID = actor + "." + status + "." + v.ValidFrom
		if v.ValidFrom == "" {
			v.ID += "start"
		}
		states = append(states, v)
	}
	return states, nil
}

func (r *reference) state(actor, status string, active []*spanned) (*territoryView, error) {
	v := &territoryView{Actor: actor, ActorName: actor, Status: status}
	if a := r.actors[actor]; a != nil {
		v.ActorName, v.Color = a.Name, a.Color
	}
	var cells, drawn []orb.MultiPolygon
	seen := map[string]bool{}
	for _, rec := range active {
		if !slices.Contains(v.Places, rec.Place) {
			v.Places = append(v.Places, rec.Place)
		}
		v.AccuracyM = max(v.AccuracyM, rec.accuracy)
		switch area := r.areas[rec.areaCode]; {
		case area == nil:
			drawn = append(drawn, rec.region.MultiPolygon())
		case !seen[rec.areaCode]:
			seen[rec.areaCode] = true
			v.Generalised = v.Generalised || area.Generalised
			cells = append(cells, area.polygon)
		}
	}
	slices.Sort(v.Places)
	v.polygon = geo.Dissolve(cells)
	if len(drawn) > 0 {
		union, err := geo.Union(append(drawn, v.polygon)...)
		if err != nil {
			return nil, fmt.Errorf("territory of %s: %w", actor, err)
		}
		v.polygon = union
	}
	v.AreaKM2 = squareKM(v.polygon)
	return v, nil
}

// cmpCode names what a record adds to the polygon.
func cmpCode(rec *spanned) string {
	if rec.areaCode != "" {
		return rec.areaCode
	}
	return "record " + rec.ID
}

// openDay writes a day, or nothing for an open end of time.
func openDay(day int32) string {
	if day == firstDay || day == lastDay {
		return ""
	}
	return formatDay(day)
}
