package api

import (
	"slices"

	"strikewatch/data"
)

// answerLink leads from the answer of one route to a question to another, as
// the links of OpenAPI do: what its parameters name, in OpenAPI's runtime
// expressions, is in the question or in its JSON answer. What is not there is
// not passed on.
type answerLink struct {
	from, to   string // ids of routes
	of         string // only from this collection
	collection string // to this collection; empty: the same one, or each
	told       string
	parameters object
}

// answerLinks are all there are. Together they lead from the landing page to
// every route that needs an id.
func answerLinks() []answerLink {
	fid := object{"fid": "$request.path.fid"}
	links := []answerLink{
		{from: "showCollection", to: "showMetadata", told: "What a file of all its features says of itself"},
		{from: "listItems", to: "showItem", told: "The first feature", parameters: object{"fid": "$response.body#/features/0/id", "known_at": "$request.query.known_at"}},
		{from: "showItem", to: "showHistory", told: "Its versions", parameters: fid},
		{from: "showItem", to: "showProof", told: "Proof that the change log holds it", parameters: fid},
		{from: "showHistory", to: "showItem", told: "The record since its latest version", parameters: object{"fid": "$response.body#/id", "known_at": "$response.body#/versions/0/recorded_at"}},
		{from: "showItem", of: "actors", to: "listItems", collection: data.Incidents, told: "Its attacks", parameters: object{"attacker": "$request.path.fid"}},
		{from: "showItem", of: "borders", to: "listItems", collection: data.Incidents, told: "The incidents nearer to it than to another border", parameters: object{"border": "$request.path.fid"}},
		{from: "showTileset", to: "showTile", told: "The tile of the whole world", parameters: object{"tileMatrix": "$response.body#/tileMatrixSetLimits/0/tileMatrix",
			"tileRow": "$response.body#/tileMatrixSetLimits/0/minTileRow", "tileCol": "$response.body#/tileMatrixSetLimits/0/minTileCol"}},
		{from: "showTerritoryChanges", to: "listItems", collection: data.Territory, told: "Who holds what on the later day", parameters: object{"datetime": "$request.query.to", "known_at": "$request.query.known_at"}},
		{from: "showBorderReport", to: "showItem", collection: data.Incidents, told: "The first strike of the report", parameters: object{"fid": "$response.body#/incidents/0/id", "known_at": "$request.query.known_at"}},
	}
	for from, targets := range map[string][]string{
		"showLanding":        {"listCollections", "showConformance", "showOpenAPI", "showDocs", "listTileMatrixSets", "showTimeline", "showSummary", "showTerritorySizes", "listChanges", "showCheckpoint"},
		"listCollections":    {"showCollection"},
		"showCollection":     {"listItems", "showQueryables", "showSchema", "listTilesets"},
		"listTilesets":       {"showTileset", "showTileMatrixSet"},
		"listTileMatrixSets": {"showTileMatrixSet"},
	} {
		for _, to := range targets {
			links = append(links, answerLink{from: from, to: to, told: "Where a link of the answer leads"})
		}
	}
	return links
}

// describeLinks writes the links from the route's answers about a collection.
func (s *server) describeLinks(r route, c *data.Collection, collections []data.Collection) object {
	described := object{}
	for _, l := range answerLinks() {
		i := slices.IndexFunc(s.routes, func(to route) bool { return to.id == l.to })
		if l.from != r.id || i < 0 || l.of != "" && l.of != c.ID {
			continue
		}
		to := s.routes[i]
		for _, target := range l.targets(to, c, collections) {
			id := to.operationID(&target)
			described[id] = object{"operationId": id, "description": l.told}
			if l.parameters != nil {
				described[id] = object{"operationId": id, "description": l.told, "parameters": l.parameters}
			}
		}
	}
	return described
}

// targets lists the collections that a link leads to; the first of all stands
// for none where the route speaks of none.
func (l answerLink) targets(to route, from *data.Collection, all []data.Collection) []data.Collection {
	if !to.ofCollection() {
		return all[:1]
	}
	return slices.DeleteFunc(slices.Clone(all), func(c data.Collection) bool {
		return !to.exists(c) || l.collection != "" && c.ID != l.collection || l.collection == "" && from != nil && c.ID != from.ID
	})
}
