package report

import (
	"cmp"
	"slices"
	"strings"

	"strikewatch/data"
)

// Harm sums one kind of casualties over strikes. Min and Max are the sums of
// the least and the most that the sources give; both are null when no strike
// has a figure. A strike without a figure counts in Unknown, never as 0.
type Harm struct {
	Min     *int64 `json:"min"`
	Max     *int64 `json:"max"`
	Open    bool   `json:"open"`    // a source said "at least": Max may be exceeded
	Unknown int    `json:"unknown"` // strikes without any figure
}

func (h *Harm) add(least, most *int64) {
	switch {
	case least == nil && most == nil:
		h.Unknown++
		return
	case most == nil:
		h.Open = true
		most = least
	}
	h.Max = sum(h.Max, *most)
	if least == nil { // "up to": nobody is known to have been harmed
		least = new(int64)
	}
	h.Min = sum(h.Min, *least)
}

func sum(total *int64, n int64) *int64 {
	if total != nil {
		n += *total
	}
	return &n
}

// Count is how many strikes, of which certainty, and their harm.
type Count struct {
	Strikes  int  `json:"strikes"`
	Certain  int  `json:"certain"`
	Possible int  `json:"possible"`
	Killed   Harm `json:"killed"`
	Injured  Harm `json:"injured"`
}

func (c *Count) add(s *Strike) {
	c.Strikes++
	if s.Certain {
		c.Certain++
	} else {
		c.Possible++
	}
	c.Killed.add(s.KilledMin, s.KilledMax)
	c.Injured.add(s.InjuredMin, s.InjuredMax)
}

// Tally counts the strikes of one period. Killed and injured are of certain
// and possible strikes together; OfCertain is of the certain ones alone.
type Tally struct {
	Period Period `json:"period"`
	Count
	OfCertain     Count `json:"of_certain"`
	DateUncertain int   `json:"date_uncertain"` // strikes that may have happened outside the period
}

func tally(strikes []*Strike, from, to int32) Tally {
	t := Tally{Period: period(from, to)}
	for _, s := range strikes {
		t.add(s)
		if s.Certain {
			t.OfCertain.add(s)
		}
		if s.Earliest < from || s.Latest > to {
			t.DateUncertain++
		}
	}
	return t
}

// Group is the strikes that share one code, for example one holder.
type Group struct {
	Code  string `json:"code"` // empty: not known
	Title string `json:"title"`
	Count
}

// groupBy counts per code, most strikes first. Every strike is in one group.
func groupBy(strikes []*Strike, code func(*Strike) string, title func(string) string) []Group {
	groups := []Group{}
	at := map[string]int{}
	for _, s := range strikes {
		c := code(s)
		i, ok := at[c]
		if !ok {
			i = len(groups)
			at[c] = i
			groups = append(groups, Group{Code: c, Title: title(c)})
		}
		groups[i].add(s)
	}
	slices.SortStableFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Strikes, a.Strikes), cmp.Compare(a.Code, b.Code))
	})
	return groups
}

func licence(all []data.Attribution) string {
	var names []string
	for _, a := range all {
		if a.Licence != "" && !slices.Contains(names, a.Licence) {
			names = append(names, a.Licence)
		}
	}
	return strings.Join(names, "; ")
}
