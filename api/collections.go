package api

import (
	"math"

	"github.com/gin-gonic/gin"
	"github.com/paulmach/orb"

	"strikewatch/data"
)

func (s *server) listCollections(c *gin.Context) error {
	offers := resourceFormats()
	f, err := negotiate(c, offers)
	if err != nil {
		return err
	}
	if s.notModified(c, f.name) {
		return nil
	}
	type row struct {
		data.Collection
		Href string
	}
	described, rows := []object{}, []row{}
	all, err := s.store.Collections(c.Request.Context())
	if err != nil {
		return err
	}
	deployment := s.store.Deployment()
	for _, collection := range all {
		described = append(described, s.describeCollection(c, collection, deployment))
		rows = append(rows, row{collection, s.base(c) + "/api/collections/" + collection.ID})
	}
	links := s.representations(c, f, offers)
	return s.answer(c, f, object{"links": links, "collections": described, "numberMatched": len(rows), "numberReturned": len(rows)},
		"collections", page{Title: "Collections", Links: links, Body: rows})
}

func (s *server) showCollection(c *gin.Context) error {
	collection := collectionIn(c)
	offers := resourceFormats()
	f, err := negotiate(c, offers)
	if err != nil {
		return err
	}
	if s.notModified(c, f.name) {
		return nil
	}
	deployment := s.store.Deployment()
	document := s.describeCollection(c, collection, deployment)
	document["links"] = append(s.representations(c, f, offers), s.collectionLinks(c, collection, deployment)...)
	var downloads []link
	for _, offer := range itemsFormats() {
		if offer.extension != "" {
			downloads = append(downloads, link{Href: s.itemsURL(c, collection.ID) + "?f=" + offer.name + "&v=" + s.version(), Type: offer.media, Title: offer.title})
		}
	}
	return s.answer(c, f, document, "collection", page{Title: collection.Title, Links: s.representations(c, f, offers), Body: struct {
		data.Collection
		Href      string
		Downloads []link
	}{collection, s.base(c) + "/api/collections/" + collection.ID, downloads}})
}

func (s *server) itemsURL(c *gin.Context, collection string) string {
	return s.base(c) + "/api/collections/" + collection + "/items"
}

func (s *server) describeCollection(c *gin.Context, collection data.Collection, deployment data.Deployment) object {
	document := object{
		"id": collection.ID, "title": collection.Title, "description": collection.Description,
		"itemType": "feature", "crs": crsURIs(), "storageCrs": crs84, "itemCount": collection.Count,
		"links": append([]link{{Href: s.base(c) + "/api/collections/" + collection.ID, Rel: "self", Type: "application/json", Title: collection.Title}},
			s.collectionLinks(c, collection, deployment)...),
	}
	extent := object{}
	if b := collection.Bound; collection.Located {
		extent["spatial"] = object{"bbox": [][]float64{outward(b)}, "crs": crs84}
	}
	if collection.Schema.Start != "" {
		extent["temporal"] = object{"interval": [][]any{{dayInstant(collection.FirstDay, "T00:00:00Z"), dayInstant(collection.LastDay, "T23:59:59Z")}},
			"trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"}
	}
	if len(extent) > 0 {
		document["extent"] = extent
	}
	return document
}

// outward is a box of whole 1/10,000 degrees around one, at least 1/100,000
// beyond it: so it still holds every place when a client keeps its corners in
// single precision, which is off by up to 1/130,000.
func outward(b orb.Bound) []float64 {
	const steps, room = 1e4, 0.1
	floor := func(x, least float64) float64 { return max(math.Floor(x*steps-room)/steps, least) }
	ceil := func(x, most float64) float64 { return min(math.Ceil(x*steps+room)/steps, most) }
	return []float64{floor(b.Min[0], -180), floor(b.Min[1], -90), ceil(b.Max[0], 180), ceil(b.Max[1], 90)}
}

// dayInstant writes an end of the extent, which the standard wants as a date
// and time; null where it is open.
func dayInstant(day, clock string) any {
	if day == "" {
		return nil
	}
	return day + clock
}

func (s *server) collectionLinks(c *gin.Context, collection data.Collection, deployment data.Deployment) []link {
	root := s.base(c) + "/api/collections/" + collection.ID
	links := []link{
		{Href: root + "/items", Rel: "items", Type: "application/geo+json", Title: collection.Title + " as GeoJSON"},
		{Href: root + "/items?f=html", Rel: "items", Type: "text/html", Title: collection.Title + " as HTML"},
	}
	for _, offer := range itemsFormats() {
		if offer.extension != "" {
			links = append(links, link{Href: root + "/items?f=" + offer.name + "&v=" + s.version(), Rel: "enclosure", Type: bareMedia(offer.media), Title: "All " + collection.Title + " as " + offer.title})
		}
	}
	links = append(links,
		link{Href: root + "/schema", Rel: "describedby", Type: "application/schema+json", Title: "Schema"},
		link{Href: root + "/schema", Rel: "http://www.opengis.net/def/rel/ogc/1.0/schema", Type: "application/schema+json", Title: "Schema"},
		link{Href: root + "/queryables", Rel: "http://www.opengis.net/def/rel/ogc/1.0/queryables", Type: "application/schema+json", Title: "What to filter by"},
	)
	if hasTiles(collection) {
		links = append(links, link{Href: root + "/tiles", Rel: "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", Type: "application/json", Title: "Vector tiles"})
	}
	if s.options.BorderReport != nil && collection.ID == data.Incidents {
		links = append(links, link{Href: s.base(c) + "/api/reports/border?f=html{&border,within_km,datetime}", Rel: "related", Type: "text/html", Title: "Border report", Templated: true})
	}
	return append(links, licenceLinks(deployment)...)
}

// licenceLinks names each licence once.
func licenceLinks(deployment data.Deployment) []link {
	var links []link
	seen := map[string]bool{}
	for _, a := range deployment.Attribution {
		if a.LicenceURL != "" && !seen[a.LicenceURL] {
			seen[a.LicenceURL] = true
			links = append(links, link{Href: a.LicenceURL, Rel: "license", Type: "text/html", Title: a.Licence})
		}
	}
	return links
}
