package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"strikewatch/geo"
)

const itemsPath = "/api/collections/incidents/items"

// box is a question that we and PostGIS are asked alike.
type box struct {
	west, south, east, north float64
	from, to                 int32  // days, both included
	kind                     string // empty: any
}

func (q box) bbox() string {
	return fmt.Sprintf("%.5f,%.5f,%.5f,%.5f", q.west, q.south, q.east, q.north)
}

func (q box) days() string { return geo.FormatDay(q.from) + "/" + geo.FormatDay(q.to) }

// path is the question as a request for items.
func (q box) path(limit int) string {
	path := fmt.Sprintf("%s?limit=%d&bbox=%s", itemsPath, limit, q.bbox())
	if q.kind != "" {
		path += "&kind=" + q.kind + "&datetime=" + q.days()
	}
	return path
}

// townBoxes are boxes around random incidents near towns with about count
// incidents each.
func (w *world) townBoxes(run, count int) []box {
	return w.boxes(rand.New(rand.NewPCG(seed, uint64(100+run))), count, func(*rand.Rand) box { return box{from: w.first, to: w.last} })
}

// selectiveBoxes ask for one kind within some three years besides.
func (w *world) selectiveBoxes(run, count int) []box {
	return w.boxes(rand.New(rand.NewPCG(seed, uint64(200+run))), count, func(random *rand.Rand) box {
		from := w.first + random.Int32N(600)
		return box{from: from, to: from + 900 + random.Int32N(300), kind: kinds()[random.IntN(5)].code}
	})
}

func (w *world) boxes(random *rand.Rand, count int, ask func(*rand.Rand) box) []box {
	all := make([]box, requests)
	for i := range all {
		q := ask(random)
		near := w.byTown[w.incidents[random.IntN(len(w.incidents))].town]
		at := w.incidents[near[random.IntN(len(near))]]
		var far []float64
		for _, n := range near {
			if x := w.incidents[n]; x.day >= q.from && x.day <= q.to && (q.kind == "" || kinds()[x.kind].code == q.kind) {
				far = append(far, max(math.Abs(x.lon-at.lon), math.Abs(x.lat-at.lat)))
			}
		}
		slices.Sort(far)
		half := 0.05
		if len(far) > 0 {
			half = far[min(count, len(far)-1)] + 1e-5
		}
		q.west, q.south, q.east, q.north = at.lon-half, at.lat-half, at.lon+half, at.lat+half
		all[i] = q
	}
	return all
}

// paths turns boxes into requests; more is appended to each.
func paths(boxes []box, limit int, more string) []string {
	all := make([]string, len(boxes))
	for i, q := range boxes {
		all[i] = q.path(limit) + more
	}
	return all
}

// filters are parameters as people combine them; some requests have none.
func (w *world) filters(random *rand.Rand) string {
	text := ""
	if random.IntN(2) == 0 {
		text += "&kind=" + kinds()[random.IntN(5)].code
	}
	if random.IntN(2) == 0 {
		from := w.first + random.Int32N(w.last-w.first-400)
		text += "&datetime=" + geo.FormatDay(from) + "/" + geo.FormatDay(from+30+random.Int32N(370))
	}
	if random.IntN(4) == 0 {
		text += "&held_by=" + holders()[random.IntN(5)].actor
	}
	if random.IntN(4) == 0 {
		text += fmt.Sprintf("&border=mmr-chn&within_km=%d", 10+random.IntN(190))
	}
	if random.IntN(6) == 0 {
		text += "&status=verified,corroborated"
	}
	return text
}

// tile is the address of a tile.
type tile struct{ zoom, x, y int }

func tileAt(zoom int, lon, lat float64) tile {
	n := math.Exp2(float64(zoom))
	sin := math.Sin(lat * math.Pi / 180)
	return tile{zoom, int((lon + 180) / 360 * n), int((0.5 - math.Log((1+sin)/(1-sin))/(4*math.Pi)) * n)}
}

// tiles are tiles of one zoom, or of any when it is negative, each where
// incidents are.
func (w *world) tiles(run, zoom int) []tile {
	random := rand.New(rand.NewPCG(seed, uint64(300+10*run+zoom)))
	all := make([]tile, requests)
	for i := range all {
		z := zoom
		if z < 0 {
			z = random.IntN(15)
		}
		at := w.incidents[random.IntN(len(w.incidents))]
		all[i] = tileAt(z, at.lon, at.lat)
	}
	return all
}

// tilePaths asks for tiles; with filtered, each under filters of its own.
func (w *world) tilePaths(run, zoom int, filtered bool) []string {
	random := rand.New(rand.NewPCG(seed, uint64(400+10*run+zoom)))
	all := make([]string, requests)
	for i, t := range w.tiles(run, zoom) {
		more := ""
		if filtered {
			more = w.filters(random)
		}
		all[i] = fmt.Sprintf("/api/collections/incidents/tiles/WebMercatorQuad/%d/%d/%d?%s%s", t.zoom, t.y, t.x, w.everywhere(run*requests+i), more)
	}
	return all
}

// everywhere is a filter that excludes nothing and makes a request one of its
// own, so that no cache answers it.
func (w *world) everywhere(n int) string { return fmt.Sprintf("bbox=%.5f,0,180,85", float64(n)/1e5) }
