package columns

import (
	"bytes"
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// stage collects decoded rows until they are packed into a block.
type stage struct {
	*layout
	borders *dictionary
	parser  parser
	scratch []byte
	near    []distance // of the row at hand
	rows    int
	until   []int64
	lanes   [][]int64
}

func newStage(l *layout, borders *dictionary) *stage {
	return &stage{layout: l, borders: borders, lanes: make([][]int64, l.firstBorder())}
}

var errNotPoint = errors.New("the geometry is not a point")

// add decodes a row. After an error the stage holds what it held before.
func (s *stage) add(r Row) error {
	if err := s.parser.feature(r.Feature, &s.schema); err != nil {
		return fmt.Errorf("row %d of %s: %w", r.Seq, s.schema.Collection, err)
	}
	if s.points && s.parser.geometry != nil {
		return fmt.Errorf("row %d of %s: %w", r.Seq, s.schema.Collection, errNotPoint)
	}
	if err := s.readDistances(); err != nil {
		return fmt.Errorf("row %d of %s: %w", r.Seq, s.schema.Collection, err)
	}
	s.until = append(s.until, r.Until)
	s.put(laneSeq, r.Seq)
	s.put(laneFrom, r.From)
	s.putGeometry()
	for i := range s.schema.Fields {
		s.putField(i, &s.parser.values[i])
	}
	s.putDistances()
	s.rows++
	for i, lane := range s.lanes {
		if len(lane) < s.rows {
			s.lanes[i] = append(lane, null)
		}
	}
	return nil
}

func (s *stage) put(lane int, value int64) { s.lanes[lane] = append(s.lanes[lane], value) }

func (s *stage) putField(field int, v *parsed) {
	value := v.int
	switch {
	case v.kind == Null:
		value = null
	case s.prose(field):
		value = 0
	case v.kind == TextValue:
		value = int64(s.texts[field].add(s.textOf(v.text)))
	case v.kind == RealValue:
		value = orderReal(v.real)
	}
	s.put(s.lane(field), value)
}

// textOf is valid until the next call.
func (s *stage) textOf(t span) []byte {
	if !t.escaped {
		return s.parser.data[t.from:t.to]
	}
	s.scratch = s.parser.unescape(s.scratch[:0], t)
	return s.scratch
}

func (s *stage) putGeometry() {
	p := &s.parser
	switch {
	case p.located && s.points:
		s.put(laneWest, units(p.point[0]))
		s.put(laneSouth, units(p.point[1]))
		s.put(laneWorld, worldY(p.point[1]))
	case p.located:
		s.putBound(orb.Bound{Min: p.point, Max: p.point})
	case p.geometry != nil:
		s.putBound(p.geometry.Bound())
	}
}

func (s *stage) putBound(b orb.Bound) {
	s.put(laneWest, units(b.Min[0]))
	s.put(laneSouth, units(b.Min[1]))
	s.put(laneEast, units(b.Max[0]))
	s.put(laneNorth, units(b.Max[1]))
}

// units is degrees in units of 10^-7.
func units(degrees float64) int64 { return int64(math.Round(degrees * unitsPerDegree)) }

// distance is that to one border.
type distance struct {
	border int // code
	km     float64
}

// readDistances reads "mmr-chn:101.873,mmr-lao:310.204".
func (s *stage) readDistances() error {
	s.near = s.near[:0]
	if s.distances < 0 || s.parser.values[s.distances].kind != TextValue {
		return nil
	}
	rest := s.textOf(s.parser.values[s.distances].text)
	for more := len(rest) > 0; more; {
		var part []byte
		part, rest, more = bytes.Cut(rest, []byte{','})
		border, km, found := bytes.Cut(part, []byte{':'})
		digits := scanner{data: km}
		n, err := digits.number()
		if !found || err != nil || digits.at != len(km) || n.real < 0 {
			return fmt.Errorf("%s: %q is not a border and its distance in km", distancesField, part)
		}
		s.near = append(s.near, distance{s.borders.add(border), n.real})
	}
	return nil
}

func (s *stage) putDistances() {
	for _, d := range s.near {
		lane := s.firstBorder() + d.border
		for len(s.lanes) <= lane {
			s.lanes = append(s.lanes, nil)
		}
		for len(s.lanes[lane]) < s.rows {
			s.put(lane, null)
		}
		if len(s.lanes[lane]) == s.rows { // the first, should a border be named twice
			s.put(lane, orderReal(d.km))
		}
	}
}

// take packs the collected rows into a block and starts anew.
func (s *stage) take() *block {
	b := &block{rows: s.rows, lanes: make([]lane, len(s.lanes)), until: pack(s.until, false)}
	for i := range s.lanes {
		for len(s.lanes[i]) < s.rows {
			s.put(i, null)
		}
		b.lanes[i] = pack(s.lanes[i], s.reals(i))
		s.lanes[i] = s.lanes[i][:0]
	}
	s.until, s.rows = s.until[:0], 0
	return b
}
