package columns

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/paulmach/orb"
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

	schema *Schema
	keys   [][]byte // of its fields, as we write them: "name":
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
	p.prepare(s)
	p.scanner = scanner{data: data}
	p.id, p.located, p.geometry = span{}, false, nil
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

// prepare makes room for the fields of a schema.
func (p *parser) prepare(s *Schema) {
	if p.schema == s && len(p.values) == len(s.Fields) {
		return
	}
	p.schema, p.values, p.keys = s, make([]parsed, len(s.Fields)), make([][]byte, len(s.Fields))
	for i := range s.Fields {
		p.keys[i] = append(AppendString(nil, s.Fields[i].Name), ':')
	}
}

// readProperties expects each name to be the next field's, spelt as we do.
func (p *parser) readProperties(s *Schema) error {
	if !p.take('{') {
		return p.wrong("an object")
	}
	if p.take('}') {
		return nil
	}
	for next := 0; ; {
		field := next
		if next < len(p.keys) && bytes.HasPrefix(p.data[p.at:], p.keys[next]) {
			p.at += len(p.keys[next])
		} else {
			name, err := p.key()
			if err != nil {
				return err
			}
			field = s.at(p.data[name.from:name.to], next)
		}
		if field < 0 {
			if err := p.skip(0); err != nil {
				return err
			}
		} else {
			next = field + 1
			p.values[field] = parsed{}
			if err := p.readValue(s.Fields[field].Type, &p.values[field]); err != nil {
				return fmt.Errorf("property %s: %w", s.Fields[field].Name, err)
			}
		}
		if p.at < len(p.data) && p.data[p.at] == ',' {
			p.at++
			continue
		}
		if p.take('}') {
			return nil
		}
		if !p.take(',') {
			return p.wrong("a comma or }")
		}
	}
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
