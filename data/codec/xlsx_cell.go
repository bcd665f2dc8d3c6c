package codec

import (
	"fmt"
	"strconv"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
)

func xlsxWidth(f *columns.Field) int {
	switch {
	case f.Long:
		return 60
	case f.Type == columns.Time:
		return 20
	case f.Type == columns.Text:
		return 18
	}
	return 12
}

func (x *xlsx) appendCell(line []byte, letters string, row []byte, v *columns.Value) []byte {
	switch v.Kind {
	case columns.TextValue:
		return x.appendText(line, letters+string(row), v.Text, xlsxPlain)
	case columns.IntValue:
		return append(strconv.AppendInt(openCell(line, letters, row, ""), v.Int, 10), "</v></c>"...)
	case columns.RealValue:
		return append(strconv.AppendFloat(openCell(line, letters, row, ""), v.Real, 'g', -1, 64), "</v></c>"...)
	case columns.BoolValue:
		return append(append(openCell(line, letters, row, ` t="b"`), byte('0'+v.Int)), "</v></c>"...)
	case columns.DayValue:
		serial := v.Int + xlsxEpoch
		if serial < xlsxFirstDay {
			return x.appendText(line, letters+string(row), string(appendDay(nil, v.Int)), xlsxPlain)
		}
		return append(strconv.AppendInt(openCell(line, letters, row, ` s="2"`), serial, 10), "</v></c>"...)
	case columns.TimeValue:
		serial := float64(v.Int)/86_400_000_000 + xlsxEpoch
		if serial < xlsxFirstDay {
			return x.appendText(line, letters+string(row), string(appendValue(nil, v)), xlsxPlain)
		}
		return append(strconv.AppendFloat(openCell(line, letters, row, ` s="3"`), serial, 'f', -1, 64), "</v></c>"...)
	}
	return line
}

func openCell(line []byte, letters string, row []byte, attributes string) []byte {
	line = append(append(append(line, `<c r="`...), letters...), row...)
	return append(append(append(line, '"'), attributes...), "><v>"...)
}

func (x *xlsx) appendGeometry(line, row []byte, g orb.Geometry) ([]byte, error) {
	if g == nil || x.geometry == noGeometry {
		return line, nil
	}
	last := x.letters[len(x.letters)-1]
	if x.geometry == wellKnownText {
		shape, err := appendWKT(x.shape[:0], g)
		if err != nil {
			return line, err
		}
		x.shape = shape
		if len(shape) > xlsxMaxText {
			x.dropped++
			return line, nil
		}
		return x.appendText(line, last+string(row), string(shape), xlsxPlain), nil
	}
	p, ok := g.(orb.Point)
	if !ok {
		return line, fmt.Errorf("a %s in a collection of points", g.GeoJSONType())
	}
	line = append(appendReal(openCell(line, x.letters[len(x.letters)-2], row, ""), p[0]), "</v></c>"...)
	return append(appendReal(openCell(line, last, row, ""), p[1]), "</v></c>"...), nil
}

// columnLetters names a column, counted from 0, as sheets do: A, Z, AA.
func columnLetters(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return columnLetters(i/26-1) + string(rune('A'+i%26))
}

// Excel counts days from 1899-12-30 for all dates after its 1900-02-29, which
// never was.
const (
	xlsxEpoch    = 25569 // 1970-01-01
	xlsxFirstDay = 61    // 1900-03-01
)
