package api

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
	"strikewatch/data/codec"
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
