package api

import (
	"net/http"

	"strikewatch/data"
)

// allRoutes is everything that can be asked for below /api.
func (s *server) allRoutes() []route {
	get := http.MethodGet
	resource := resourceFormats()
	items := itemsFormats()
	schema := []format{schemaFormat(), htmlFormat()}
	feature := featureFormats()
	routes := []route{
		{method: get, path: "/", id: "showLanding", tag: "Start", summary: "What this is and where everything is", handle: s.showLanding, formats: resource, schema: "landing"},
		{method: get, path: "/conformance", id: "showConformance", tag: "Start", summary: "Standards that the API follows", handle: s.showConformance, formats: resource, schema: "conformance"},
		{method: get, path: "/openapi.json", id: "showOpenAPI", tag: "Start", summary: "This description", handle: s.showOpenAPI, formats: openAPIFormats()},
		{method: get, path: "/docs", id: "showDocs", tag: "Start", summary: "How to use the API, with examples", handle: s.showDocs, formats: []format{htmlFormat()}},

		{method: get, path: "/collections", id: "listCollections", tag: "Collections", summary: "The collections of features", handle: s.listCollections, formats: resource, schema: "collections"},
		{method: get, path: "/collections/{collection}", id: "showCollection", tag: "Collections", summary: "One collection", handle: s.showCollection, formats: resource, schema: "collection"},
		{method: get, path: "/collections/{collection}/queryables", id: "showQueryables", tag: "Collections", summary: "What the collection can be filtered by", handle: s.showQueryables, formats: schema, schema: "schema"},
		{method: get, path: "/collections/{collection}/schema", id: "showSchema", tag: "Collections", summary: "What its features look like", handle: s.showSchema, formats: schema, schema: "schema"},

		{method: get, path: "/collections/{collection}/items", id: "listItems", tag: "Features", summary: "Features, in pages or as a file", handle: s.listItems, formats: items, parameters: pageParameters(), filters: itemsParameters, schema: "features"},
		{method: get, path: "/collections/{collection}/metadata", id: "showMetadata", tag: "Features", summary: "What a file of its features says of itself: licence, query, fields", handle: s.showMetadata, formats: []format{jsonFormat()}, parameters: metadataParameters(), filters: itemsParameters, schema: "metadata"},
		{method: get, path: "/collections/{collection}/items/{fid}", id: "showItem", tag: "Features", summary: "One feature", handle: s.showItem, formats: feature, parameters: itemParameters(), schema: "feature"},
		{method: get, path: "/collections/{collection}/items/{fid}/history", id: "showHistory", tag: "Features", summary: "Its versions and what changed", handle: s.showHistory, formats: resource, collections: hasHistory, schema: "history"},

		{method: get, path: "/collections/{collection}/items/{fid}/proof", id: "showProof", tag: "Proof", summary: "Proof that the change log holds it", handle: s.showProof, formats: []format{jsonFormat()}, collections: hasHistory, schema: "proof"},
		{method: get, path: "/checkpoint", id: "showCheckpoint", tag: "Proof", summary: "The signed head of the change log", handle: s.showCheckpoint, formats: checkpointFormats(), schema: "checkpoint"},

		{method: get, path: "/collections/{collection}/tiles", id: "listTilesets", suffix: ".collection.vector.getTileSetsList", tag: "Tiles", summary: "Tilesets", handle: s.listTilesets, formats: []format{jsonFormat()}, collections: hasTiles, schema: "tilesets"},
		{method: get, path: "/collections/{collection}/tiles/WebMercatorQuad", id: "showTileset", suffix: ".collection.vector.getTileSet", tag: "Tiles", summary: "The tileset, also as TileJSON", handle: s.showTileset, formats: tilesetFormats(), filters: filterParameters, collections: hasTiles, schema: "tileset"},
		{method: get, path: "/collections/{collection}/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}", id: "showTile", suffix: ".collection.vector.getTile", tag: "Tiles", summary: "A vector tile", handle: s.showTile, formats: tileFormats(), parameters: tileParameters(), filters: filterParameters, collections: hasTiles},
		{method: get, path: "/tileMatrixSets", id: "listTileMatrixSets", tag: "Tiles", summary: "What the tiles are cut by", handle: s.listTileMatrixSets, formats: []format{jsonFormat()}, schema: "tileMatrixSets"},
		{method: get, path: "/tileMatrixSets/WebMercatorQuad", id: "showTileMatrixSet", tag: "Tiles", summary: "Where the tiles of every zoom level lie", handle: s.showTileMatrixSet, formats: []format{jsonFormat()}, schema: "tileMatrixSet"},

		{method: get, path: "/timeline", id: "showTimeline", tag: "Counts", summary: "Incidents over time", handle: s.showTimeline, formats: tallyFormats(), parameters: timelineParameters(), filters: filterParameters, schema: "timeline"},
		{method: get, path: "/summary", id: "showSummary", tag: "Counts", summary: "Incidents and casualties by any fields", handle: s.showSummary, formats: tallyFormats(), parameters: summaryParameters(), filters: filterParameters, schema: "summary"},

		{method: get, path: "/territory/changes", id: "showTerritoryChanges", tag: "Counts", summary: "Who gained and lost what between two days", handle: s.showTerritoryChanges, formats: tallyFormats(), parameters: territoryChangesParameters(), schema: "territoryChanges"},
		{method: get, path: "/territory/sizes", id: "showTerritorySizes", tag: "Counts", summary: "Who held how much over time", handle: s.showTerritorySizes, formats: tallyFormats(), parameters: territorySizesParameters(), schema: "territorySizes"},

		{method: get, path: "/changes", id: "listChanges", tag: "Changes", summary: "What appeared, changed and went away, the latest first", handle: s.listChanges, formats: changesFormats(), parameters: changesParameters(), schema: "changes"},
		{method: get, path: "/events", id: "streamEvents", tag: "Changes", summary: "Changes as they happen (server-sent events)", handle: s.streamEvents, formats: []format{eventFormat()}},
	}
	if s.options.BorderReport != nil {
		routes = append(routes, route{method: get, path: "/reports/border", id: "showBorderReport", tag: "Reports", summary: "Strikes near a border in a period, with the period before",
			handle: s.showBorderReport, formats: reportFormats(), parameters: reportParameters(), filters: reportFilters})
	}
	return routes
}

// hasTiles: what has no geometry can not be drawn.
func hasTiles(c data.Collection) bool { return c.Schema.Geometry != "" }
