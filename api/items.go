package api

import (
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
)

// ownParameters are those of items that the store does not know.
var ownParameters = []string{"f", "form", "properties", "filter-crs", "v", "crs", "bbox-crs", "hxl"}

// listItems answers with a page of features, or with all of them as a file.
func (s *server) listItems(c *gin.Context) error {
	collection := collectionIn(c)
	offers := itemsFormats()
	f, err := negotiate(c, offers)
	if err != nil {
		return err
	}
	form, err := parseForm(c)
	if err != nil {
		return err
	}
	system, err := parseCRS("crs", c.Request.URL.Query())
	if err != nil {
		return err
	}
	if system.uri != crs84 && f.name != "json" {
		return &data.InvalidError{Field: "crs", Problem: "is not CRS84", Hint: "files are in CRS84; leave crs out, or ask for f=json"}
	}
	params := c.Request.URL.Query()
	if form {
		params = withoutEmpty(params)
	}
	query, keep, err := s.parseItems(collection, params)
	if err != nil {
		return err
	}
	if form {
		params.Del("form")
		c.Redirect(http.StatusSeeOther, strings.TrimSuffix(s.itemsURL(c, collection.ID)+"?"+params.Encode(), "?"))
		return nil
	}
	hxl, err := parseHXL(c)
	if err != nil {
		return err
	}
	pinned := s.pin(c, &query)
	if s.notModified(c, f.name) {
		return nil
	}
	switch {
	case f.name == "html":
		return s.showItems(c, collection, query, f, offers)
	case f.name == "atom":
		return s.feedItems(c, collection, query)
	case f.extension != "":
		return s.exportItems(c, collection, query, f, keep, pinned, hxl)
	}
	return s.writeItems(c, query, f, offers, keep, system)
}

// parseItems reads what chooses features and their properties.
func (s *server) parseItems(collection data.Collection, params url.Values) (data.Query, projection, error) {
	query, err := s.parse(collection.ID, params, ownParameters...)
	if err != nil {
		return query, nil, err
	}
	keep, err := parseProperties(query.Schema(), params.Get("properties"))
	return query, keep, err
}

// parse reads the store's parameters. Nobody learns now what is to become
// public later: a time to come is now.
func (s *server) parse(collection string, params url.Values, skip ...string) (data.Query, error) {
	system, err := parseCRS("bbox-crs", params)
	if err != nil {
		return data.Query{}, err
	}
	filterSystem, err := parseCRS("filter-crs", params)
	if err != nil {
		return data.Query{}, err
	}
	box, err := system.box(params.Get("bbox"))
	if err != nil {
		return data.Query{}, err
	}
	params = maps.Clone(params)
	for name, value := range map[string]string{"bbox": box, "datetime": plainPeriod(params.Get("datetime"))} {
		if params.Has(name) {
			params.Set(name, value)
		}
	}
	query, err := s.store.ParseIn(filterSystem.lonLat(), collection, params, skip...)
	if query.KnownAt.After(s.now()) {
		query.KnownAt = time.Time{}
	}
	return query, err
}

// parseForm tells whether the page's form asks, whose empty fields say
// nothing.
func parseForm(c *gin.Context) (bool, error) {
	form, given := c.GetQuery("form")
	if given && form != "1" {
		return false, &data.InvalidError{Field: "form", Problem: "is " + quoted(form), Hint: "leave it out; only the page's form sends it"}
	}
	return given, nil
}

func withoutEmpty(params url.Values) url.Values {
	kept := url.Values{}
	for name, values := range params {
		if len(values) != 1 || values[0] != "" {
			kept[name] = values
		}
	}
	return kept
}

// limitGiven returns the limit that the client asked for, or 0.
func limitGiven(query url.Values) int {
	n, err := strconv.Atoi(query.Get("limit"))
	if err != nil {
		return 0
	}
	return n
}
