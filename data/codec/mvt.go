package codec

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"

	"strikewatch/data/columns"
)

// TileExtent is the width of a tile in its own units; TileBuffer is how many
// beyond each edge are still drawn, so that symbols and outlines are not cut.
const (
	TileExtent = 4096
	TileBuffer = 64
)

// Tile is one square of WebMercatorQuad, Y counted from the north.
type Tile struct{ Z, X, Y uint32 }

// Project returns where a position lies, in units of the tile from its upper
// left corner. Latitudes beyond Web Mercator's square lie on its edge.
func (t Tile) Project(p orb.Point) (x, y float64) {
	const edge = 85.0511287798066
	size := float64(uint64(1)<<t.Z) * TileExtent
	latitude := min(max(p[1], -edge), edge) * math.Pi / 180
	x = (p[0]+180)/360*size - float64(t.X)*TileExtent
	y = (1-math.Asinh(math.Tan(latitude))/math.Pi)/2*size - float64(t.Y)*TileExtent
	return x, y
}

// TileTag is one property of a feature: the numbers that its layer gave a key
// and a value.
type TileTag struct{ Key, Value uint32 }

// TileLayer encodes one layer of a vector tile (Mapbox Vector Tile 2.1) as
// features are added. The same features in the same order give the same
// bytes.
type TileLayer struct {
	name     string
	features []byte
	count    int
	keys     map[string]uint32
	keyList  []byte
	values   map[columns.Value]uint32 // but for whole numbers
	wholes   map[int64]uint32
	list     []byte
	tags     []byte
	path     tilePath
	feature  []byte
}

// NewTileLayer returns an empty layer.
func NewTileLayer(name string) *TileLayer {
	return &TileLayer{name: name, keys: map[string]uint32{}, values: map[columns.Value]uint32{}, wholes: map[int64]uint32{}}
}

// Len is how many features the layer has.
func (l *TileLayer) Len() int { return l.count }

// AddPoint adds a point in units of the tile. An id of 0 is none.
func (l *TileLayer) AddPoint(id uint64, x, y int32, tags ...TileTag) {
	l.path.reset()
	l.path.command(tileMoveTo, 1)
	l.path.step(tilePoint{int64(x), int64(y)})
	l.add(id, tileKindPoint, tags)
}

// Add projects a geometry into a tile, cuts it at the buffer, rounds it to
// whole units and adds it; what lies outside or is too small to see is left
// out, and Add tells whether anything is left.
func (l *TileLayer) Add(t Tile, id uint64, g orb.Geometry, tags ...TileTag) bool {
	if g == nil {
		return false
	}
	l.path.reset()
	kind := l.path.draw(clip.Geometry(orb.Bound{
		Min: orb.Point{-TileBuffer, -TileBuffer},
		Max: orb.Point{TileExtent + TileBuffer, TileExtent + TileBuffer},
	}, t.project(g)))
	if kind == 0 || len(l.path.commands) == 0 {
		return false
	}
	l.add(id, kind, tags)
	return true
}

func (l *TileLayer) add(id uint64, kind byte, tags []TileTag) {
	l.tags = l.tags[:0]
	for _, t := range tags {
		l.tags = binary.AppendUvarint(binary.AppendUvarint(l.tags, uint64(t.Key)), uint64(t.Value))
	}
	f := l.feature[:0]
	if id != 0 {
		f = binary.AppendUvarint(append(f, 1<<3), id)
	}
	f = appendField(f, 2, l.tags)
	f = append(f, 3<<3, kind)
	l.feature = appendField(f, 4, l.path.commands)
	l.features = appendField(l.features, 2, l.feature)
	l.count++
}

// Key numbers the name of a property.
func (l *TileLayer) Key(name string) uint32 {
	i, known := l.keys[name]
	if !known {
		i = uint32(len(l.keys))
		l.keys[name] = i
		l.keyList = appendField(l.keyList, 3, []byte(name))
	}
	return i
}

// Value numbers a value, which is not null. Days and times become texts.
func (l *TileLayer) Value(v columns.Value) uint32 {
	if v.Kind == columns.IntValue {
		return l.Whole(v.Int)
	}
	i, known := l.values[v]
	if !known {
		i = l.listed(tileValue(&v))
		l.values[v] = i
	}
	return i
}

// Whole numbers an integer value.
func (l *TileLayer) Whole(n int64) uint32 {
	i, known := l.wholes[n]
	if !known {
		i = l.listed(tileWhole(n))
		l.wholes[n] = i
	}
	return i
}

func (l *TileLayer) listed(value []byte) uint32 {
	l.list = appendField(l.list, 4, value)
	return uint32(len(l.values) + len(l.wholes))
}

func tileValue(v *columns.Value) []byte {
	switch v.Kind {
	case columns.RealValue:
		return appendFloat([]byte{3<<3 | 1}, v.Real)
	case columns.BoolValue:
		return []byte{7 << 3, byte(v.Int)}
	}
	return appendField(nil, 1, appendValue(nil, v))
}

func tileWhole(n int64) []byte {
	if n >= 0 {
		return binary.AppendUvarint([]byte{5 << 3}, uint64(n))
	}
	return binary.AppendVarint([]byte{6 << 3}, n)
}

// AppendTile appends the layer to a tile, which is the layers one after the
// other; a layer without features adds nothing.
func (l *TileLayer) AppendTile(dst []byte) []byte {
	if l.count == 0 {
		return dst
	}
	body := make([]byte, 0, len(l.features)+len(l.keyList)+len(l.list)+len(l.name)+16)
	body = append(body, 15<<3, 2)
	body = appendField(body, 1, []byte(l.name))
	body = append(body, l.features...)
	body = append(body, l.keyList...)
	body = append(body, l.list...)
	body = binary.AppendUvarint(append(body, 5<<3), TileExtent)
	return appendField(dst, 3, body)
}

// appendField appends a length-delimited protobuf field.
func appendField(dst []byte, field byte, content []byte) []byte {
	dst = binary.AppendUvarint(append(dst, field<<3|2), uint64(len(content)))
	return append(dst, content...)
}
