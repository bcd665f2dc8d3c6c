package columns_test

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"strikewatch/data/columns"
)

// reference answers filters row by row over decoded records, written from the
// contracts alone, to be compared with the table.
type reference struct {
	schema *columns.Schema
	rows   []referenceRow
	asked  []*prepared // the geometries asked for last
}

type referenceRow struct {
	columns.Row
	columns.Record
	prepared *prepared // of its geometry
}

// truth is SQL's: false, unknown, true.
type truth int

const (
	no truth = iota - 1
	unknown
	yes
)

func is(b bool) truth {
	if b {
		return yes
	}
	return no
}

func (ref *reference) matching(q columns.Query) []referenceRow {
	var found []referenceRow
	for _, r := range ref.rows {
		if r.From <= q.AsOf && q.AsOf < r.Until && ref.match(q.Filter, &r) == yes {
			found = append(found, r)
		}
	}
	slices.SortFunc(found, func(a, b referenceRow) int { return cmp.Compare(a.Seq, b.Seq) })
	return found
}

func (ref *reference) value(r *referenceRow, field string) columns.Value {
	return r.Values[ref.schema.Index(field)]
}

func (ref *reference) field(name string) *columns.Field {
	return &ref.schema.Fields[ref.schema.Index(name)]
}

func (ref *reference) match(e columns.Expr, r *referenceRow) truth {
	switch e := e.(type) {
	case nil:
		return yes
	case columns.Constant:
		return is(bool(e))
	case columns.And:
		least := yes
		for _, p := range e {
			least = min(least, ref.match(p, r))
		}
		return least
	case columns.Or:
		most := no
		for _, p := range e {
			most = max(most, ref.match(p, r))
		}
		return most
	case columns.Not:
		return -ref.match(e.Expr, r)
	case columns.Compare:
		return ref.compare(e, r)
	case columns.CompareFields:
		return compare(ref.value(r, e.Left), e.Op, ref.value(r, e.Right), e.Fold)
	case columns.In:
		most := no
		for _, v := range e.Values {
			most = max(most, ref.compare(columns.Compare{Field: e.Field, Value: v, Fold: e.Fold}, r))
		}
		return most
	case columns.Between:
		return min(ref.compare(columns.Compare{Field: e.Field, Op: columns.GreaterEqual, Value: e.Low}, r),
			ref.compare(columns.Compare{Field: e.Field, Op: columns.LessEqual, Value: e.High}, r))
	case columns.Like:
		return ref.like(e, r)
	case columns.IsNull:
		if e.Field == columns.GeometryField {
			return is(r.Geometry == nil)
		}
		return is(ref.value(r, e.Field).Kind == columns.Null)
	case columns.Search:
		return is(strings.Contains(string(r.Feature), e.Text))
	case columns.During:
		return is(ref.during(e, r))
	case columns.Temporal:
		return ref.temporal(e, r)
	case columns.Near:
		return ref.near(e, r)
	case columns.BBox:
		return ref.bbox(e, r)
	case columns.Spatial:
		return ref.spatial(e, r)
	case columns.DWithin:
		return ref.dwithin(e, r)
	}
	panic("no reference for this filter")
}

func (ref *reference) compare(e columns.Compare, r *referenceRow) truth {
	v := ref.value(r, e.Field)
	equality := e.Op == columns.Equal || e.Op == columns.NotEqual
	if !ref.field(e.Field).List || !equality || v.Kind == columns.Null {
		return compare(v, e.Op, e.Value, e.Fold)
	}
	any := compare(v, columns.Equal, e.Value, e.Fold)
	for _, element := range strings.Split(v.Text, ",") {
		any = max(any, compare(columns.Value{Kind: columns.TextValue, Text: element}, columns.Equal, e.Value, e.Fold))
	}
	if e.Op == columns.NotEqual {
		return -any
	}
	return any
}

func compare(a columns.Value, op columns.Op, b columns.Value, fold bool) truth {
	if a.Kind == columns.Null || b.Kind == columns.Null {
		return unknown
	}
	var order int
	switch {
	case a.Kind == columns.TextValue:
		x, y := a.Text, b.Text
		if fold {
			x, y = strings.ToLower(x), strings.ToLower(y)
		}
		order = cmp.Compare(x, y)
	case a.Kind == columns.RealValue || b.Kind == columns.RealValue:
		order = cmp.Compare(number(a), number(b))
	default:
		order = cmp.Compare(a.Int, b.Int)
	}
	return is(map[columns.Op]bool{
		columns.Equal: order == 0, columns.NotEqual: order != 0, columns.Less: order < 0,
		columns.LessEqual: order <= 0, columns.Greater: order > 0, columns.GreaterEqual: order >= 0,
	}[op])
}

func number(v columns.Value) float64 {
	if v.Kind == columns.RealValue {
		return v.Real
	}
	return float64(v.Int)
}

func (ref *reference) like(e columns.Like, r *referenceRow) truth {
	v := ref.value(r, e.Field)
	if v.Kind == columns.Null {
		return unknown
	}
	expression := "(?s)^"
	if e.Fold {
		expression = "(?si)^"
	}
	for i := 0; i < len(e.Pattern); i++ {
		switch c := e.Pattern[i]; {
		case c == '%':
			expression += ".*"
		case c == '_':
			expression += "."
		case c == '\\' && i+1 < len(e.Pattern):
			i++
			expression += regexp.QuoteMeta(e.Pattern[i : i+1])
		default:
			expression += regexp.QuoteMeta(e.Pattern[i : i+1])
		}
	}
	pattern := regexp.MustCompile(expression + "$")
	if pattern.MatchString(v.Text) {
		return yes
	}
	if ref.field(e.Field).List {
		return is(slices.ContainsFunc(strings.Split(v.Text, ","), pattern.MatchString))
	}
	return no
}

func (ref *reference) during(e columns.During, r *referenceRow) bool {
	if ref.schema.Start == "" {
		return e.From <= e.To
	}
	first, last := int64(math.MinInt32), int64(math.MaxInt32)
	if v := ref.value(r, ref.schema.Start); v.Kind != columns.Null {
		first = v.Int
	}
	if v := ref.value(r, ref.schema.End); v.Kind != columns.Null {
		last = v.Int
		if ref.schema.EndOpen {
			last--
		}
	}
	return e.From <= e.To && first <= int64(e.To) && last >= int64(e.From)
}

func (ref *reference) near(e columns.Near, r *referenceRow) truth {
	for _, part := range strings.Split(ref.value(r, "border_distances").Text, ",") {
		code, text, _ := strings.Cut(part, ":")
		if code != e.Border || code == "" {
			continue
		}
		km, _ := strconv.ParseFloat(text, 64)
		u := 0.0
		if v := ref.value(r, "uncertainty_m"); v.Kind != columns.Null {
			u = v.Real / 1000
		}
		const tiny = 1e-9
		least, most := max(0, km-u), km+u
		certain, possible := most <= e.WithinKM+tiny, least <= e.WithinKM+tiny && most > e.WithinKM+tiny
		switch e.Certainty {
		case columns.Certain:
			return is(certain)
		case columns.Possible:
			return is(possible)
		}
		return is(certain || possible)
	}
	return unknown
}
