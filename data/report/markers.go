package report

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
)

// marker stands for one strike, or for several that lie too close on the page
// to be told apart.
type marker struct {
	at      point
	strikes []*Strike // nearest to the border first
	kind    string    // empty when they differ
	certain bool      // at least one is
	radius  float64
}

// markers places the strikes, largest first, so that smaller ones lie on top.
// Those whose middles another one would cover become one.
func (v *view) markers(strikes []*Strike) []*marker {
	var all []*marker
	for _, s := range strikes {
		m := &marker{at: v.at(s.Point), kind: s.Kind, certain: s.Certain, strikes: []*Strike{s}}
		m.size()
		all = append(all, m)
	}
	for i := 0; i < len(all); i++ {
		for j := i + 1; j < len(all); j++ {
			a, b := all[i], all[j]
			if math.Hypot(a.at.x-b.at.x, a.at.y-b.at.y) < max(a.radius, b.radius) {
				a.merge(b)
				all = slices.Delete(all, j, j+1)
				j = i // it grew: look at all the others again
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *marker) int { return cmp.Compare(b.radius, a.radius) })
	return all
}

// merge takes another marker's strikes over; it stays where the more are.
func (m *marker) merge(o *marker) {
	if len(o.strikes) > len(m.strikes) {
		m.at = o.at
	}
	m.strikes = append(m.strikes, o.strikes...)
	m.certain = m.certain || o.certain
	if m.kind != o.kind {
		m.kind = ""
	}
	m.size()
}

func (m *marker) size() {
	m.radius = harmRadius(m.killed())
	if len(m.strikes) > 1 {
		m.radius = max(m.radius, 8.5)
	}
}

// killed is the most that the sources give, 0 when nobody gives a figure.
func (m *marker) killed() (n int64) {
	for _, s := range m.strikes {
		switch {
		case s.KilledMax != nil:
			n += *s.KilledMax
		case s.KilledMin != nil:
			n += *s.KilledMin
		}
	}
	return n
}

// harmSteps are the sizes of markers: from so many killed on.
var harmSteps = []struct {
	from   int64
	radius float64
}{{0, 5}, {1, 6.5}, {5, 8.5}, {15, 11}, {50, 14}}

func harmRadius(killed int64) (r float64) {
	for _, step := range harmSteps {
		if killed >= step.from {
			r = step.radius
		}
	}
	return r
}

func (m *marker) title() string {
	if len(m.strikes) > 1 {
		certain := 0
		for _, s := range m.strikes {
			if s.Certain {
				certain++
			}
		}
		return fmt.Sprintf("%d certain and %d possible at or near %s", certain, len(m.strikes)-certain, cmp.Or(m.strikes[0].Place, "this point"))
	}
	s := m.strikes[0]
	return fmt.Sprintf("%s, %s, %s; killed: %s", kindWord(s.Kind), s.Place, s.When(), rangeWords(s.KilledMin, s.KilledMax, false))
}

// draw paints a marker: filled when certain, hollow with a dashed edge when
// possible; its shape is the kind, a number says how many it stands for.
func (m *marker) draw(c canvas) {
	c.link(m.strikes[0].ID, m.title(), func() {
		drawShape(c, m.at, m.radius, m.kind, m.certain, accent)
		if len(m.strikes) > 1 {
			ink := paper
			if !m.certain {
				ink = accent
			}
			c.text(point{m.at.x, m.at.y + 3.4}, fmt.Sprint(len(m.strikes)), font{size: 9.5, bold: true, color: ink, anchor: middle})
		}
	})
}

func drawShape(c canvas, at point, radius float64, kind string, certain bool, color color.NRGBA) {
	shape := [][]point{kindShape(at, radius, kind)}
	around := [][]point{kindShape(at, radius+1.6, kind)}
	c.fill(around, faded(paper, 0.95))
	if certain {
		c.fill(shape, color)
		return
	}
	c.fill(shape, paper)
	c.stroke(outlines(shape), pen{width: 1.7, color: color, dash: []float64{2.6, 1.6}})
}

// kindShape tells kinds apart without colour, each about as large as a circle.
func kindShape(at point, r float64, kind string) []point {
	switch kind {
	case "helicopter_attack":
		return star(point{at.x, at.y + r*0.15}, r*1.35, r*1.35, 3, 0)
	case "paramotor_attack":
		return star(point{at.x, at.y - r*0.15}, r*1.35, r*1.35, 3, 180)
	case "drone_strike":
		return star(at, r*1.25, r*1.25, 4, 0)
	case "shelling":
		return star(at, r*1.25, r*1.25, 4, 45)
	case "explosion":
		return star(at, r*1.35, r*0.75, 8, 0)
	case "battle":
		return star(at, r*1.45, r*0.65, 4, 45)
	case "other":
		return star(at, r*1.15, r*1.15, 5, 0)
	}
	return circle(at, r, 28)
}
