package api

import (
	"context"
	"fmt"
	"strings"

	"github.com/paulmach/orb/maptile"

	"strikewatch/data"
	"strikewatch/data/codec"
	"strikewatch/data/columns"
)

// denseTile is how many points a tile shows one by one; above, and where so
// many would be more than largestTile bytes, it shows counts on a grid of 64
// cells a side, since points on points lie about how many there are.
const (
	denseTile   = 2000
	gridCells   = 64
	largestTile = 500_000
)

// drawTile encodes what lies in a tile; nothing is an empty tile.
func (s *server) drawTile(ctx context.Context, collection data.Collection, query data.Query, tile codec.Tile) ([]byte, error) {
	if collection.Schema.Geometry != "Point" {
		return s.drawShapes(ctx, query, tile)
	}
	body, err := s.drawPoints(ctx, collection.Schema, query, tile, denseTile)
	if err == nil && len(body) > largestTile {
		body, err = s.drawPoints(ctx, collection.Schema, query, tile, 0)
	}
	return body, err
}

// drawPoints draws points with their properties or, where there are more than
// dense, cells with count, sums of casualties and the commonest kind.
func (s *server) drawPoints(ctx context.Context, schema *columns.Schema, query data.Query, tile codec.Tile, dense int) ([]byte, error) {
	request := columns.TileRequest{Z: tile.Z, X: tile.X, Y: tile.Y, Extent: codec.TileExtent, Buffer: codec.TileBuffer,
		MaxPoints: dense, Fields: tileFields(schema, query.Band != nil), Grid: gridCells, MaxCells: gridCells * gridCells}
	if query.Collection == data.Incidents {
		request.Sums, request.Dominant = summed(), "kind"
	}
	found, err := s.store.Tile(ctx, query, request)
	if err != nil {
		return nil, fmt.Errorf("tile of %s: %w", query.Collection, err)
	}
	layer := codec.NewTileLayer(query.Collection)
	if found.Points != nil {
		addPoints(layer, found.Points)
	}
	if found.Cells != nil {
		addCells(layer, found.Cells, request.Sums)
	}
	return layer.AppendTile(nil), nil
}

func addPoints(layer *codec.TileLayer, points *columns.TilePoints) {
	fields := make([]tagger, len(points.Fields))
	for i, field := range points.Fields {
		fields[i] = newTagger(layer, field)
	}
	var tags []codec.TileTag
	for i, seq := range points.Seqs {
		tags = tags[:0]
		for j := range fields {
			tags = fields[j].append(tags, i)
		}
		layer.AddPoint(uint64(seq), points.X[i], points.Y[i], tags...)
	}
}

func addCells(layer *codec.TileLayer, cells *columns.TileCells, sums []string) {
	count, dominant := layer.Key("count"), newTagger(layer, cells.Dominant)
	var keys []uint32
	for _, name := range sums {
		keys = append(keys, layer.Key(name))
	}
	var tags []codec.TileTag
	for i, n := range cells.Counts {
		tags = append(tags[:0], codec.TileTag{Key: count, Value: layer.Whole(int64(n))})
		tags = dominant.append(tags, i)
		for j, key := range keys {
			if sum := cells.Sums[j][i]; sum.Unknown < n {
				tags = append(tags, codec.TileTag{Key: key, Value: layer.Whole(sum.Total)})
			}
		}
		layer.AddPoint(0, cells.X[i], cells.Y[i], tags...)
	}
}

// tagger gives the tags of one property; the layer is asked once for each of
// its values.
type tagger struct {
	layer   *codec.TileLayer
	field   columns.TileField
	key     uint32
	numbers []uint32 // of values, one more than the layer's; 0 before it is asked
}

func newTagger(layer *codec.TileLayer, field columns.TileField) tagger {
	t := tagger{layer: layer, field: field, numbers: make([]uint32, len(field.Values))}
	if field.Index != nil {
		t.key = layer.Key(field.Name)
	}
	return t
}

// append appends the tag of a point, unless its value is null.
func (t *tagger) append(tags []codec.TileTag, point int) []codec.TileTag {
	if t.field.Index == nil || t.field.Index[point] < 0 {
		return tags
	}
	value := t.field.Index[point]
	if t.numbers[value] == 0 {
		t.numbers[value] = t.layer.Value(t.field.Values[value]) + 1
	}
	return append(tags, codec.TileTag{Key: t.key, Value: t.numbers[value] - 1})
}

// tileFields are those that a map draws and filters by; prose is read from
// the feature itself. Distances to borders are kept as numbers, not as text,
// and those to the nearest border say nothing of the one asked for.
func tileFields(schema *columns.Schema, band bool) []string {
	var names []string
	for _, name := range schema.Sortable() {
		if !(band && strings.HasPrefix(name, "border")) {
			names = append(names, name)
		}
	}
	return names
}

// drawShapes draws the lines and areas that reach into a tile.
func (s *server) drawShapes(ctx context.Context, query data.Query, tile codec.Tile) ([]byte, error) {
	layer := codec.NewTileLayer(query.Collection)
	bound := maptile.New(tile.X, tile.Y, maptile.Zoom(tile.Z)).Bound(float64(codec.TileBuffer) / codec.TileExtent)
	box := columns.BBox{West: max(bound.Min[0], -180), South: bound.Min[1], East: min(bound.Max[0], 180), North: bound.Max[1]}
	query.Filter = both(query.Filter, box)
	schema := query.Schema()
	var record columns.Record
	var tags []codec.TileTag
	err := s.store.Stream(ctx, query, func(feature []byte) error {
		if err := schema.Decode(feature, &record); err != nil {
			return fmt.Errorf("tile of %s: %w", query.Collection, err)
		}
		tags = tags[:0]
		for i, f := range schema.Fields {
			if v := record.Values[i]; !f.Long && v.Kind != columns.Null {
				tags = append(tags, codec.TileTag{Key: layer.Key(f.Name), Value: layer.Value(v)})
			}
		}
		layer.Add(tile, 0, record.Geometry, tags...)
		return nil
	})
	return layer.AppendTile(nil), err
}

func both(a, b columns.Expr) columns.Expr {
	if a == nil {
		return b
	}
	return columns.And{a, b}
}
