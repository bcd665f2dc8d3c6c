package report

import (
	"cmp"
	"slices"
	"strings"
)

// legend explains the drawing below it, in rows.
type legend struct {
	entries []entry
	notes   []string // lines of small print
	height  float64
}

// entry is one symbol with its meaning, at a place relative to the legend.
type entry struct {
	at   point
	text string
	draw func(c canvas, at point)
}

const (
	legendRow  = 19
	legendNote = 12.5
)

var (
	legendFont = font{size: 11, color: ink}
	noteFont   = font{size: 9, color: soft}
)

func (d *drawing) newLegend() legend {
	var l legend
	b := d.report
	add := func(text string, draw func(canvas, point)) {
		l.entries = append(l.entries, entry{text: text, draw: draw})
	}
	seen := map[string]bool{}
	for _, s := range b.Incidents {
		if !seen[s.Kind] {
			seen[s.Kind] = true
			add(kindWord(s.Kind), func(c canvas, at point) { drawShape(c, at, 5, s.Kind, true, soft) })
		}
	}
	if len(b.Incidents) > 0 {
		add("certainly within "+formatKM(b.WithinKM)+" km", func(c canvas, at point) { drawShape(c, at, 5, "", true, accent) })
		add("possibly", func(c canvas, at point) { drawShape(c, at, 5, "", false, accent) })
		add("larger: more people killed", func(c canvas, at point) {
			drawShape(c, point{at.x - 6, at.y}, 2.6, "", true, accent)
			drawShape(c, point{at.x + 4, at.y}, 5.6, "", true, accent)
		})
		add("how far it may be off", func(c canvas, at point) {
			disk := [][]point{circle(at, 7, 24)}
			c.fill(disk, faded(accent, 0.06))
			c.stroke(outlines(disk), pen{width: 0.9, color: faded(accent, 0.55), dash: []float64{2, 3}})
		})
	}
	add(b.BorderName, func(c canvas, at point) {
		c.stroke([][]point{{{at.x - 8, at.y}, {at.x + 8, at.y}}}, pen{width: 2.2, color: chosen})
	})
	add(formatKM(b.WithinKM)+" km from it", func(c canvas, at point) {
		swatch := [][]point{rectangle(point{at.x - 8, at.y - 5}, point{at.x + 8, at.y + 5})}
		c.fill(swatch, faded(chosen, 0.07))
		c.stroke(outlines(swatch), pen{width: 1, color: faded(chosen, 0.65), dash: []float64{4, 3}})
	})
	d.addHolders(add)
	l.arrange(d)
	return l
}

// addHolders explains the territories that the frame shows.
func (d *drawing) addHolders(add func(string, func(canvas, point))) {
	first := true
	seen := map[string]bool{}
	rank := []string{"controlled", "contested", "claimed"}
	holders := slices.SortedStableFunc(slices.Values(d.territory), func(a, b holding) int {
		return cmp.Or(cmp.Compare(slices.Index(rank, a.status), slices.Index(rank, b.status)), cmp.Compare(a.code, b.code))
	})
	for _, h := range holders {
		key := h.code + h.status
		if seen[key] || !d.shows(h) {
			continue
		}
		seen[key] = true
		text := h.code
		switch {
		case h.status != "controlled":
			text += ", " + h.status
		case first:
			text = "held by " + h.code
			first = false
		}
		add(text, func(c canvas, at point) {
			drawHolding(c, [][]point{rectangle(point{at.x - 8, at.y - 5}, point{at.x + 8, at.y + 5})}, h)
		})
	}
}

// shows tells whether a territory has a part within the frame.
func (d *drawing) shows(h holding) bool {
	frame := box{d.view.from, d.view.to}
	for _, ring := range d.view.rings(h.shape) {
		for _, p := range ring {
			if around(p, 0.1).overlaps(frame) {
				return true
			}
		}
	}
	return false
}

// arrange flows the entries into rows and the notes below.
func (l *legend) arrange(d *drawing) {
	const symbol, gap = 26, 16
	x, y := 0.0, 16.0
	for i := range l.entries {
		e := &l.entries[i]
		width := symbol + d.fonts.width(e.text, legendFont)
		if x > 0 && x+width > d.size.width-8 {
			x, y = 0, y+legendRow
		}
		e.at = point{x, y}
		x += width + gap
	}
	b := d.report
	notes := []string{"Territory as reported for " + dayWords(b.Period.To) + ". Distances are true around the middle of the map; north is up there."}
	var credits []string
	for _, a := range b.Attribution {
		credits = append(credits, a.Attribution)
	}
	if len(credits) > 0 {
		notes = append(notes, strings.Join(credits, " · "))
	}
	for _, n := range notes {
		l.notes = append(l.notes, d.fonts.wrap(n, noteFont, d.size.width-8)...)
	}
	l.height = y + 14 + float64(len(l.notes))*legendNote + 4
}

func (l *legend) draw(c canvas, at point) {
	for _, e := range l.entries {
		e.draw(c, point{at.x + e.at.x + 11, at.y + e.at.y})
		c.text(point{at.x + e.at.x + 24, at.y + e.at.y + 4}, e.text, legendFont)
	}
	y := at.y + l.height - float64(len(l.notes))*legendNote + 4
	for i, n := range l.notes {
		c.text(point{at.x + 2, y + float64(i)*legendNote}, n, noteFont)
	}
}

// wrap breaks a text into lines of at most a width.
func (f *fonts) wrap(text string, style font, width float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if next := strings.TrimSpace(line + " " + word); line == "" || f.width(next, style) <= width {
			line = next
			continue
		}
		lines = append(lines, line)
		line = word
	}
	return append(lines, line)
}
