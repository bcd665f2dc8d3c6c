package report

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"strikewatch/geo"
)

// kindTitle is a kind in the plural, as a table heads its rows.
func kindTitle(kind string) string {
	switch kind {
	case "airstrike":
		return "Airstrikes"
	case "helicopter_attack":
		return "Helicopter attacks"
	case "drone_strike":
		return "Drone strikes"
	case "paramotor_attack":
		return "Paramotor attacks"
	case "shelling":
		return "Shelling"
	case "explosion":
		return "Explosions"
	case "battle":
		return "Battles"
	}
	return "Other attacks"
}

// kindWord is a kind as one strike is called.
func kindWord(kind string) string {
	if kind == "shelling" {
		return "Shelling"
	}
	return strings.TrimSuffix(kindTitle(kind), "s")
}

func statusWord(status string) string {
	switch status {
	case "reported":
		return "reported by one source"
	case "corroborated":
		return "reported by two independent sources"
	case "verified":
		return "verified"
	case "disputed":
		return "disputed"
	case "retracted":
		return "retracted"
	}
	return status
}

// title names one holder, or gives the codes of several, which a page explains
// elsewhere.
func (a actors) title(codes string) string {
	if codes == "" {
		return "Not known"
	}
	if strings.Contains(codes, ",") {
		return strings.ReplaceAll(codes, ",", " or ")
	}
	if name := shortName(a[codes].Name); name != "" && name != codes {
		return name + " (" + codes + ")"
	}
	return codes
}

// sortedHolders are the codes of several holders in one order, whoever has the
// larger share.
func sortedHolders(codes string) string {
	parts := strings.Split(codes, ",")
	slices.Sort(parts)
	return strings.Join(parts, ",")
}

// shortName leaves out what a name says after its first part.
func shortName(name string) string {
	if i := strings.IndexAny(name, ";(/"); i > 0 {
		name = name[:i]
	}
	return strings.TrimSpace(name)
}

// borderPhrase fits a border's name into a sentence.
func borderPhrase(name string) string {
	if strings.Contains(strings.ToLower(name), "border") {
		return name
	}
	return name + " border"
}

// dayWords writes a civil day as 4 November 2024.
func dayWords(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.Format("2 January 2006")
}

// periodWords writes a span without repeating the month and year.
func periodWords(p Period) string {
	from, errFrom := time.Parse(time.DateOnly, p.From)
	to, errTo := time.Parse(time.DateOnly, p.To)
	switch {
	case errFrom != nil || errTo != nil:
		return p.From + " to " + p.To
	case p.From == p.To:
		return dayWords(p.From)
	case from.Year() != to.Year():
		return from.Format("2 January 2006") + " to " + to.Format("2 January 2006")
	case from.Month() != to.Month():
		return from.Format("2 January") + " to " + to.Format("2 January 2006")
	}
	return from.Format("2") + " to " + to.Format("2 January 2006")
}

// When says the day as closely as it is known.
func (s *Strike) When() string {
	switch s.DatePrecision {
	case "week":
		return "in the week of " + dayWords(geo.FormatDay(s.Earliest))
	case "month":
		return "in " + monthWords(s.DateStart, s.DateEnd)
	case "year":
		if s.DateStart[:4] == s.DateEnd[:4] {
			return "in " + s.DateStart[:4]
		}
		return "in " + s.DateStart[:4] + " to " + s.DateEnd[:4]
	}
	text := periodWords(Period{s.DateStart, s.DateEnd})
	if s.Time != "" {
		text += ", " + s.Time
	}
	return text
}

func monthWords(start, end string) string {
	from, errFrom := time.Parse(time.DateOnly, start)
	to, errTo := time.Parse(time.DateOnly, end)
	if errFrom != nil || errTo != nil || from.Format("2006-01") == to.Format("2006-01") {
		return from.Format("January 2006")
	}
	return from.Format("January 2006") + " to " + to.Format("January 2006")
}

// Words says a sum: "12 to 15", "at least 12", "not known".
func (h Harm) Words() string { return rangeWords(h.Min, h.Max, h.Open) }

func rangeWords(least, most *int64, open bool) string {
	switch {
	case least == nil && most == nil:
		return "not known"
	case most == nil || open && *least == *most:
		return fmt.Sprintf("at least %d", *least)
	case least == nil:
		return fmt.Sprintf("up to %d", *most)
	case *least == *most:
		return fmt.Sprint(*least)
	case open:
		return fmt.Sprintf("%d to %d or more", *least, *most)
	}
	return fmt.Sprintf("%d to %d", *least, *most)
}

// plural counts things in words: "1 strike", "2 strikes".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

func upperFirst(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[n:]
}
