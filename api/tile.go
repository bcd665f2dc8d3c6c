package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/paulmach/orb/maptile"

	"strikewatch/data"
	"strikewatch/data/codec"
	"strikewatch/data/columns"
)

const mvtMedia = "application/vnd.mapbox-vector-tile"

func tileFormats() []format {
	return []format{{name: "mvt", title: "Mapbox vector tile", media: mvtMedia, accepts: []string{"application/x-protobuf", "application/octet-stream"}}}
}

func tileParameters() []parameter { return []parameter{versionParameter()} }

// showTile answers with a vector tile of one layer, named as the collection,
// under the same filters as items.
func (s *server) showTile(c *gin.Context) error {
	collection := collectionIn(c)
	f, err := negotiate(c, tileFormats())
	if err != nil {
		return err
	}
	tile, err := parseTile(c)
	if err != nil {
		return err
	}
	query, err := s.parse(collection.ID, c.Request.URL.Query(), ownParameters...)
	if err != nil {
		return err
	}
	version := s.version()
	s.pin(c, &query)
	if s.notModified(c, f.name) {
		return nil
	}
	key := version + c.Request.URL.Path + "?" + c.Request.URL.Query().Encode()
	body, found := s.tiles.get(key)
	if !found {
		if body, err = s.drawTile(c.Request.Context(), collection, query, tile); err != nil {
			return err
		}
		s.tiles.put(key, body)
	}
	if len(body) == 0 {
		c.Status(http.StatusNoContent)
		c.Writer.WriteHeaderNow()
		return nil
	}
	c.Data(http.StatusOK, f.media, body)
	return nil
}

func parseTile(c *gin.Context) (codec.Tile, error) {
	z, err := parseIndex(c, "tileMatrix", maxZoom+1)
	if err != nil {
		return codec.Tile{}, err
	}
	row, err := parseIndex(c, "tileRow", 1<<z)
	if err != nil {
		return codec.Tile{}, err
	}
	col, err := parseIndex(c, "tileCol", 1<<z)
	return codec.Tile{Z: z, X: col, Y: row}, err
}

// parseIndex reads a part of the tile's address: a whole number below limit.
func parseIndex(c *gin.Context, name string, limit uint32) (uint32, error) {
	n, err := strconv.ParseUint(c.Param(name), 10, 32)
	if err != nil || uint32(n) >= limit {
		return 0, hinted{data.ErrNotFound, "there is no tile with " + name + " " + c.Param(name), name,
			"give a whole number from 0 to " + strconv.FormatUint(uint64(limit-1), 10)}
	}
	return uint32(n), nil
}

// denseTile is how many points a tile shows one by one; above, it shows counts
// on a grid of 64 cells a side, since points on points lie about how many
// there are. Both keep a tile below 500 kB.
const (
	denseTile = 2000
	gridCells = 64
)

// drawTile encodes what lies in a tile; nothing is an empty tile.
func (s *server) drawTile(ctx context.Context, collection data.Collection, query data.Query, tile codec.Tile) ([]byte, error) {
	layer := codec.NewTileLayer(collection.ID)
	var err error
	if collection.Schema.Geometry == "Point" {
		err = s.drawPoints(ctx, collection.Schema, query, tile, layer)
	} else {
		err = s.drawShapes(ctx, query, tile, layer)
	}
	if err != nil || layer.Len() == 0 {
		return nil, err
	}
	return layer.AppendTile(nil), nil
}

// drawPoints draws points with their properties, or cells with count, sums of
// casualties and the commonest kind.
func (s *server) drawPoints(ctx context.Context, schema *columns.Schema, query data.Query, tile codec.Tile, layer *codec.TileLayer) error {
	request := columns.TileRequest{Z: tile.Z, X: tile.X, Y: tile.Y, Extent: codec.TileExtent, Buffer: codec.TileBuffer,
		MaxPoints: denseTile, Fields: tileFields(schema, query.Band != nil), Grid: gridCells, MaxCells: gridCells * gridCells}
	if query.Collection == data.Incidents {
		request.Sums, request.Dominant = summed(), "kind"
	}
	found, err := s.store.Tile(ctx, query, request)
	if err != nil {
		return fmt.Errorf("tile of %s: %w", query.Collection, err)
	}
	if p := found.Points; p != nil {
		for i := range p.Seqs {
			var tags []codec.TileTag
			for _, field := range p.Fields {
				tags = appendTag(tags, field, i)
			}
			layer.AddPoint(uint64(p.Seqs[i]), p.X[i], p.Y[i], tags...)
		}
	}
	if cells := found.Cells; cells != nil {
		for i, count := range cells.Counts {
			tags := appendTag([]codec.TileTag{{Key: "count", Value: whole(int64(count))}}, cells.Dominant, i)
			for j, name := range request.Sums {
				if sum := cells.Sums[j][i]; sum.Unknown < count {
					tags = append(tags, codec.TileTag{Key: name, Value: whole(sum.Total)})
				}
			}
			layer.AddPoint(0, cells.X[i], cells.Y[i], tags...)
		}
	}
	return nil
}

func whole(n int64) columns.Value { return columns.Value{Kind: columns.IntValue, Int: n} }

func appendTag(tags []codec.TileTag, field columns.TileField, i int) []codec.TileTag {
	if field.Index == nil || field.Index[i] < 0 {
		return tags
	}
	return append(tags, codec.TileTag{Key: field.Name, Value: field.Values[field.Index[i]]})
}

// tileFields are those that a map draws and filters by; prose is read from
// the feature itself. Distances to borders are kept as numbers, not as text,
// and those to the nearest border say nothing of the one asked for.
func tileFields(schema *columns.Schema, band bool) []string {
	var names []string
	for _, f := range schema.Fields {
		if !f.Long && f.Name != "border_distances" && !(band && strings.HasPrefix(f.Name, "border")) {
			names = append(names, f.Name)
		}
	}
	return names
}

// drawShapes draws the lines and areas that reach into a tile.
func (s *server) drawShapes(ctx context.Context, query data.Query, tile codec.Tile, layer *codec.TileLayer) error {
	bound := maptile.New(tile.X, tile.Y, maptile.Zoom(tile.Z)).Bound(float64(codec.TileBuffer) / codec.TileExtent)
	box := columns.BBox{West: max(bound.Min[0], -180), South: bound.Min[1], East: min(bound.Max[0], 180), North: bound.Max[1]}
	query.Filter = both(query.Filter, box)
	schema := query.Schema()
	var record columns.Record
	return s.store.Stream(ctx, query, func(feature []byte) error {
		if err := schema.Decode(feature, &record); err != nil {
			return fmt.Errorf("tile of %s: %w", query.Collection, err)
		}
		var tags []codec.TileTag
		for i, f := range schema.Fields {
			if !f.Long {
				tags = append(tags, codec.TileTag{Key: f.Name, Value: record.Values[i]})
			}
		}
		layer.Add(tile, 0, record.Geometry, tags...)
		return nil
	})
}

func both(a, b columns.Expr) columns.Expr {
	if a == nil {
		return b
	}
	return columns.And{a, b}
}
