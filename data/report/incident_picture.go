package report

import (
	"cmp"
	"context"
	"net/url"
	"strings"

	"github.com/paulmach/orb"

	"strikewatch/data"
	"strikewatch/geo"
)

// pictureSize is what previews of links are shown in: 1200 by 630 pixels, half
// of that on the page.
const (
	pictureWidth  = 600
	pictureHeight = 315
	pictureFoot   = 84 // of that is for the words below the map
)

// Picture draws where the incident was, how far off that may be, and who held
// what on its last day, as PNG of 1200 by 630 pixels. An incident that is
// nowhere has no picture: data.ErrNotFound.
func (i *Incident) Picture(ctx context.Context, s *data.Store) ([]byte, error) {
	if !i.Located {
		return nil, data.ErrNotFound
	}
	m, err := i.readMap(ctx, s)
	if err != nil {
		return nil, err
	}
	f, err := newFonts()
	if err != nil {
		return nil, err
	}
	d := &drawing{mapData: m, fonts: f, size: mapSize{pictureWidth, pictureHeight - pictureFoot, 12}}
	off := i.UncertaintyM / 1000
	d.view = fit([]spot{{i.Point, min(90, off*1.4)}}, point{0, 0}, point{d.size.width, d.size.height}, 150)
	d.markers = d.view.markers(m.report.Incidents)
	c := newRaster(pictureWidth, pictureHeight, 2, f)
	c.fill([][]point{rectangle(point{0, 0}, point{pictureWidth, pictureHeight})}, paper)
	d.draw(c)
	i.caption(c, f, s.Deployment().Attribution)
	return c.png()
}

// readMap collects what lies around the incident, on its last day.
func (i *Incident) readMap(ctx context.Context, s *data.Store) (*mapData, error) {
	strike := *i.Strike
	strike.Certain = true // it is drawn solid: no distance is asked about
	day := geo.FormatDay(i.Latest)
	m := &mapData{knownAt: i.knownAt, report: &BorderReport{Incidents: []*Strike{&strike}, Tally: Tally{Period: Period{From: day, To: day}}}}
	var home string
	return m, cmp.Or(
		m.each(ctx, s, data.Borders, nil, func(r *row) {
			m.others = append(m.others, lines(r.Geometry))
			if r.text("code") == i.Border {
				home, _, _ = strings.Cut(r.text("countries"), ",")
			}
		}),
		m.each(ctx, s, data.Areas, url.Values{"level": {"country"}}, func(r *row) {
			m.lands = append(m.lands, land{r.text("name"), r.text("code") == home, polygons(r.Geometry)})
		}),
		m.each(ctx, s, data.Territory, url.Values{"datetime": {day}}, func(r *row) {
			m.territory = append(m.territory, holding{r.text("actor"), r.text("actor_name"), r.text("status"), r.text("color"), polygons(r.Geometry)})
		}),
		m.each(ctx, s, data.Places, nil, func(r *row) {
			if p, ok := r.Geometry.(orb.Point); ok {
				m.towns = append(m.towns, town{shortName(r.text("name")), p, r.text("kind") == "town"})
			}
		}),
	)
}

// caption writes what a preview must say without its page.
func (i *Incident) caption(c canvas, f *fonts, credits []data.Attribution) {
	const edge = 14
	top := float64(pictureHeight - pictureFoot)
	c.stroke([][]point{{{0, top}, {pictureWidth, top}}}, pen{width: 1, color: coast})
	var owners []string
	for _, a := range credits {
		owners = append(owners, a.Attribution)
	}
	for _, line := range []struct {
		below float64
		text  string
		font  font
	}{
		{24, i.Title, font{size: 17, bold: true, color: ink}},
		{44, "Killed: " + i.KilledWords + ". Injured: " + i.InjuredWords + ". " + i.HeldWords + ".", font{size: 12.5, color: ink}},
		{60, "Located " + i.PrecisionWords + ". " + i.StatusWords + ". Record " + i.ID + ".", font{size: 10, color: soft}},
		{75, strings.Join(owners, " · "), font{size: 8, color: soft}},
	} {
		c.text(point{edge, top + line.below}, f.shorten(line.text, &line.font, pictureWidth-2*edge), line.font)
	}
}

// shorten sets a text smaller, by a third at most, until it fits; what is too
// long even then loses its end, visibly.
func (f *fonts) shorten(text string, style *font, width float64) string {
	for least := style.size * 2 / 3; style.size > least && f.width(text, *style) > width; {
		style.size -= 0.5
	}
	short := []rune(text)
	for f.width(text, *style) > width && len(short) > 1 {
		short = short[:len(short)-1]
		text = strings.TrimSpace(string(short)) + "…"
	}
	return text
}
