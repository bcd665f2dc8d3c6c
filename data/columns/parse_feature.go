package columns

import (
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

// parser takes features apart without allocating for points, numbers and
// text: texts are spans of the feature.
type parser struct {
	scanner
	id       span
	located  bool // the geometry is the point
	point    orb.Point
	geometry orb.Geometry // what is not a point, nil when null or empty
	values   []parsed     // in the order of the schema's fields
}

type parsed struct {
	kind ValueKind
	text span
	int  int64
	real float64
}

var errUTF8 = errors.New("the text is not valid UTF-8")

func (p *parser) feature(data []byte, s *Schema) error {
	if !utf8.Valid(data) {
		return errUTF8
	}
	p.scanner = scanner{data: data}
	p.id, p.located, p.geometry = span{}, false, nil
	if cap(p.values) < len(s.Fields) {
		p.values = make([]parsed, len(s.Fields))
	}
	p.values = p.values[:len(s.Fields)]
	clear(p.values)
	isFeature := false
	err := p.object(func(name span) (err error) {
		switch string(data[name.from:name.to]) {
		case "type":
			isFeature, err = p.is("Feature")
			return err
		case "id":
			return p.readID()
		case "geometry":
			return p.readGeometry()
		case "properties":
			if p.peek() == 'n' {
				return p.word("null")
			}
			return p.readProperties(s)
		}
		return p.skip(0)
	})
	if err != nil {
		return err
	}
	if p.peek(); p.at != len(data) {
		return p.wrong("the end")
	}
	if !isFeature {
		return errors.New(`"type" is not "Feature"`)
	}
	return nil
}

// is reads a value and tells whether it is the text want.
func (p *parser) is(want string) (bool, error) {
	if p.peek() != '"' {
		return false, p.skip(0)
	}
	s, err := p.string()
	return err == nil && string(p.data[s.from:s.to]) == want, err
}

func (p *parser) readID() error {
	switch p.peek() {
	case '"':
		s, err := p.string()
		p.id = s
		return err
	case 'n':
		return p.word("null")
	}
	start := p.at
	_, err := p.number()
	p.id = span{from: start, to: p.at}
	return err
}

func (p *parser) readProperties(s *Schema) error {
	next := 0
	return p.object(func(name span) error {
		field := s.at(p.data[name.from:name.to], next)
		if field < 0 {
			return p.skip(0)
		}
		next = field + 1
		p.values[field] = parsed{}
		if err := p.readValue(s.Fields[field].Type, &p.values[field]); err != nil {
			return fmt.Errorf("property %s: %w", s.Fields[field].Name, err)
		}
		return nil
	})
}

// at finds a field by name, trying the one called next first.
func (s *Schema) at(name []byte, next int) int {
	if next < len(s.Fields) && s.Fields[next].Name == string(name) {
		return next
	}
	for i := range s.Fields {
		if s.Fields[i].Name == string(name) {
			return i
		}
	}
	return -1
}

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
		moment, err := time.Parse(time.RFC3339, string(p.data[text.from:text.to]))
		if err != nil {
			return fmt.Errorf("%q is not an RFC 3339 time", p.data[text.from:text.to])
		}
		into.kind, into.int = TimeValue, moment.UnixMicro()
	default:
		into.kind, into.text = TextValue, text
	}
	return nil
}
