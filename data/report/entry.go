package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// entryView is one strike in words, for the page and the plain text alike.
type entryView struct {
	*Strike
	KMWords, SpreadWords        string
	KindWord                    string
	WhereWords, WhenWords       string
	DateNote                    string
	AttackerWords               string
	Hit                         string
	MunitionsWords              string
	KilledWords, InjuredWords   string
	HeldWords                   string
	StatusWords, PrecisionWords string
	Links                       []sourceLink
}

type sourceLink struct{ Text, URL string }

func (b *BorderReport) entry(s *Strike) entryView {
	e := entryView{
		Strike: s, KMWords: kmWords(s.KM), KindWord: kindWord(s.Kind), WhereWords: s.where(), WhenWords: upperFirst(s.When()),
		KilledWords: rangeWords(s.KilledMin, s.KilledMax, false), InjuredWords: rangeWords(s.InjuredMin, s.InjuredMax, false),
		HeldWords: b.actors.held(s), StatusWords: upperFirst(statusWord(s.Status)), PrecisionWords: s.precision(), Links: links(s.Sources),
	}
	if s.UncertaintyM >= 50 {
		e.SpreadWords = kmWords(s.MinKM) + " to " + kmWords(s.MaxKM)
	}
	if s.Earliest < b.request.From || s.Latest > b.request.To {
		e.DateNote = "may have happened outside the period"
	}
	var among []string
	for _, part := range []struct {
		least, most *int64
		name        string
	}{{s.CiviliansMin, s.CiviliansMax, "civilians"}, {s.ChildrenMin, s.ChildrenMax, "children"}} {
		if part.least != nil || part.most != nil {
			among = append(among, part.name+" "+rangeWords(part.least, part.most, false))
		}
	}
	if len(among) > 0 {
		e.KilledWords += " (of them " + strings.Join(among, ", ") + ")"
	}
	e.Hit = strings.ReplaceAll(s.Target, "_", " ")
	if s.Attacker != "" {
		e.AttackerWords = strings.ReplaceAll(s.Attacker, ",", ", ")
	}
	switch {
	case s.Munitions != "":
		e.MunitionsWords = s.Munitions
	case s.MunitionsCount != nil:
		e.MunitionsWords = plural(int(*s.MunitionsCount), "munition")
	}
	return e
}

// kmWords writes kilometres to 100 m.
func kmWords(km float64) string {
	return strconv.FormatFloat(km, 'f', 1, 64)
}

func (s *Strike) where() string {
	var parts []string
	for _, part := range []string{s.Place, township(s.Township), s.StateRegion} {
		if part != "" && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return "place not named"
	}
	return strings.Join(parts, ", ")
}

func township(name string) string {
	if name == "" {
		return ""
	}
	return name + " township"
}

// precision says how closely the place is known.
func (s *Strike) precision() string {
	within := strconv.FormatFloat(s.UncertaintyM, 'f', 0, 64) + " m"
	if s.UncertaintyM >= 1000 {
		within = strconv.FormatFloat(s.UncertaintyM/1000, 'f', -1, 64) + " km"
	}
	switch s.LocationPrecision {
	case "exact":
		return "exactly (within " + within + ")"
	case "vicinity":
		return "closely (within " + within + ")"
	case "locality":
		return "to the village or town (within " + within + ")"
	case "township":
		return "to the township (within " + within + ")"
	}
	return "to the region only (within " + within + ")"
}

// held says who held the place and how sure that is.
func (a actors) held(s *Strike) string {
	switch s.HeldCertainty {
	case "certain":
		return "Held by " + a.title(s.HeldBy)
	case "ambiguous":
		if shares := shareWords(s.HeldShares); shares != "" {
			return "Held by " + a.title(s.HeldBy) + ", not certain (" + shares + ")"
		}
		return "Held by " + a.title(s.HeldBy) + ", not certain"
	}
	return "Who held it is not known"
}

// shareWords turns "MNDAA:0.83,TNLA:0.17" into "MNDAA 83 %, TNLA 17 %" of the
// circle in which it happened.
func shareWords(shares string) string {
	var parts []string
	for part := range strings.SplitSeq(shares, ",") {
		code, text, ok := strings.Cut(part, ":")
		share, err := strconv.ParseFloat(text, 64)
		if !ok || err != nil {
			return ""
		}
		if share < 0.01 {
			parts = append(parts, code+" under 1 %")
			continue
		}
		parts = append(parts, fmt.Sprintf("%s %.0f %%", code, share*100))
	}
	return strings.Join(parts, ", ")
}

// links takes "Publisher (day) URL; Publisher URL" apart.
func links(sources string) []sourceLink {
	var all []sourceLink
	for part := range strings.SplitSeq(sources, "; ") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		i := strings.Index(part, "http")
		if i < 0 {
			all = append(all, sourceLink{Text: part})
			continue
		}
		text := strings.TrimSpace(part[:i])
		if text == "" {
			text = part[i:]
		}
		all = append(all, sourceLink{Text: text, URL: part[i:]})
	}
	return all
}
