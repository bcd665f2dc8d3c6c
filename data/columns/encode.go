package columns

import (
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

// AppendFeature appends one GeoJSON feature (RFC 7946) with every field of the
// schema in order, null when its value is null or missing. Coordinates have at
// most 7 decimals; bytes of a text that are not UTF-8 become U+FFFD.
func AppendFeature(dst []byte, s *Schema, id string, geometry orb.Geometry, values []Value) []byte {
	dst = append(dst, `{"type":"Feature","id":`...)
	dst = AppendString(dst, id)
	dst = append(dst, `,"geometry":`...)
	dst = appendGeometry(dst, geometry)
	dst = append(dst, `,"properties":{`...)
	for i := range s.Fields {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = AppendString(dst, s.Fields[i].Name)
		dst = append(dst, ':')
		var v Value
		if i < len(values) {
			v = values[i]
		}
		dst = v.AppendJSON(dst)
	}
	return append(dst, "}}"...)
}

// AppendJSON appends the value as a feature's property has it.
func (v Value) AppendJSON(dst []byte) []byte {
	switch v.Kind {
	case TextValue:
		return AppendString(dst, v.Text)
	case IntValue:
		return strconv.AppendInt(dst, v.Int, 10)
	case RealValue:
		return appendReal(dst, v.Real)
	case BoolValue:
		return strconv.AppendBool(dst, v.Int != 0)
	case DayValue:
		dst = append(dst, '"')
		dst = append(dst, geo.FormatDay(int32(v.Int))...)
		return append(dst, '"')
	case TimeValue:
		dst = append(dst, '"')
		dst = time.UnixMicro(v.Int).UTC().AppendFormat(dst, time.RFC3339Nano)
		return append(dst, '"')
	}
	return append(dst, "null"...)
}

// appendReal writes the shortest text that reads back as r, as ECMAScript
// does; what JSON can not hold (NaN, infinity) is null.
func appendReal(dst []byte, r float64) []byte {
	if math.IsNaN(r) || math.IsInf(r, 0) {
		return append(dst, "null"...)
	}
	if r == 0 {
		return append(dst, '0')
	}
	format := byte('f')
	if abs := math.Abs(r); abs < 1e-6 || abs >= 1e21 {
		format = 'e'
	}
	return strconv.AppendFloat(dst, r, format, -1, 64)
}

const hexDigits = "0123456789abcdef"

// AppendString writes a JSON string; bytes that are not UTF-8 become U+FFFD.
func AppendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		b := s[i]
		if b >= 0x20 && b != '"' && b != '\\' && b < utf8.RuneSelf {
			i++
			continue
		}
		if b >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				dst = append(dst, s[start:i]...)
				dst = append(dst, "\uFFFD"...)
				start = i + 1
			}
			i += size
			continue
		}
		dst = append(dst, s[start:i]...)
		dst = appendEscape(dst, b)
		i++
		start = i
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

func appendEscape(dst []byte, b byte) []byte {
	switch b {
	case '"', '\\':
		return append(dst, '\\', b)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	}
	return append(dst, '\\', 'u', '0', '0', hexDigits[b>>4], hexDigits[b&15])
}
