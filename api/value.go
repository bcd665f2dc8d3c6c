package api

import (
	"strconv"
	"time"

	"strikewatch/data/columns"
	"strikewatch/geo"
)

// valueText writes a value for people; nothing for what is not known.
func valueText(v columns.Value) string {
	switch v.Kind {
	case columns.TextValue:
		return v.Text
	case columns.IntValue:
		return strconv.FormatInt(v.Int, 10)
	case columns.RealValue:
		return strconv.FormatFloat(v.Real, 'f', -1, 64)
	case columns.BoolValue:
		if v.Int != 0 {
			return "yes"
		}
		return "no"
	case columns.DayValue:
		return geo.FormatDay(int32(v.Int))
	case columns.TimeValue:
		return time.UnixMicro(v.Int).UTC().Format("2006-01-02 15:04:05 UTC")
	}
	return ""
}
