package columns

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
)

// Cursor marks where a page ended: the values of the sort fields of its last
// row, the row's seq, and the instant as of which the first page was read, at
// which all later pages are read too. So following cursors gives each row
// that was public at that instant exactly once, whatever is written meanwhile
// (save that withdrawn rows vanish at once). It is text safe in a URL, opaque
// to clients, and outlives restarts. The empty Cursor is the start.
type Cursor string

// ErrCursor says that a cursor was not made by Page, or for another order.
var ErrCursor = errors.New("the cursor is damaged or belongs to another request")

// position is what a Cursor holds.
type position struct {
	order  uint32 // fingerprint of the sort order
	asOf   int64
	seq    int64
	values []Value // of the sort fields
}

// ParseCursor checks that text is a cursor; whether it fits a request's order
// is seen by Page.
func ParseCursor(text string) (Cursor, error) {
	if text == "" {
		return "", nil
	}
	_, err := Cursor(text).parse()
	return Cursor(text), err
}

// AsOf is the instant at which the page that the cursor leads to is read, in
// Unix microseconds; ok is false for the start and for a damaged cursor.
func (c Cursor) AsOf() (asOf int64, ok bool) {
	p, err := c.read()
	if err != nil || p == nil {
		return 0, false
	}
	return p.asOf, true
}

const cursorVersion = 1

func (p position) cursor() Cursor {
	b := []byte{cursorVersion}
	b = binary.LittleEndian.AppendUint32(b, p.order)
	b = binary.AppendVarint(b, p.asOf)
	b = binary.AppendVarint(b, p.seq)
	for _, v := range p.values {
		b = append(b, byte(v.Kind))
		switch v.Kind {
		case Null:
		case TextValue:
			b = binary.AppendUvarint(b, uint64(len(v.Text)))
			b = append(b, v.Text...)
		case RealValue:
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v.Real))
		default:
			b = binary.AppendVarint(b, v.Int)
		}
	}
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	return Cursor(base64.RawURLEncoding.EncodeToString(b))
}

func (c Cursor) parse() (position, error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(string(c))
	if err != nil || len(b) < 9 || b[0] != cursorVersion {
		return position{}, ErrCursor
	}
	body, sum := b[:len(b)-4], binary.LittleEndian.Uint32(b[len(b)-4:])
	if crc32.ChecksumIEEE(body) != sum {
		return position{}, ErrCursor
	}
	p := position{order: binary.LittleEndian.Uint32(body[1:])}
	r := cursorReader{body[5:], true}
	p.asOf, p.seq = r.varint(), r.varint()
	for len(r.rest) > 0 && r.ok {
		p.values = append(p.values, r.value())
	}
	if !r.ok {
		return position{}, ErrCursor
	}
	return p, nil
}

// cursorReader reads on until something is amiss.
type cursorReader struct {
	rest []byte
	ok   bool
}

func (r *cursorReader) varint() int64 {
	n, size := binary.Varint(r.rest)
	r.skip(size)
	return n
}

func (r *cursorReader) skip(size int) {
	if size <= 0 || size > len(r.rest) {
		r.ok, r.rest = false, nil
		return
	}
	r.rest = r.rest[size:]
}

func (r *cursorReader) value() Value {
	v := Value{Kind: ValueKind(r.rest[0])}
	r.skip(1)
	switch v.Kind {
	case Null:
	case TextValue:
		length, size := binary.Uvarint(r.rest)
		r.skip(size)
		if !r.ok || length > uint64(len(r.rest)) {
			r.ok = false
			return v
		}
		v.Text = string(r.rest[:length])
		r.rest = r.rest[length:]
	case RealValue:
		if len(r.rest) < 8 {
			r.ok = false
			return v
		}
		v.Real = math.Float64frombits(binary.LittleEndian.Uint64(r.rest))
		r.rest = r.rest[8:]
	case IntValue, BoolValue, DayValue, TimeValue:
		v.Int = r.varint()
	default:
		r.ok = false
	}
	return v
}

// fingerprint tells orders apart (FNV-1a).
func fingerprint(order []Sort) uint32 {
	h := uint32(2166136261)
	add := func(b byte) { h = (h ^ uint32(b)) * 16777619 }
	for _, s := range order {
		for i := range len(s.Field) {
			add(s.Field[i])
		}
		if s.Descending {
			add('-')
		}
		add(0)
	}
	return h
}
