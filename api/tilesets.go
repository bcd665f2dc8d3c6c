package api

import (
	"net/url"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
	"strikewatch/data/columns"
)

func tilesetFormats() []format {
	return []format{{name: "json", title: "tileset metadata", media: "application/json"},
		{name: "tilejson", title: "TileJSON 3.0", media: "application/vnd.mapbox.tile+json"}}
}

// listTilesets lists the tilesets of a collection: there is one. It tells
// enough to choose and where the rest is.
func (s *server) listTilesets(c *gin.Context) error {
	f, err := negotiate(c, []format{jsonFormat()})
	if err != nil {
		return err
	}
	if s.notModified(c) {
		return nil
	}
	collection := collectionIn(c)
	return s.answer(c, f, object{"links": s.representations(c, f, []format{jsonFormat()}), "tilesets": []object{s.outlineTileset(c, collection)}}, "", page{})
}

// showTileset describes the tileset, as the OGC and as TileJSON do. Filters
// given here are handed on to the tiles.
func (s *server) showTileset(c *gin.Context) error {
	f, err := negotiate(c, tilesetFormats())
	if err != nil {
		return err
	}
	collection := collectionIn(c)
	if _, err := s.parse(collection.ID, c.Request.URL.Query(), ownParameters...); err != nil {
		return err
	}
	if s.notModified(c, f.name) {
		return nil
	}
	if f.name == "tilejson" {
		return s.answer(c, f, s.describeTileJSON(c, collection), "", page{})
	}
	return s.answer(c, f, s.describeTileset(c, collection), "", page{})
}

// tilesURL is the template of a tile's address, in the version of now.
func (s *server) tilesURL(c *gin.Context, collection data.Collection, z, row, col string) string {
	query := url.Values{}
	for name, values := range c.Request.URL.Query() {
		if name != "f" {
			query[name] = values
		}
	}
	query.Set("v", s.version())
	return s.base(c) + "/api/collections/" + collection.ID + "/tiles/WebMercatorQuad/" + z + "/" + row + "/" + col + "?" + readable.Replace(query.Encode())
}

func (s *server) outlineTileset(c *gin.Context, collection data.Collection) object {
	return object{"title": collection.Title, "dataType": "vector", "crs": mercatorCRS, "tileMatrixSetURI": mercatorQuad, "links": s.tilesetLinks(c, collection)}
}

func (s *server) tilesetLinks(c *gin.Context, collection data.Collection) []link {
	set := s.base(c) + "/api/collections/" + collection.ID + "/tiles/WebMercatorQuad"
	return []link{
		{Href: set, Rel: "self", Type: "application/json", Title: "This tileset"},
		{Href: set + "?f=tilejson", Rel: "describedby", Type: tilesetFormats()[1].media, Title: "TileJSON"},
		s.mercatorQuadLink(c, "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"),
	}
}

func (s *server) describeTileset(c *gin.Context, collection data.Collection) object {
	document := s.outlineTileset(c, collection)
	document["links"] = append(s.tilesetLinks(c, collection),
		link{Href: s.tilesURL(c, collection, "{tileMatrix}", "{tileRow}", "{tileCol}"), Rel: "item", Type: mvtMedia, Title: "The tiles", Templated: true})
	document["tileMatrixSetLimits"] = tileLimits()
	document["layers"] = []object{{"id": collection.ID, "dataType": "vector", "geometryDimension": geometryDimension(collection.Schema)}}
	return document
}

func geometryDimension(schema *columns.Schema) int {
	switch schema.Geometry {
	case "Point":
		return 0
	case "MultiLineString":
		return 1
	}
	return 2
}

func (s *server) describeTileJSON(c *gin.Context, collection data.Collection) object {
	fields := object{}
	for _, f := range collection.Schema.Fields {
		if !f.Long {
			fields[f.Name] = f.Title
		}
	}
	document := object{
		"tilejson": "3.0.0", "name": collection.Title, "description": collection.Description, "scheme": "xyz", "minzoom": 0, "maxzoom": maxZoom,
		"tiles": []string{s.tilesURL(c, collection, "{z}", "{y}", "{x}")}, "vector_layers": []object{{"id": collection.ID, "fields": fields, "description": collection.Description}},
	}
	if b := collection.Bound; collection.Located {
		document["bounds"] = []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
	}
	for _, a := range s.store.Deployment().Attribution {
		document["attribution"] = joinText(document["attribution"], a.Attribution)
	}
	return document
}

func joinText(before any, text string) string {
	if b, ok := before.(string); ok && b != "" {
		return b + "; " + text
	}
	return text
}
