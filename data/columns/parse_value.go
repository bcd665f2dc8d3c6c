package columns

import (
	"fmt"
	"time"

	"strikewatch/geo"
)

func (p *parser) readValue(t Type, into *parsed) error {
	first := p.peek()
	if first == 'n' {
		return p.word("null")
	}
	switch t {
	case Text, Day, Time:
		if first != '"' {
			return p.wrong("a string or null")
		}
		text, err := p.string()
		if err != nil {
			return err
		}
		return p.setText(t, text, into)
	case Bool:
		into.kind = BoolValue
		if first == 't' {
			into.int = 1
			return p.word("true")
		}
		return p.word("false")
	}
	n, err := p.number()
	if err != nil {
		return err
	}
	if t == Real {
		into.kind, into.real = RealValue, n.real
		return nil
	}
	if !n.whole {
		return fmt.Errorf("%v is not an integer", n.real)
	}
	into.kind, into.int = IntValue, n.int
	return nil
}

func (p *parser) setText(t Type, text span, into *parsed) error {
	switch t {
	case Day:
		day, err := geo.ParseDay(string(p.data[text.from:text.to]))
		if err != nil {
			return err
		}
		into.kind, into.int = DayValue, int64(day)
	case Time:
		moment, err := parseTime(p.data[text.from:text.to])
		if err != nil {
			return err
		}
		into.kind, into.int = TimeValue, moment
	default:
		into.kind, into.text = TextValue, text
	}
	return nil
}

// parseTime reads an RFC 3339 time as Unix microseconds, fast as we write it.
func parseTime(text []byte) (int64, error) {
	if n := len(text); n >= len("2006-01-02T15:04:05Z") && text[10] == 'T' && text[n-1] == 'Z' {
		if at, ok := parsePlainTime(text[:n-1]); ok {
			return at, nil
		}
	}
	moment, err := time.Parse(time.RFC3339, string(text))
	if err != nil {
		return 0, fmt.Errorf("%q is not an RFC 3339 time", text)
	}
	return moment.UnixMicro(), nil
}

// parsePlainTime reads 2006-01-02T15:04:05 with up to six decimals.
func parsePlainTime(text []byte) (int64, bool) {
	day, err := geo.ParseDay(string(text[:10]))
	if err != nil || text[13] != ':' || text[16] != ':' {
		return 0, false
	}
	hour, minute, second := twoDigits(text[11:]), twoDigits(text[14:]), twoDigits(text[17:])
	if hour > 23 || minute > 59 || second > 59 {
		return 0, false
	}
	micros := (((int64(day)*24+hour)*60+minute)*60 + second) * 1_000_000
	if len(text) == 19 {
		return micros, true
	}
	if text[19] != '.' || len(text) == 20 || len(text) > 26 {
		return 0, false
	}
	for i, place := 20, int64(100_000); i < len(text); i, place = i+1, place/10 {
		if text[i]-'0' > 9 {
			return 0, false
		}
		micros += int64(text[i]-'0') * place
	}
	return micros, true
}

// twoDigits is beyond 99 when they are none.
func twoDigits(text []byte) int64 {
	if text[0]-'0' > 9 || text[1]-'0' > 9 {
		return 100
	}
	return int64(text[0]-'0')*10 + int64(text[1]-'0')
}
