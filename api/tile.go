package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/simplify"

	"strikewatch/data"
	"strikewatch/data/columns"
)

const mvtMedia = "application/vnd.mapbox-vector-tile"

func tileFormats() []format {
	return []format{{name: "mvt", title: "Mapbox vector tile", media: mvtMedia, accepts: []string{"application/x-protobuf", "application/octet-stream"}}}
}

func tileParameters() []parameter {
	return []parameter{{name: "v", description: "Version of the data, as TileJSON gives it: such an answer never changes and may be kept for ever.", schema: object{"type": "string"}}}
}

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
	seq, _ := s.store.DataVersion()
	if c.Query("v") == base36(seq) {
		c.Header("Cache-Control", "public, max-age=31536000, immutable")
	}
	if s.notModified(c, f.name) {
		return nil
	}
	key := base36(seq) + c.Request.URL.Path + "?" + c.Request.URL.Query().Encode()
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

func parseTile(c *gin.Context) (maptile.Tile, error) {
	z, err := parseIndex(c, "z", maxZoom+1)
	if err != nil {
		return maptile.Tile{}, err
	}
	row, err := parseIndex(c, "row", 1<<z)
	if err != nil {
		return maptile.Tile{}, err
	}
	col, err := parseIndex(c, "col", 1<<z)
	return maptile.New(col, row, maptile.Zoom(z)), err
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

// drawTile encodes what lies in a tile; nil when nothing does.
func (s *server) drawTile(ctx context.Context, collection data.Collection, query data.Query, tile maptile.Tile) ([]byte, error) {
	bound := tile.Bound(float64(mvtBuffer) / mvtExtent)
	box := columns.BBox{West: max(bound.Min[0], -180), South: bound.Min[1], East: min(bound.Max[0], 180), North: bound.Max[1]}
	query.Filter = both(query.Filter, box)
	if collection.ID == data.Incidents {
		count, err := s.store.Count(ctx, query)
		if err != nil {
			return nil, err
		}
		if count > denseTile {
			return s.drawGrid(ctx, query, tile)
		}
	}
	return s.drawFeatures(ctx, query, tile)
}

func both(a, b columns.Expr) columns.Expr {
	if a == nil {
		return b
	}
	return columns.And{a, b}
}

func (s *server) drawFeatures(ctx context.Context, query data.Query, tile maptile.Tile) ([]byte, error) {
	schema, layer := query.Schema(), newLayer(query.Collection, tile)
	// Half a unit of the tile can not be seen.
	simplifier := simplify.DouglasPeucker(360.0 / float64(uint64(1)<<tile.Z) / mvtExtent / 2)
	var record columns.Record
	err := s.store.Stream(ctx, query, func(feature []byte) error {
		if err := schema.Decode(feature, &record); err != nil {
			return fmt.Errorf("tile of %s: %w", query.Collection, err)
		}
		geometry := record.Geometry
		if _, point := geometry.(orb.Point); !point && geometry != nil {
			geometry = simplifier.Simplify(geometry)
		}
		if geometry != nil {
			layer.add(geometry, tileProperties(schema, &record))
		}
		return nil
	})
	return layer.encode(), err
}

// tileProperties are those that a map draws and filters by; prose is read
// from the feature itself.
func tileProperties(schema *columns.Schema, record *columns.Record) []mvtProperty {
	var properties []mvtProperty
	for i, field := range schema.Fields {
		v := record.Values[i]
		switch {
		case field.Long || v.Kind == columns.Null:
		case v.Kind == columns.IntValue:
			properties = append(properties, mvtProperty{field.Name, v.Int})
		case v.Kind == columns.RealValue:
			properties = append(properties, mvtProperty{field.Name, v.Real})
		case v.Kind == columns.BoolValue:
			properties = append(properties, mvtProperty{field.Name, v.Int != 0})
		default:
			properties = append(properties, mvtProperty{field.Name, valueText(v)})
		}
	}
	return properties
}
