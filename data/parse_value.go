package data

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"strikewatch/data/columns"
)

// parseProperty reads name=value[,value]: the property equals one of them. No
// value at all asks for what is not known.
func parseProperty(f *columns.Field, value string) (columns.Expr, error) {
	if value == "" {
		return columns.IsNull{Field: f.Name}, nil
	}
	in := columns.In{Field: f.Name}
	for text := range strings.SplitSeq(value, ",") {
		v, err := parseValue(f, text)
		if err != nil {
			return nil, err
		}
		in.Values = append(in.Values, v)
	}
	return in, nil
}

func parseValue(f *columns.Field, text string) (columns.Value, error) {
	switch f.Type {
	case columns.Int:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return columns.Value{Kind: columns.IntValue, Int: n}, nil
		}
		return columns.Value{}, invalid(f.Name, quoted(text)+", which is no whole number", "for example "+f.Name+"=5")
	case columns.Real:
		if n, err := strconv.ParseFloat(text, 64); err == nil && !math.IsNaN(n) && !math.IsInf(n, 0) {
			return columns.Value{Kind: columns.RealValue, Real: n}, nil
		}
		return columns.Value{}, invalid(f.Name, quoted(text)+", which is no number", "for example "+f.Name+"=2.5")
	case columns.Bool:
		if text == "true" || text == "false" {
			v := columns.Value{Kind: columns.BoolValue}
			if text == "true" {
				v.Int = 1
			}
			return v, nil
		}
		return columns.Value{}, invalid(f.Name, quoted(text), "use true or false")
	case columns.Day:
		d, err := parseDay(f.Name, text)
		return columns.Value{Kind: columns.DayValue, Int: int64(d)}, err
	case columns.Time:
		t, err := parseTime(f.Name, text)
		return columns.Value{Kind: columns.TimeValue, Int: t.UnixMicro()}, err
	}
	if codes := values(f.Codes); len(codes) > 0 && !slices.Contains(codes, text) {
		return columns.Value{}, invalid(f.Name, quoted(text)+", which is no code", "use "+strings.Join(codes, ", "))
	}
	if text == "" {
		return columns.Value{}, invalid(f.Name, "is empty", "give a value, or leave the parameter out")
	}
	return columns.Value{Kind: columns.TextValue, Text: text}, nil
}

func quoted(s string) string { return `is "` + s + `"` }
