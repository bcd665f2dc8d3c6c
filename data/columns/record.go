package columns

import (
	"fmt"

	"github.com/paulmach/orb"
)

// Record is one feature taken apart.
type Record struct {
	ID       string
	Geometry orb.Geometry // nil when null or empty
	Values   []Value      // in the order of the schema's fields
	parser   parser       // kept for its buffers
}

// Decode takes one GeoJSON feature apart. Members may come in any order and
// unknown ones are ignored; a member twice counts as last written, a missing
// property is null. The strings of the record share one copy of the feature, so
// they stay valid after feature is reused, and into may be reused after they
// are dropped. Bytes that are not a feature of this schema are an error.
func (s *Schema) Decode(feature []byte, into *Record) error {
	p := &into.parser
	if err := p.feature(feature, s); err != nil {
		return fmt.Errorf("decode feature of %s: %w", s.Collection, err)
	}
	copied := string(feature)
	into.ID = p.text(copied, p.id)
	into.Geometry = nil
	switch {
	case p.geometry != nil:
		into.Geometry = p.geometry
	case p.located:
		into.Geometry = p.point
	}
	into.Values = into.Values[:0]
	for _, v := range p.values {
		value := Value{Kind: v.kind, Int: v.int, Real: v.real}
		if v.kind == TextValue {
			value.Text = p.text(copied, v.text)
		}
		into.Values = append(into.Values, value)
	}
	return nil
}

// text gives the content of a span of the feature that copied repeats.
func (p *parser) text(copied string, s span) string {
	if s.escaped {
		return string(p.unescape(nil, s))
	}
	return copied[s.from:s.to]
}
