package report

import (
	"cmp"
	"math"
	"slices"
	"unicode"

	"github.com/paulmach/orb"
)

// box is an occupied part of the page.
type box struct{ from, to point }

func (b box) overlaps(o box) bool {
	return b.from.x < o.to.x && o.from.x < b.to.x && b.from.y < o.to.y && o.from.y < b.to.y
}

func around(p point, r float64) box { return box{point{p.x - r, p.y - r}, point{p.x + r, p.y + r}} }

// labels places names where nothing else is drawn.
type labels struct {
	view  *view
	fonts *fonts
	taken []box
}

func (l *labels) free(b box) bool {
	const edge = 3
	if b.from.x < l.view.from.x+edge || b.to.x > l.view.to.x-edge || b.from.y < l.view.from.y+edge || b.to.y > l.view.to.y-edge {
		return false
	}
	return !slices.ContainsFunc(l.taken, b.overlaps)
}

// put tries the eight places around a point and draws the name at the first
// that is free.
func (l *labels) put(c canvas, at point, gap float64, name string, f font) bool {
	width, height := l.fonts.width(name, f), f.size
	for _, try := range []struct{ dx, dy float64 }{{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {1, 1}, {-1, -1}, {-1, 1}} {
		g := gap
		if try.dx != 0 && try.dy != 0 {
			g *= 0.6
		}
		x := at.x + try.dx*g - width/2 + try.dx*width/2
		y := at.y + try.dy*g + height*0.36 + try.dy*height/2
		b := box{point{x - 1, y - height*0.8}, point{x + width + 1, y + height*0.25}}
		if !l.free(b) {
			continue
		}
		l.taken = append(l.taken, b)
		c.text(point{x, y}, name, f)
		return true
	}
	return false
}

// towns names up to most towns: those that were hit first, then the nearest to
// what was hit, no two of them close together. It returns the names it wrote.
func (l *labels) towns(c canvas, m *mapData, markers []*marker, most int) map[string]bool {
	type candidate struct {
		town
		page point
		far  float64 // from the nearest marker, pixels
	}
	var all []candidate
	middle := point{(l.view.from.x + l.view.to.x) / 2, (l.view.from.y + l.view.to.y) / 2}
	frame := box{l.view.from, l.view.to}
	for _, t := range m.towns {
		p := l.view.at(t.at)
		if !t.town || t.name == "" || !around(p, 0).overlaps(frame) {
			continue
		}
		far := math.Hypot(p.x-middle.x, p.y-middle.y) / 4
		for i, k := range markers {
			d := math.Hypot(p.x-k.at.x, p.y-k.at.y)
			if i == 0 || d < far {
				far = d
			}
		}
		all = append(all, candidate{t, p, far})
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(math.Floor(a.far/8), math.Floor(b.far/8)), cmp.Compare(a.name, b.name))
	})
	names := map[string]bool{}
	var named []point
	for _, t := range all {
		if len(named) >= most {
			break
		}
		if slices.ContainsFunc(named, func(p point) bool { return math.Hypot(p.x-t.page.x, p.y-t.page.y) < 34 }) {
			continue
		}
		gap := 6.0
		for _, k := range markers {
			if d := math.Hypot(t.page.x-k.at.x, t.page.y-k.at.y); d < k.radius+3 {
				gap = max(gap, k.radius+4+d)
			}
		}
		if !l.put(c, t.page, gap, t.name, font{size: 11, color: ink, halo: faded(homeland, 0.9)}) {
			continue
		}
		named = append(named, t.page)
		names[t.name] = true
		if gap == 6 {
			c.fill([][]point{circle(t.page, 2, 10)}, ink)
		}
	}
	return names
}

// holders writes the codes of who holds what into the territories that have
// room, so that they can be read without telling colours apart.
func (l *labels) holders(c canvas, m *mapData) {
	for _, h := range m.territory {
		f := font{size: 12, bold: true, color: darker(hex(h.color), 0.45), anchor: middle, halo: faded(homeland, 0.6)}
		half := l.fonts.width(h.code, f)/2 + 2
		for _, part := range h.shape {
			at, room, ok := l.view.inside(l.view.rings(orb.MultiPolygon{part}), half)
			if !ok || room < max(9, half*0.8) {
				continue
			}
			b := box{point{at.x - half, at.y - 6}, point{at.x + half, at.y + 7}}
			if l.free(b) {
				l.taken = append(l.taken, b)
				c.text(point{at.x, at.y + 4.5}, h.code, f)
			}
		}
	}
}

// countries names the lands where they have room.
func (l *labels) countries(c canvas, m *mapData) {
	for _, land := range m.lands {
		name := spaced(land.name)
		f := font{size: 11, color: soft, anchor: middle, halo: faded(neighbour, 0.7)}
		half := l.fonts.width(name, f)/2 + 4
		at, room, ok := l.view.inside(l.view.rings(land.shape), half)
		if !ok || room < 10 {
			continue
		}
		b := box{point{at.x - half, at.y - 9}, point{at.x + half, at.y + 4}}
		if l.free(b) {
			l.taken = append(l.taken, b)
			c.text(at, name, f)
		}
	}
}

// spaced sets a country's name wide and large, as maps do.
func spaced(name string) string {
	var out []rune
	for i, r := range name {
		if i > 0 {
			out = append(out, ' ')
		}
		out = append(out, unicode.ToUpper(r))
	}
	return string(out)
}
