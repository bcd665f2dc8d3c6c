package report

import (
	"math"
	"slices"
)

// mapSize is a drawing's width and the height of its frame, in pixels. The
// legend goes below and makes the drawing as high as it must be.
type mapSize struct {
	width, height float64
	towns         int // at most so many are named
}

var (
	wideMap   = mapSize{760, 520, 22}
	narrowMap = mapSize{380, 400, 9}
)

// drawing is a map laid out, ready for any canvas.
type drawing struct {
	*mapData
	size    mapSize
	view    *view
	fonts   *fonts
	markers []*marker
	legend  legend
}

func (m *mapData) layout(size mapSize, f *fonts) *drawing {
	d := &drawing{mapData: m, size: size, fonts: f}
	from, to := point{0.5, 0.5}, point{size.width - 0.5, size.height - 0.5}
	d.view = fit(m.spots(), from, to, 90)
	d.markers = d.view.markers(m.report.Incidents)
	d.legend = d.newLegend()
	return d
}

// spots are what the map must show: the strikes, how far each may be off, and
// the border nearest to it; without strikes, the whole border.
func (m *mapData) spots() []spot {
	const mostOff = 30 // km; larger disks may be cut
	var all []spot
	for _, s := range m.report.Incidents {
		_, at := m.near.Nearest(s.Point)
		all = append(all, spot{s.Point, min(mostOff, s.UncertaintyM/1000)}, spot{at, 4})
	}
	if len(all) == 0 {
		for _, line := range m.border {
			for _, p := range line {
				all = append(all, spot{p, 4})
			}
		}
	}
	return all
}

func (d *drawing) height() float64 { return d.size.height + d.legend.height }

// draw paints the whole map; every layer lies on those before.
func (d *drawing) draw(c canvas) {
	v := d.view
	c.fill([][]point{rectangle(point{0, 0}, point{d.size.width, d.height()})}, paper)
	c.clip(v.from, v.to, func() {
		d.drawLand(c)
		d.drawBand(c)
		d.drawTerritory(c)
		d.drawBorders(c)
		d.drawDisks(c)
		for _, m := range d.markers {
			m.draw(c)
		}
		d.drawNames(c)
	})
	c.stroke([][]point{closed(rectangle(v.from, v.to))}, pen{width: 1, color: coast})
	d.legend.draw(c, point{0, d.size.height})
}

func (d *drawing) drawLand(c canvas) {
	c.fill([][]point{rectangle(d.view.from, d.view.to)}, water)
	// The home country lies on top, where two sources' coasts differ.
	for _, home := range []bool{false, true} {
		for _, l := range d.lands {
			if l.home != home {
				continue
			}
			ground := neighbour
			if home {
				ground = homeland
			}
			rings := d.view.rings(l.shape)
			c.fill(rings, ground)
			c.stroke(outlines(rings), pen{width: 0.7, color: coast})
		}
	}
}

func (d *drawing) drawBand(c canvas) {
	rings := d.view.rings(d.band)
	c.fill(rings, faded(chosen, 0.07))
	c.stroke(outlines(rings), pen{width: 1, color: faded(chosen, 0.65), dash: []float64{5, 4}})
}

func (d *drawing) drawTerritory(c canvas) {
	for _, h := range d.territory {
		rings := d.view.rings(h.shape)
		if len(rings) == 0 {
			continue
		}
		drawHolding(c, rings, h)
	}
}

// drawHolding tints what is controlled, hatches what is contested and only
// outlines what is claimed.
func drawHolding(c canvas, rings [][]point, h holding) {
	color := hex(h.color)
	edge := pen{width: 0.8, color: faded(darker(color, 0.15), 0.6)}
	switch h.status {
	case "contested":
		c.stroke(hatch(rings, 6), pen{width: 1.1, color: faded(color, 0.6)})
	case "claimed":
		edge.dash = []float64{1.5, 2.5}
	default:
		c.fill(rings, faded(color, 0.28))
	}
	c.stroke(outlines(rings), edge)
}

func (d *drawing) drawBorders(c canvas) {
	for _, line := range d.others {
		c.stroke(d.view.lines(line), pen{width: 1.1, color: otherLine})
	}
	lines := d.view.lines(d.border)
	c.stroke(lines, pen{width: 4.5, color: faded(paper, 0.7)})
	c.stroke(lines, pen{width: 2.2, color: chosen})
	for _, g := range d.crossings {
		at := d.view.at(g.at)
		c.fill([][]point{star(at, 4.4, 4.4, 4, 45)}, paper)
		c.stroke([][]point{closed(star(at, 3.8, 3.8, 4, 45))}, pen{width: 1.2, color: chosen})
	}
}

// drawDisks shows how far a strike may be off where that is more than its
// marker covers.
func (d *drawing) drawDisks(c canvas) {
	for _, m := range d.markers {
		var drawn []float64
		for _, s := range m.strikes {
			r := s.UncertaintyM / 1000 * d.view.scale
			if r < m.radius+3 || slices.ContainsFunc(drawn, func(o float64) bool { return math.Abs(o-r) < 1 }) {
				continue
			}
			drawn = append(drawn, r)
			disk := [][]point{circle(d.view.at(s.Point), r, 48)}
			c.fill(disk, faded(accent, 0.06))
			c.stroke(outlines(disk), pen{width: 0.9, color: faded(accent, 0.55), dash: []float64{2, 3}})
		}
	}
}

func (d *drawing) drawNames(c canvas) {
	l := &labels{view: d.view, fonts: d.fonts}
	for _, m := range d.markers {
		l.taken = append(l.taken, around(m.at, m.radius))
	}
	l.taken = append(l.taken, d.drawScale(c), d.drawNorth(c))
	l.holders(c, d.mapData)
	named := l.towns(c, d.mapData, d.markers, d.size.towns)
	l.countries(c, d.mapData)
	for _, g := range d.crossings {
		if named[g.name] {
			continue // the town at the crossing
		}
		l.put(c, d.view.at(g.at), 7, g.name, font{size: 10, italic: true, color: chosen, halo: faded(homeland, 0.9)})
	}
}
