package report

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"strikewatch/data"
	"strikewatch/data/columns"
	"strikewatch/geo"
)

// BorderRequest asks for the strikes near one border in one period.
type BorderRequest struct {
	Border   string     // code, for example mmr-chn
	WithinKM float64    // above 0, at most 1000
	From, To int32      // first and last day, both included
	KnownAt  time.Time  // as the public view stood then; zero: now
	Filters  url.Values // further filters of incidents, by the API's names
}

const (
	maxWithinKM = 1000
	maxDays     = 20 * 366
)

// ParseBorder reads a request from the parameters that the API and the command
// share: border, within_km (or within=30km), datetime=A/B (or period=A/B),
// known_at and the filters of incidents. What can not be understood is a
// *data.InvalidError that names the parameter and the fix.
func ParseBorder(s *data.Store, params url.Values) (BorderRequest, error) {
	p := url.Values{}
	for name, values := range params {
		if name == "f" || name == "lang" {
			continue
		}
		if slices.Contains([]string{"limit", "after", "sortby"}, name) {
			return BorderRequest{}, invalid(name, "does not apply to a report", "leave it out: a report lists every strike, nearest first")
		}
		p[name] = slices.Clone(values)
	}
	for _, alias := range [][2]string{{"within", "within_km"}, {"period", "datetime"}} {
		short, name := alias[0], alias[1]
		if !p.Has(short) {
			continue
		}
		if p.Has(name) {
			return BorderRequest{}, invalid(short, "is given together with "+name, "give one of them")
		}
		p[name] = p[short]
		p.Del(short)
	}
	for _, need := range []struct{ name, example string }{
		{"border", "border=mmr-chn"}, {"within_km", "within_km=50"}, {"datetime", "datetime=2024-09-01/2024-11-30, or period for short"},
	} {
		if p.Get(need.name) == "" {
			return BorderRequest{}, invalid(need.name, "is missing", "for example "+need.example)
		}
	}
	km, err := parseKM(p.Get("within_km"))
	if err != nil {
		return BorderRequest{}, err
	}
	if err := checkKM(km); err != nil {
		return BorderRequest{}, err
	}
	p.Set("within_km", formatKM(km))
	if from, to, interval := strings.Cut(p.Get("datetime"), "/"); interval && (open(from) || open(to)) {
		return BorderRequest{}, invalid("datetime", "is open", "a report compares equal periods: give the first and the last day, for example 2024-09-01/2024-11-30")
	}
	q, err := s.Parse(data.Incidents, p)
	if err != nil {
		return BorderRequest{}, err
	}
	r := BorderRequest{Border: p.Get("border"), WithinKM: km, From: q.From, To: q.To, KnownAt: q.KnownAt, Filters: p}
	for _, own := range []string{"border", "within_km", "datetime", "known_at"} {
		p.Del(own)
	}
	return r, r.check()
}

func open(day string) bool { return day == "" || day == ".." }

func parseKM(text string) (float64, error) {
	km, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "km")), 64)
	if err != nil {
		return 0, invalid("within_km", fmt.Sprintf("is %q, which is no number of kilometres", text), "for example within_km=50")
	}
	return km, nil
}

func checkKM(km float64) error {
	if km > 0 && km <= maxWithinKM {
		return nil
	}
	return invalid("within_km", "is "+formatKM(km), fmt.Sprintf("give kilometres above 0 and up to %d", maxWithinKM))
}

func (r BorderRequest) check() error {
	if err := checkKM(r.WithinKM); err != nil {
		return err
	}
	switch {
	case r.To < r.From:
		return invalid("datetime", "ends before it begins", "write the earlier day first")
	case r.To-r.From >= maxDays:
		return invalid("datetime", fmt.Sprintf("spans %d days", r.To-r.From+1), "give a period of at most 20 years")
	}
	return nil
}

// params writes the request as the API's parameters, for a period of its own.
func (r BorderRequest) params(from, to int32) url.Values {
	p := url.Values{}
	for name, values := range r.Filters {
		p[name] = slices.Clone(values)
	}
	p.Set("border", r.Border)
	p.Set("within_km", formatKM(r.WithinKM))
	p.Set("datetime", geo.FormatDay(from)+"/"+geo.FormatDay(to))
	if !r.KnownAt.IsZero() {
		p.Set("known_at", r.KnownAt.UTC().Format(time.RFC3339Nano))
	}
	return p
}

// query is the question to the store. Strikes are all kinds but battles on the
// ground, unless the request names kinds itself; what was retracted is asked
// for by status only.
func (r BorderRequest) query(s *data.Store, from, to int32) (data.Query, error) {
	if err := r.check(); err != nil {
		return data.Query{}, err
	}
	q, err := s.Parse(data.Incidents, r.params(from, to))
	if err != nil {
		return q, err
	}
	not := func(field, value string) columns.Expr {
		return columns.Compare{Field: field, Op: columns.NotEqual, Value: columns.Value{Kind: columns.TextValue, Text: value}}
	}
	if !r.namesKinds() {
		q.Filter = columns.And{q.Filter, not("kind", "battle")}
	}
	if !r.Filters.Has("status") {
		q.Filter = columns.And{q.Filter, not("status", "retracted")}
	}
	return q, nil
}

func (r BorderRequest) namesKinds() bool { return r.Filters.Has("kind") }

func formatKM(km float64) string { return strconv.FormatFloat(km, 'f', -1, 64) }

func invalid(field, problem, hint string) error {
	return &data.InvalidError{Field: field, Problem: problem, Hint: hint}
}
