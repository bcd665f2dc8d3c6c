package report

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"html/template"
	"time"

	"strikewatch/data"
)

//go:embed templates/border.html templates/border.css
var templates embed.FS

// page is what the template shows.
type page struct {
	*BorderReport
	Style              template.CSS
	Deployment         string
	PeriodWords        string
	PreviousWords      string
	LastDay            string
	Days               string
	DateUncertainWords string
	KnownAtWords       string
	Subject            string
	NoneWords          string
	Harms              []harmPair
	Holders, Kinds     table
	Strikes            []entryView
	WhoIsWho           []actor
	WideMap, NarrowMap template.HTML
	MapImage           template.URL // instead of the maps: the address of a picture
	MapText            string
}

// harmPair is one kind of casualties now and in the period before.
type harmPair struct {
	Name                      string
	Now, Before               Harm
	NowUnknown, BeforeUnknown string
	CertainWords              string
}

type table struct {
	Title  string
	Groups []Group
}

func renderHTML(ctx context.Context, s *data.Store, b *BorderReport) ([]byte, error) {
	m, err := NewMap(ctx, s, b)
	if err != nil {
		return nil, err
	}
	return m.page(s, b)
}

// page is the report with its map in two sizes, of which the screen's width
// chooses one.
func (m *Map) page(s *data.Store, b *BorderReport) ([]byte, error) {
	p := newPage(s, b)
	// The drawing escapes every text that it writes.
	p.WideMap, p.NarrowMap = template.HTML(m.svg(wideMap, "wide")), template.HTML(m.svg(narrowMap, "narrow"))
	return p.write()
}

// mail is the page with its map as a picture at an address, since mail
// programs draw no SVG.
func (m *Map) mail(s *data.Store, b *BorderReport, picture string) ([]byte, error) {
	p := newPage(s, b)
	p.MapImage, p.MapText = template.URL(picture), m.Description()
	return p.write()
}

func (p *page) write() ([]byte, error) {
	t, err := template.ParseFS(templates, "templates/border.html")
	if err != nil {
		return nil, err
	}
	style, err := templates.ReadFile("templates/border.css")
	if err != nil {
		return nil, err
	}
	p.Style = template.CSS(style)
	var out bytes.Buffer
	if err := t.Execute(&out, p); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func newPage(s *data.Store, b *BorderReport) *page {
	p := &page{
		BorderReport: b, Deployment: s.Deployment().Title, Subject: b.subject(),
		PeriodWords: periodWords(b.Period), PreviousWords: periodWords(b.Previous.Period), LastDay: dayWords(b.Period.To),
		Days: plural(int(b.days()), "day"), KnownAtWords: knownAtWords(b.KnownAt),
		Holders: table{"By who held the place", b.ByHolder}, Kinds: table{"By kind", b.ByKind},
		NoneWords: b.noneWords(), WhoIsWho: b.whoIsWho(),
	}
	for _, h := range []harmPair{
		{Name: "Killed", Now: b.Killed, Before: b.Previous.Killed, CertainWords: b.ofCertain(b.OfCertain.Killed)},
		{Name: "Injured", Now: b.Injured, Before: b.Previous.Injured, CertainWords: b.ofCertain(b.OfCertain.Injured)},
	} {
		h.NowUnknown, h.BeforeUnknown = plural(h.Now.Unknown, b.noun()), fmt.Sprint(h.Before.Unknown)
		p.Harms = append(p.Harms, h)
	}
	if b.DateUncertain > 0 {
		p.DateUncertainWords = b.dateUncertainWords()
	}
	for _, strike := range b.Incidents {
		p.Strikes = append(p.Strikes, b.entry(strike))
	}
	return p
}

// ofCertain says a sum of the certain strikes beside that of all; nothing when
// all are certain.
func (b *BorderReport) ofCertain(h Harm) string {
	switch {
	case b.Possible == 0:
		return ""
	case b.Certain == 0:
		return "All in strikes that are possible only"
	}
	return "Of that in certain strikes: " + h.Words()
}

func (b *BorderReport) noneWords() string {
	return fmt.Sprintf("No %s is recorded within %s km of the %s in this period. That none is recorded does not mean that there was none.",
		b.noun(), formatKM(b.WithinKM), borderPhrase(b.BorderName))
}

func (b *BorderReport) dateUncertainWords() string {
	if b.DateUncertain == 1 {
		return "The day of 1 " + b.noun() + " is not known closely: it may have happened outside the period."
	}
	return fmt.Sprintf("The days of %s are not known closely: they may have happened outside the period.", plural(b.DateUncertain, b.noun()))
}

func knownAtWords(at string) string {
	t, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		return at
	}
	return t.UTC().Format("15:04 UTC on 2 January 2006")
}
