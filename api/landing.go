package api

import (
	"github.com/gin-gonic/gin"
)

// showLanding is the root of the API: what it is and where everything is.
func (s *server) showLanding(c *gin.Context) error {
	offers := resourceFormats()
	f, err := negotiate(c, offers)
	if err != nil {
		return err
	}
	if s.notModified(c, f.name) {
		return nil
	}
	deployment := s.store.Deployment()
	api := s.base(c) + "/api"
	links := append(s.representations(c, f, offers),
		link{Href: api + "/openapi.json", Rel: "service-desc", Type: openAPIMedia, Title: "Description of the API (OpenAPI 3.1)"},
		link{Href: api + "/openapi.json?f=json30", Rel: "service-desc", Type: openAPI30Media, Title: "Description of the API (OpenAPI 3.0)"},
		link{Href: api + "/docs", Rel: "service-doc", Type: "text/html", Title: "How to use the API, with examples"},
		link{Href: api + "/conformance", Rel: "conformance", Type: "application/json", Title: "Standards that the API follows"},
		link{Href: api + "/conformance", Rel: "http://www.opengis.net/def/rel/ogc/1.0/conformance", Type: "application/json", Title: "Standards that the API follows"},
		link{Href: api + "/collections", Rel: "data", Type: "application/json", Title: "Collections of features"},
		link{Href: api + "/collections", Rel: "http://www.opengis.net/def/rel/ogc/1.0/data", Type: "application/json", Title: "Collections of features"},
		link{Href: api + "/tileMatrixSets", Rel: "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes", Type: "application/json", Title: "What the vector tiles are cut by"},
		link{Href: api + "/timeline", Rel: "related", Type: "application/json", Title: "Incidents over time"},
		link{Href: api + "/summary", Rel: "related", Type: "application/json", Title: "Counts and casualties by any field"},
		link{Href: api + "/territory/changes{?from,to}", Rel: "related", Type: "application/json", Title: "Who gained and lost what between two days", Templated: true},
		link{Href: api + "/territory/sizes", Rel: "related", Type: "application/json", Title: "Who held how much over time"},
		link{Href: api + "/changes", Rel: "related", Type: "application/json", Title: "What changed, newest first"},
		link{Href: api + "/changes?f=atom", Rel: "related", Type: atomMedia, Title: "What changed, as a feed"},
		link{Href: api + "/checkpoint", Rel: "related", Type: "application/json", Title: "The signed head of the change log"},
		link{Href: s.base(c) + "/", Rel: "related", Type: "text/html", Title: "The map"},
	)
	seq, at := s.store.DataVersion()
	document := object{
		"title": deployment.Title, "description": deployment.Description, "links": links,
		"attribution": deployment.Attribution, "time_zone": deployment.TimeZone, "version": s.options.Version,
		"data_version": seq, "updated": rfc3339(at),
	}
	if basemap := s.options.Basemap.describe(s.base(c)); basemap != nil {
		document["basemap"] = basemap
	}
	if s.options.Contact != "" {
		document["contact"] = s.options.Contact
	}
	return s.answer(c, f, document, "landing", page{Title: deployment.Title, Links: links, Body: struct {
		Description, TimeZone, Version string
		Links                          []link
	}{deployment.Description, deployment.TimeZone, s.options.Version, links}})
}

func (s *server) showConformance(c *gin.Context) error {
	offers := resourceFormats()
	f, err := negotiate(c, offers)
	if err != nil {
		return err
	}
	if s.notModified(c, f.name) {
		return nil
	}
	classes := conformance()
	return s.answer(c, f, object{"conformsTo": classes, "links": s.representations(c, f, offers)}, "conformance",
		page{Title: "Conformance", Links: s.representations(c, f, offers), Body: classes})
}

// conformance lists the classes that tests hold the server to.
func conformance() []string {
	const ogc = "http://www.opengis.net/spec/"
	return []string{
		ogc + "ogcapi-common-1/1.0/conf/core",
		ogc + "ogcapi-common-2/1.0/conf/collections",
		ogc + "ogcapi-features-1/1.0/conf/core",
		ogc + "ogcapi-features-1/1.0/conf/geojson",
		ogc + "ogcapi-features-1/1.0/conf/html",
		ogc + "ogcapi-features-1/1.0/conf/oas30",
		ogc + "ogcapi-features-2/1.0/conf/crs",
		ogc + "ogcapi-features-3/1.0/conf/queryables",
		ogc + "ogcapi-features-3/1.0/conf/queryables-query-parameters",
		ogc + "ogcapi-features-3/1.0/conf/filter",
		ogc + "ogcapi-features-3/1.0/conf/features-filter",
		ogc + "ogcapi-features-5/1.0/conf/schemas",
		ogc + "ogcapi-features-5/1.0/conf/core-roles-features",
		ogc + "cql2/1.0/conf/cql2-text",
		ogc + "cql2/1.0/conf/cql2-json",
		ogc + "cql2/1.0/conf/basic-cql2",
		ogc + "cql2/1.0/conf/advanced-comparison-operators",
		ogc + "cql2/1.0/conf/case-insensitive-comparison",
		ogc + "cql2/1.0/conf/basic-spatial-functions",
		ogc + "cql2/1.0/conf/basic-spatial-functions-plus",
		ogc + "cql2/1.0/conf/spatial-functions",
		ogc + "cql2/1.0/conf/temporal-functions",
		ogc + "cql2/1.0/conf/property-property",
		ogc + "ogcapi-tiles-1/1.0/conf/core",
		ogc + "ogcapi-tiles-1/1.0/conf/tileset",
		ogc + "ogcapi-tiles-1/1.0/conf/tilesets-list",
		ogc + "ogcapi-tiles-1/1.0/conf/oas30",
		ogc + "ogcapi-tiles-1/1.0/conf/mvt",
		ogc + "ogcapi-tiles-1/1.0/conf/geodata-tilesets",
	}
}
