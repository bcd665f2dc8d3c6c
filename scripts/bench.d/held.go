package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/ewkb"
	"github.com/paulmach/orb/geojson"

	"strikewatch/data"
)

// measureHeld asks who held a million points, exact ones and such as the
// incidents are, with disks and windows of all precisions.
func (b *bench) measureHeld() (err error) {
	name := b.file("held.db")
	if !exists(name) {
		if err := b.writeReference(name); err != nil {
			return err
		}
	}
	store, err := data.Open(name, data.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	all := b.world.whereabouts()
	exact, points, days := slices.Clone(all), make([]orb.Point, len(all)), make([]int32, len(all))
	for i := range exact {
		exact[i].RadiusM, exact[i].Last = 0, exact[i].First
		points[i], days[i] = exact[i].Point, exact[i].First
	}
	var answers []data.Holding
	took, busy := stopwatch(func() { answers = store.Holders(exact) })
	known := 0
	for _, a := range answers {
		if a.By != "" {
			known++
		}
	}
	row := line{what: "who held a million exact points", ours: fmt.Sprintf("%s, %s of a core, %d held", seconds(took), seconds(busy), known), aim: "under 2 s", met: check(took < 2*time.Second)}
	if err := b.compareHeld(row, took, answers, points, days); err != nil {
		return err
	}
	took, busy = stopwatch(func() { store.Holders(all) })
	b.table.add(line{what: "who held a million disks and windows of all precisions", ours: fmt.Sprintf("%s, %s of a core", seconds(took), seconds(busy)), aim: "under 2 s", met: check(took < 2*time.Second)})
	return nil
}

// whereabouts are those of incidents, a million in all.
func (w *world) whereabouts() []data.Whereabouts {
	all := make([]data.Whereabouts, million)
	for i := range all {
		x := w.incidents[i%len(w.incidents)]
		all[i] = data.Whereabouts{
			Point: orb.Point{x.lon, x.lat}, RadiusM: []float64{10, 250, 1500, 20_000}[x.precision],
			First: x.day, Last: x.day + []int32{0, 6, 29, 364}[x.dated],
		}
	}
	return all
}

// compareHeld lets PostGIS join the points with the polygons, and counts the
// points on which it differs.
func (b *bench) compareHeld(row line, ours time.Duration, answers []data.Holding, points []orb.Point, days []int32) error {
	p, err := b.withPoints("incident_points", points, days)
	if err != nil {
		return err
	}
	if p == nil {
		b.table.add(row)
		return nil
	}
	controls, err := b.world.controls()
	if err != nil {
		return err
	}
	in, err := copyControls(controls)
	if err != nil {
		return err
	}
	if err := p.sql(nil, statement("held")); err != nil {
		return err
	}
	if err := p.sql(in, "COPY control (id, actor, first, last, wkb) FROM STDIN"); err != nil {
		return err
	}
	for _, way := range []struct{ name, prepare, join string }{
		{"plain join", "CREATE INDEX plain ON control USING gist (geom); ANALYZE control; SET max_parallel_workers_per_gather = 0;", "p.day >= c.first AND p.day < c.last"},
		{"index on geometry and period, two workers", "DROP INDEX IF EXISTS plain; CREATE INDEX clever ON control USING gist (geom, daterange(first, last)); ANALYZE control; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;",
			"daterange(c.first, c.last) @> p.day"},
	} {
		join := " FROM incident_points p JOIN control c ON ST_Contains(c.geom, p.geom) AND " + way.join
		counted, took, err := p.ask(way.prepare + " SELECT count(*)" + join)
		if err != nil {
			return err
		}
		rows, _, err := p.ask("SELECT p.k, string_agg(c.actor, ',' ORDER BY c.actor)" + join + " GROUP BY p.k")
		if err != nil {
			return err
		}
		differ, err := differing(answers, rows)
		if err != nil {
			return err
		}
		beside := row
		beside.peer = fmt.Sprintf("PostGIS %s %s, %s held, %d differ", way.name, seconds(took), counted[len(counted)-1], differ)
		beside.ratio = took.Seconds() / ours.Seconds()
		b.table.add(beside)
	}
	return nil
}

func copyControls(controls []*data.Control) (io.Reader, error) {
	var text strings.Builder
	for _, c := range controls {
		var g geojson.Geometry
		if err := g.UnmarshalJSON(c.Geometry); err != nil {
			return nil, err
		}
		wkb, err := ewkb.Marshal(g.Geometry(), 4326)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&text, "%s\t%s\t%s\t%s\t%s\n", c.ID, c.Actor, c.ValidFrom, c.ValidTo, hex.EncodeToString(wkb))
	}
	return strings.NewReader(text.String()), nil
}

// differing counts the points for which the rows "k, actors" name others.
func differing(answers []data.Holding, rows []string) (int, error) {
	theirs := make([]string, len(answers))
	for _, row := range rows {
		k, actors, _ := strings.Cut(row, "\t")
		n, err := strconv.Atoi(k)
		if err != nil {
			return 0, err
		}
		theirs[n] = actors
	}
	differ := 0
	for i, a := range answers {
		by := strings.Split(a.By, ",")
		slices.Sort(by)
		if strings.Join(by, ",") != theirs[i] {
			differ++
		}
	}
	return differ, nil
}
