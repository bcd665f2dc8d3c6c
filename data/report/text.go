package report

import (
	"context"
	"fmt"
	"strings"

	"strikewatch/data"
)

func renderText(_ context.Context, s *data.Store, b *BorderReport) ([]byte, error) {
	return []byte(plainText(s, b)), nil
}

// plainText says the report without markup, for the plain part of mail.
func plainText(s *data.Store, b *BorderReport) string {
	p := newPage(s, b)
	var out strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	say("%s", b.Title)
	say("%s\n", p.PeriodWords)
	say("%s: %d certain, %d possible (before: %d certain, %d possible)", p.Subject, b.Certain, b.Possible, b.Previous.Certain, b.Previous.Possible)
	for _, h := range p.Harms {
		line := h.Name + ": " + h.Now.Words()
		if h.Now.Unknown > 0 {
			line += "; in " + h.NowUnknown + " no figure is known"
		}
		if h.CertainWords != "" {
			line += "; " + strings.ToLower(h.CertainWords[:1]) + h.CertainWords[1:]
		}
		line += " (before: " + h.Before.Words()
		if h.Before.Unknown > 0 {
			line += "; in " + h.BeforeUnknown + " not known"
		}
		say("%s)", line)
	}
	say("Before is %s, the %s right before.", p.PreviousWords, p.Days)
	if p.DateUncertainWords != "" {
		say("%s", p.DateUncertainWords)
	}
	if len(b.Incidents) == 0 {
		say("\n%s", p.NoneWords)
	} else {
		for _, t := range []table{p.Holders, p.Kinds} {
			say("\n%s", strings.ToUpper(t.Title))
			for _, g := range t.Groups {
				say("- %s: %d certain, %d possible; killed %s, injured %s", g.Title, g.Certain, g.Possible, g.Killed.Words(), g.Injured.Words())
			}
		}
		say("\nBY DISTANCE, NEAREST FIRST")
		for _, e := range p.Strikes {
			e.write(say)
		}
	}
	if who := b.whoIsWho(); len(who) > 0 {
		say("\nWHO IS WHO")
		for _, a := range who {
			say("- %s: %s", a.Code, a.Name)
		}
	}
	say("\nHOW THIS WAS COUNTED\n%s", b.Method)
	say("\nKnown at %s. Licence: %s.", p.KnownAtWords, orNone(b.Licence))
	for _, a := range b.Attribution {
		say("- %s", a.Attribution)
	}
	if b.Checkpoint != nil {
		say("\nChange log checkpoint:\n%s", b.Checkpoint.Note)
	}
	return out.String()
}

func (e *entryView) write(say func(string, ...any)) {
	certainty := "certain"
	if !e.Certain {
		certainty = "possible"
	}
	spread := ""
	if e.SpreadWords != "" {
		spread = " (" + e.SpreadWords + ")"
	}
	say("\n%s km%s, %s", e.KMWords, spread, certainty)
	say("%s: %s", e.KindWord, e.WhereWords)
	facts := []string{e.WhenWords}
	if e.DateNote != "" {
		facts[0] += " (" + e.DateNote + ")"
	}
	if e.Hit != "" {
		facts = append(facts, "hit: "+e.Hit)
	}
	if e.AttackerWords != "" {
		facts = append(facts, "by "+e.AttackerWords)
	}
	if e.MunitionsWords != "" {
		facts = append(facts, e.MunitionsWords)
	}
	say("%s", strings.Join(facts, "; "))
	say("Killed: %s. Injured: %s.", e.KilledWords, e.InjuredWords)
	say("%s. %s; place known %s.", e.HeldWords, e.StatusWords, e.PrecisionWords)
	if e.Summary != "" {
		say("%s", e.Summary)
	}
	for _, l := range e.Links {
		say("  %s", strings.TrimSpace(l.Text+" "+l.URL))
	}
	say("  [%s]", e.ID)
}

func orNone(text string) string {
	if text == "" {
		return "none stated"
	}
	return text
}
