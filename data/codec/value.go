package codec

import (
	"strconv"
	"time"

	"strikewatch/data/columns"
)

// appendValue writes v as every text format spells it: numbers in their
// shortest form, days as YYYY-MM-DD, times as RFC 3339 in UTC, null as
// nothing.
func appendValue(dst []byte, v *columns.Value) []byte {
	switch v.Kind {
	case columns.TextValue:
		return append(dst, v.Text...)
	case columns.IntValue:
		return strconv.AppendInt(dst, v.Int, 10)
	case columns.RealValue:
		return appendReal(dst, v.Real)
	case columns.BoolValue:
		return strconv.AppendBool(dst, v.Int != 0)
	case columns.DayValue:
		return appendDay(dst, v.Int)
	case columns.TimeValue:
		return time.UnixMicro(v.Int).UTC().AppendFormat(dst, time.RFC3339Nano)
	}
	return dst
}

// appendReal writes the shortest decimal that reads back as f.
func appendReal(dst []byte, f float64) []byte {
	return strconv.AppendFloat(dst, f, 'f', -1, 64)
}

// appendDay writes days since 1970-01-01 as YYYY-MM-DD.
func appendDay(dst []byte, day int64) []byte {
	year, month, dayOfMonth := civil(day)
	if year < 0 || year > 9999 {
		return time.Unix(day*86400, 0).UTC().AppendFormat(dst, time.DateOnly)
	}
	return append(dst,
		byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10), '-',
		byte('0'+month/10), byte('0'+month%10), '-',
		byte('0'+dayOfMonth/10), byte('0'+dayOfMonth%10))
}

// civil splits days since 1970-01-01 into a proleptic Gregorian date.
// Formula: Howard Hinnant, https://howardhinnant.github.io/date_algorithms.html
func civil(day int64) (year, month, dayOfMonth int64) {
	z := day + 719468
	era := z / 146097
	if z < 0 {
		era = (z - 146096) / 146097
	}
	dayOfEra := z - era*146097
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	shifted := (5*dayOfYear + 2) / 153
	dayOfMonth = dayOfYear - (153*shifted+2)/5 + 1
	month, year = shifted+3, yearOfEra+era*400
	if month > 12 {
		month, year = month-12, year+1
	}
	return year, month, dayOfMonth
}
