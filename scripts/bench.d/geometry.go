package main

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/ewkb"
	"github.com/paulmach/orb/geojson"

	"strikewatch/data"
	"strikewatch/geo"
)

// million is how many points the geometry is asked about.
const million = 1_000_000

// points are positions in and around the country, with days.
func (w *world) points() (points []orb.Point, days []int32) {
	random := rand.New(rand.NewPCG(seed, 700))
	for range million {
		points = append(points, orb.Point{onGrid(west+random.Float64()*(east-west), 1e-5), onGrid(south+random.Float64()*(north-south), 1e-5)})
		days = append(days, w.first+random.Int32N(w.last-w.first+1))
	}
	return points, days
}

// border is a line with its code.
type border struct {
	code string
	g    orb.Geometry
	line *geo.Border
}

func (b *bench) borders() ([]border, error) {
	documents, err := b.reference()
	if err != nil {
		return nil, err
	}
	var all []border
	for _, d := range documents {
		document, ok := d.(*data.Border)
		if !ok {
			continue
		}
		var g geojson.Geometry
		if err := g.UnmarshalJSON(document.Geometry); err != nil {
			return nil, err
		}
		lines, ok := g.Geometry().(orb.MultiLineString)
		if !ok {
			lines = orb.MultiLineString{g.Geometry().(orb.LineString)}
		}
		line, err := geo.NewBorder(lines)
		if err != nil {
			return nil, err
		}
		all = append(all, border{document.Code, lines, line})
	}
	return all, nil
}

// measureBorders uses one core, as its aim says.
func (b *bench) measureBorders() error {
	borders, err := b.borders()
	if err != nil {
		return err
	}
	points, days := b.world.points()
	for _, asked := range [][]border{borders, borders[:1]} {
		lines, metres := make([]*geo.Border, len(asked)), make([][]float64, len(asked))
		for i := range asked {
			lines[i], metres[i] = asked[i].line, make([]float64, len(points))
		}
		before := runtime.GOMAXPROCS(1)
		took, busy := stopwatch(func() { geo.NearestEach(lines, points, metres) })
		runtime.GOMAXPROCS(before)
		rate := float64(len(points)) / took.Seconds()
		row := line{what: "distance of a million points to all five borders, one core", ours: fmt.Sprintf("%s, %s of a core, %.0f points/s", seconds(took), seconds(busy), rate),
			aim: "500,000 points/s", met: check(rate >= 500_000)}
		if len(asked) > 1 {
			b.table.add(row)
			continue
		}
		row.what = "distance of a million points to " + asked[0].code + ", one core"
		if err := b.compareBorder(row, took, asked[0].code, points, days, metres[0]); err != nil {
			return err
		}
	}
	return nil
}

// stopwatch returns the medians of some runs: how long, and how much processor
// time, which other work on the machine does not stretch.
func stopwatch(work func()) (took, busy time.Duration) {
	var times, used []time.Duration
	for range runs {
		start, before := time.Now(), processorTime()
		work()
		times, used = append(times, time.Since(start)), append(used, processorTime()-before)
	}
	slices.Sort(times)
	slices.Sort(used)
	return times[runs/2], used[runs/2]
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// compareBorder lets PostGIS measure some of the points, plainly and at its
// cleverest, and reckons what all of them would take.
func (b *bench) compareBorder(row line, ours time.Duration, code string, points []orb.Point, days []int32, metres []float64) error {
	p, err := b.withPoints("points", points, days)
	if err != nil {
		return err
	}
	if p == nil {
		b.table.add(row)
		return nil
	}
	for _, way := range []struct {
		name, query string
		n           int
	}{
		{"plainly", "SELECT p.k, ST_Distance(p.geom::geography, b.geog) FROM points p, borders b WHERE b.code = '%s' AND p.k < %d ORDER BY 1", 1000},
		{"line cut up, nearest neighbour", "SELECT p.k, (SELECT ST_Distance(p.geom::geography, s.geog) FROM pieces s WHERE s.code = '%s' ORDER BY s.geog <-> p.geom::geography LIMIT 1) FROM points p WHERE p.k < %d ORDER BY 1", 10_000},
	} {
		rows, took, err := p.ask(fmt.Sprintf(way.query, code, way.n))
		if err != nil {
			return err
		}
		// PostGIS finds the nearest point on a sphere and measures to it on the
		// ellipsoid, so that far away it may take a point that is not the nearest.
		far, nearer := 0.0, 0.0
		for k, text := range rows {
			_, value, _ := strings.Cut(text, "\t")
			m, err := strconv.ParseFloat(value, 64)
			if err != nil {
				return err
			}
			far, nearer = max(far, m-metres[k]), max(nearer, metres[k]-m)
		}
		all := time.Duration(float64(took) * float64(len(points)) / float64(way.n))
		beside := row
		beside.peer = fmt.Sprintf("PostGIS %s %s by %d; at most %.2f m farther and %.3f m nearer than ours", way.name, seconds(all), way.n, far, nearer)
		beside.ratio = all.Seconds() / ours.Seconds()
		b.table.add(beside)
	}
	return nil
}

// withPoints is the cluster with borders and a table of points in it.
func (b *bench) withPoints(table string, points []orb.Point, days []int32) (*postgis, error) {
	p, err := b.peer()
	if err != nil || p == nil || p.has[table] {
		return p, err
	}
	if err := b.copyBorders(p); err != nil {
		return nil, err
	}
	var text strings.Builder
	for k, at := range points {
		fmt.Fprintf(&text, "%d\t%s\t%.5f\t%.5f\n", k, day(days[k]), at[0], at[1])
	}
	if err := p.sql(nil, strings.ReplaceAll(statement("points"), "TABLE_NAME", table)); err != nil {
		return nil, err
	}
	p.has[table] = true
	if err := p.sql(strings.NewReader(text.String()), "COPY "+table+" (k, day, lon, lat) FROM STDIN"); err != nil {
		return nil, err
	}
	return p, p.sql(nil, "CREATE INDEX ON "+table+" (k); ANALYZE "+table+";")
}

func (b *bench) copyBorders(p *postgis) error {
	if p.has["borders"] {
		return nil
	}
	p.has["borders"] = true
	borders, err := b.borders()
	if err != nil {
		return err
	}
	var text strings.Builder
	for _, border := range borders {
		wkb, err := ewkb.Marshal(border.g, 4326)
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "%s\t%s\n", border.code, hex.EncodeToString(wkb))
	}
	if err := p.sql(nil, statement("borders")); err != nil {
		return err
	}
	if err := p.sql(strings.NewReader(text.String()), "COPY borders (code, wkb) FROM STDIN"); err != nil {
		return err
	}
	return p.sql(nil, statement("pieces"))
}
