package data

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
	"strikewatch/data/cql2"
)

// Limits of a page.
const (
	DefaultLimit = 100
	MaxLimit     = 10000
)

// parameter is one that every collection takes, or some.
type parameter struct {
	name        string
	parse       func(s *Store, q *Query, value string) (columns.Expr, error)
	only        string // the collection, when it is for one
	description string
}

func parameters() []parameter {
	return []parameter{
		{"bbox", parseBBox, "", "west,south,east,north in degrees; west above east crosses the antimeridian"},
		{"datetime", parseDatetime, "", "a day or an interval of days: 2024-11-01, 2024-09-01/2024-11-30, 2024-09-01/.."},
		{"limit", parseLimit, "", "features to a page, 1 to 10000"},
		{"after", parseAfter, "", "where to go on: from the next link"},
		{"sortby", parseSort, "", "properties to sort by, comma-separated, - for descending"},
		{"q", parseSearch, "", "words that must occur, alternatives separated by commas"},
		{"filter", parseFilter, "", "a CQL2 filter, as text or JSON"},
		{"filter-lang", parseFilterLang, "", "cql2-text or cql2-json"},
		{"known_at", parseKnownAt, "", "as the public view stood at this RFC 3339 time"},
		{"updated_since", parseUpdatedSince, "", "what became public after this RFC 3339 time"},
		{"killed_min", atLeast("killed_min"), Incidents, "at least so many killed"},
		{"injured_min", atLeast("injured_min"), Incidents, "at least so many injured"},
		{"border", nil, Incidents, "code of a border"},
		{"within_km", nil, Incidents, "kilometres from the border"},
		{"certainty", nil, Incidents, "certain: within also at the far side of the uncertainty; possible: only at the near side"},
	}
}

// Parse reads a question from the API's query parameters, which the command's
// flags share by name. Names in skip are the caller's own. What can not be
// understood is an *InvalidError that names the parameter and the fix.
func (s *Store) Parse(collection string, params url.Values, skip ...string) (Query, error) {
	return s.ParseIn(nil, collection, params, skip...)
}

// ParseIn is Parse where the geometries of the filter are in another reference
// system, whose positions lonLat turns into longitude and latitude.
func (s *Store) ParseIn(lonLat func(orb.Point) (orb.Point, error), collection string, params url.Values, skip ...string) (Query, error) {
	schema := schemaOf(collection)
	if schema == nil {
		return Query{}, fmt.Errorf("collection %q: %w", collection, ErrNotFound)
	}
	q := Query{Collection: collection, Limit: DefaultLimit, From: firstDay, To: lastDay, lonLat: lonLat}
	var all columns.And
	names := make([]string, 0, len(params))
	for name := range params {
		names = append(names, name)
	}
	slices.Sort(names)
	known := parameters()
	for _, name := range names {
		if slices.Contains(skip, name) {
			continue
		}
		values := params[name]
		if len(values) > 1 {
			return Query{}, invalid(name, "is given twice", "join several values by a comma")
		}
		e, err := s.parseOne(&q, schema, known, skip, name, values[0])
		if err != nil {
			return Query{}, err
		}
		if e != nil {
			all = append(all, e)
		}
	}
	if collection == Incidents {
		near, err := s.parseNear(params)
		if err != nil {
			return Query{}, err
		}
		if near != nil {
			q.Band = near
			all = append(all, *near)
		} else if border := params.Get("border"); border != "" {
			e, err := parseProperty(&schema.Fields[schema.Index("border")], border)
			if err != nil {
				return Query{}, err
			}
			all = append(all, e)
		}
	}
	if len(all) > 0 {
		q.Filter = all
	}
	return q, nil
}

func (s *Store) parseOne(q *Query, schema *columns.Schema, known []parameter, skip []string, name, value string) (columns.Expr, error) {
	for _, p := range known {
		if p.name != name || p.only != "" && p.only != q.Collection {
			continue
		}
		if p.parse == nil {
			return nil, nil // read together with its companions
		}
		return p.parse(s, q, value)
	}
	if i := schema.Index(name); i >= 0 {
		return parseProperty(&schema.Fields[i], value)
	}
	candidates := slices.Clone(skip)
	for _, p := range known {
		if p.only == "" || p.only == q.Collection {
			candidates = append(candidates, p.name)
		}
	}
	for _, f := range schema.Fields {
		candidates = append(candidates, f.Name)
	}
	return nil, invalid(name, "is no parameter of "+q.Collection, "did you mean "+nearestName(name, candidates)+"?")
}

func parseLimit(_ *Store, q *Query, value string) (columns.Expr, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 {
		return nil, invalid("limit", quoted(value), fmt.Sprintf("give a whole number from 1 to %d", MaxLimit))
	}
	q.Limit = min(n, MaxLimit)
	return nil, nil
}

func parseAfter(_ *Store, q *Query, value string) (_ columns.Expr, err error) {
	q.After, err = columns.ParseCursor(value)
	return nil, badCursor(err)
}

func parseSort(_ *Store, q *Query, value string) (columns.Expr, error) {
	schema := schemaOf(q.Collection)
	names := schema.Sortable()
	for name := range strings.SplitSeq(value, ",") {
		s := columns.Sort{Field: strings.TrimLeft(name, "+- "), Descending: strings.HasPrefix(name, "-")}
		switch i := schema.Index(s.Field); {
		case i >= 0 && !slices.Contains(names, s.Field):
			return nil, invalid("sortby", "names "+s.Field+", which is no order", "use a short property, such as "+names[0])
		case i < 0:
			return nil, invalid("sortby", `names "`+s.Field+`", which is no property`, "did you mean "+nearestName(s.Field, names)+"?")
		}
		q.Sort = append(q.Sort, s)
	}
	return nil, nil
}

func parseSearch(_ *Store, _ *Query, value string) (columns.Expr, error) {
	if strings.TrimSpace(value) == "" {
		return nil, invalid("q", "is empty", "give a word, or leave it out")
	}
	return columns.Search{Text: value}, nil
}

func parseFilter(_ *Store, q *Query, value string) (columns.Expr, error) {
	reader := &cql2.Reader{Schema: schemaOf(q.Collection), LonLat: q.lonLat}
	var e columns.Expr
	var err error
	if strings.HasPrefix(strings.TrimSpace(value), "{") {
		e, err = reader.JSON([]byte(value))
	} else {
		e, err = reader.Text(value)
	}
	if err != nil {
		return nil, invalid("filter", err.Error(), "for example kind = 'airstrike' AND killed_min >= 5")
	}
	return e, nil
}

func parseFilterLang(_ *Store, _ *Query, value string) (columns.Expr, error) {
	if value != "cql2-text" && value != "cql2-json" {
		return nil, invalid("filter-lang", quoted(value), "use cql2-text or cql2-json")
	}
	return nil, nil
}

func parseKnownAt(_ *Store, q *Query, value string) (_ columns.Expr, err error) {
	q.KnownAt, err = parseTime("known_at", value)
	return nil, err
}

func parseUpdatedSince(_ *Store, q *Query, value string) (columns.Expr, error) {
	if !isStored(q.Collection) {
		return nil, invalid("updated_since", "is given for "+q.Collection+", which is computed", "ask /api/changes for control")
	}
	t, err := parseTime("updated_since", value)
	return columns.Since(t.UnixMicro()), err
}

// atLeast reads killed_min=5 as "at least five", which is what people mean.
func atLeast(name string) func(*Store, *Query, string) (columns.Expr, error) {
	return func(_ *Store, _ *Query, value string) (columns.Expr, error) {
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < 0 {
			return nil, invalid(name, quoted(value), "give the least number of persons, for example "+name+"=5")
		}
		return columns.Compare{Field: name, Op: columns.GreaterEqual, Value: columns.Value{Kind: columns.IntValue, Int: n}}, nil
	}
}
