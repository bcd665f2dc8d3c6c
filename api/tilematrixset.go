package api

import (
	"math"
	"strconv"

	"github.com/gin-gonic/gin"
)

// The tile matrix set of all tiles, as registered in OGC 17-083r4, annex D.1.
const (
	mercatorQuad  = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
	mercatorCRS   = "http://www.opengis.net/def/crs/EPSG/0/3857"
	mercatorScale = "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible"

	registeredZoom = 24
	tilePixels     = 256
	pixelMetres    = 0.00028 // the pixel that scale denominators are counted in
)

// listTileMatrixSets lists the tile matrix sets: there is one.
func (s *server) listTileMatrixSets(c *gin.Context) error {
	f, err := negotiate(c, []format{jsonFormat()})
	if err != nil {
		return err
	}
	if s.notModified(c) {
		return nil
	}
	sets := []object{{"id": "WebMercatorQuad", "uri": mercatorQuad, "crs": mercatorCRS, "links": []link{s.mercatorQuadLink(c, "self")}}}
	return s.answer(c, f, object{"links": s.representations(c, f, []format{jsonFormat()}), "tileMatrixSets": sets}, "", page{})
}

// showTileMatrixSet defines WebMercatorQuad here too, so that a client needs
// no other host to place the tiles.
func (s *server) showTileMatrixSet(c *gin.Context) error {
	f, err := negotiate(c, []format{jsonFormat()})
	if err != nil {
		return err
	}
	if s.notModified(c) {
		return nil
	}
	const half = math.Pi * 6378137 // metres from the centre of the map to its edge
	matrices := make([]object, registeredZoom+1)
	for z := range matrices {
		tiles := 1 << z
		cell := 2 * half / tilePixels / float64(tiles)
		matrices[z] = object{
			"id": strconv.Itoa(z), "cellSize": cell, "scaleDenominator": cell / pixelMetres, "pointOfOrigin": []float64{-half, half},
			"tileWidth": tilePixels, "tileHeight": tilePixels, "matrixWidth": tiles, "matrixHeight": tiles,
		}
	}
	return s.answer(c, f, object{
		"id": "WebMercatorQuad", "title": "Google Maps Compatible for the World", "uri": mercatorQuad, "crs": mercatorCRS,
		"orderedAxes": []string{"X", "Y"}, "wellKnownScaleSet": mercatorScale, "tileMatrices": matrices,
		"links": s.representations(c, f, []format{jsonFormat()}),
	}, "", page{})
}

func (s *server) mercatorQuadLink(c *gin.Context, rel string) link {
	return link{Href: s.base(c) + "/api/tileMatrixSets/WebMercatorQuad", Rel: rel, Type: "application/json", Title: "WebMercatorQuad"}
}

// tileLimits tells which tiles of the set there are: all, down to the deepest
// zoom level.
func tileLimits() []object {
	limits := make([]object, maxZoom+1)
	for z := range limits {
		last := 1<<z - 1
		limits[z] = object{"tileMatrix": strconv.Itoa(z), "minTileRow": 0, "maxTileRow": last, "minTileCol": 0, "maxTileCol": last}
	}
	return limits
}
