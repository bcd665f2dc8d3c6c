package api

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/maptile"
)

// mvtExtent is the width of a tile in its own units; mvtBuffer is how many
// beyond the edge are drawn, so that symbols and outlines are not cut.
const (
	mvtExtent = 4096
	mvtBuffer = 64
)

// mvtLayer is one layer of a vector tile (Mapbox Vector Tile 2.1), encoded as
// features are added. The same features in the same order give the same bytes.
type mvtLayer struct {
	name     string
	tile     maptile.Tile
	features []byte
	count    int
	keys     []string
	keyIndex map[string]uint64
	values   [][]byte
	index    map[string]uint64
}

// mvtProperty is one property of a feature; the value is a string, an int64, a
// float64 or a bool.
type mvtProperty struct {
	name  string
	value any
}

func newLayer(name string, tile maptile.Tile) *mvtLayer {
	return &mvtLayer{name: name, tile: tile, keyIndex: map[string]uint64{}, index: map[string]uint64{}}
}

// add draws a feature with longitude and latitude; what lies outside or is too
// small to see is left out.
func (l *mvtLayer) add(g orb.Geometry, properties []mvtProperty) {
	path := mvtPath{}
	kind := path.draw(clip.Geometry(orb.Bound{Min: orb.Point{-mvtBuffer, -mvtBuffer}, Max: orb.Point{mvtExtent + mvtBuffer, mvtExtent + mvtBuffer}}, l.project(g)))
	if kind == 0 || len(path.commands) == 0 {
		return
	}
	var tags []byte
	for _, p := range properties {
		tags = binary.AppendUvarint(tags, l.key(p.name))
		tags = binary.AppendUvarint(tags, l.value(p.value))
	}
	feature := appendBytes(nil, 2, tags)
	feature = append(feature, 3<<3, kind)
	feature = appendBytes(feature, 4, path.commands)
	l.features = appendBytes(l.features, 2, feature)
	l.count++
}

// encode returns the tile with this layer; nil when it is empty.
func (l *mvtLayer) encode() []byte {
	if l.count == 0 {
		return nil
	}
	body := appendBytes(nil, 1, []byte(l.name))
	body = append(body, l.features...)
	for _, key := range l.keys {
		body = appendBytes(body, 3, []byte(key))
	}
	for _, value := range l.values {
		body = appendBytes(body, 4, value)
	}
	body = binary.AppendUvarint(append(body, 5<<3), mvtExtent)
	body = append(body, 15<<3, 2)
	return appendBytes(nil, 3, body)
}

func (l *mvtLayer) key(name string) uint64 {
	i, found := l.keyIndex[name]
	if !found {
		i = uint64(len(l.keys))
		l.keys = append(l.keys, name)
		l.keyIndex[name] = i
	}
	return i
}

func (l *mvtLayer) value(v any) uint64 {
	var encoded []byte
	switch v := v.(type) {
	case string:
		encoded = appendBytes(nil, 1, []byte(v))
	case float64:
		encoded = binary.LittleEndian.AppendUint64([]byte{3<<3 | 1}, math.Float64bits(v))
	case int64:
		encoded = binary.AppendVarint([]byte{6 << 3}, v)
	case bool:
		encoded = []byte{7 << 3, 0}
		if v {
			encoded[1] = 1
		}
	}
	i, found := l.index[string(encoded)]
	if !found {
		i = uint64(len(l.values))
		l.values = append(l.values, encoded)
		l.index[string(encoded)] = i
	}
	return i
}

// appendBytes appends a length-delimited protobuf field.
func appendBytes(dst []byte, field byte, content []byte) []byte {
	dst = binary.AppendUvarint(append(dst, field<<3|2), uint64(len(content)))
	return append(dst, content...)
}

// project returns a copy of the geometry in units of the tile, y downwards.
func (l *mvtLayer) project(g orb.Geometry) orb.Geometry {
	scale := float64(uint64(1) << l.tile.Z)
	return mapPoints(g, func(p orb.Point) orb.Point {
		latitude := min(max(p[1], -maxLatitude), maxLatitude) * math.Pi / 180
		x := (p[0] + 180) / 360 * scale
		y := (1 - math.Asinh(math.Tan(latitude))/math.Pi) / 2 * scale
		return orb.Point{(x - float64(l.tile.X)) * mvtExtent, (y - float64(l.tile.Y)) * mvtExtent}
	})
}

// maxLatitude is where the square of Web Mercator ends.
const maxLatitude = 85.0511287798066

func mapPoints(g orb.Geometry, f func(orb.Point) orb.Point) orb.Geometry {
	each := func(points []orb.Point) []orb.Point {
		mapped := make([]orb.Point, len(points))
		for i, p := range points {
			mapped[i] = f(p)
		}
		return mapped
	}
	polygon := func(p orb.Polygon) orb.Polygon {
		mapped := make(orb.Polygon, len(p))
		for i, ring := range p {
			mapped[i] = each(ring)
		}
		return mapped
	}
	switch g := g.(type) {
	case orb.Point:
		return f(g)
	case orb.MultiPoint:
		return orb.MultiPoint(each(g))
	case orb.LineString:
		return orb.LineString(each(g))
	case orb.MultiLineString:
		mapped := make(orb.MultiLineString, len(g))
		for i, line := range g {
			mapped[i] = each(line)
		}
		return mapped
	case orb.Polygon:
		return polygon(g)
	case orb.MultiPolygon:
		mapped := make(orb.MultiPolygon, len(g))
		for i, p := range g {
			mapped[i] = polygon(p)
		}
		return mapped
	}
	return nil
}

// quantise rounds to whole units and drops points that fall together.
func quantise(points []orb.Point) [][2]int64 {
	rounded := make([][2]int64, 0, len(points))
	for _, p := range points {
		rounded = append(rounded, [2]int64{int64(math.Round(p[0])), int64(math.Round(p[1]))})
	}
	return slices.Compact(rounded)
}
