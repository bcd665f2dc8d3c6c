package api

import (
	"bufio"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
	"strikewatch/data/columns"
)

// ownParameters are those of items that the store does not know.
var ownParameters = []string{"f", "form", "properties", "filter-crs", "v", "crs", "bbox-crs"}

// listItems answers with a page of features, or with all of them as a file.
func (s *server) listItems(c *gin.Context) error {
	collection := collectionIn(c)
	offers := itemsFormats()
	f, err := negotiate(c, offers)
	if err != nil {
		return err
	}
	if form := c.Query("form"); form == "1" {
		c.Redirect(http.StatusSeeOther, s.withoutEmpty(c))
		return nil
	} else if form != "" {
		return &data.InvalidError{Field: "form", Problem: "is " + quoted(form), Hint: "leave it out; only the page's form sends it"}
	}
	system, err := parseCRS("crs", c.Query("crs"))
	if err != nil {
		return err
	}
	if system.uri != crs84 && f.name != "json" {
		return &data.InvalidError{Field: "crs", Problem: "is not CRS84", Hint: "files are in CRS84; leave crs out, or ask for f=json"}
	}
	query, err := s.parse(collection.ID, c.Request.URL.Query(), ownParameters...)
	if err != nil {
		return err
	}
	keep, err := parseProperties(query.Schema(), c.Query("properties"))
	if err != nil {
		return err
	}
	if s.notModified(c, f.name) {
		return nil
	}
	switch {
	case f.name == "html":
		return s.showItems(c, collection, query, f, offers)
	case f.extension != "":
		return s.exportItems(c, collection, query, f, keep)
	}
	return s.writeItems(c, query, f, offers, keep, system)
}

// parse reads the store's parameters. Nobody learns now what is to become
// public later: a time to come is now.
func (s *server) parse(collection string, params url.Values, skip ...string) (data.Query, error) {
	system, err := parseCRS("bbox-crs", params.Get("bbox-crs"))
	if err != nil {
		return data.Query{}, err
	}
	if given := params.Get("filter-crs"); given != "" && given != crs84 {
		return data.Query{}, &data.InvalidError{Field: "filter-crs", Problem: "is " + quoted(given), Hint: "geometries in a filter are in " + crs84}
	}
	box, err := system.box(params.Get("bbox"))
	if err != nil {
		return data.Query{}, err
	}
	params = maps.Clone(params)
	for name, value := range map[string]string{"bbox": box, "datetime": bareDays(params.Get("datetime"))} {
		if params.Has(name) {
			params.Set(name, value)
		}
	}
	query, err := s.store.Parse(collection, params, skip...)
	if query.KnownAt.After(s.now()) {
		query.KnownAt = time.Time{}
	}
	return query, err
}

// bareDays takes off the T that GDAL 3.6 leaves behind a day without a time
// when it hands on a filter on a Date field.
func bareDays(datetime string) string {
	from, to, interval := strings.Cut(datetime, "/")
	if from = strings.TrimSuffix(from, "T"); interval {
		return from + "/" + strings.TrimSuffix(to, "T")
	}
	return from
}

// pageHead is what a page says before its features.
type pageHead struct {
	Type      string    `json:"type"`
	Matched   int       `json:"numberMatched"`
	Returned  int       `json:"numberReturned"`
	TimeStamp string    `json:"timeStamp"`
	LeftOut   int       `json:"left_out,omitempty"`
	Links     []link    `json:"links"`
	Deleted   *[]string `json:"deleted,omitempty"`
}

// deleted lists what a client that has all as of updated_since must drop. It
// stands on the first page and goes by the collection alone: whether what is
// gone would have passed the filters is not told.
func (s *server) deleted(c *gin.Context, query data.Query) (*[]string, error) {
	since := c.Query("updated_since")
	if since == "" || c.Query("after") != "" {
		return nil, nil
	}
	after, err := parseInstant("updated_since", since)
	if err != nil {
		return nil, err
	}
	ids, err := s.store.Deleted(c.Request.Context(), query.Collection, after, query.KnownAt)
	return &ids, err
}

// writeItems answers with one page as a GeoJSON FeatureCollection. Features
// are written as they are stored.
func (s *server) writeItems(c *gin.Context, query data.Query, f format, offers []format, keep projection, system crs) error {
	result, err := s.store.Page(c.Request.Context(), query)
	if err != nil {
		return err
	}
	head := pageHead{Type: "FeatureCollection", Matched: result.Matched, Returned: len(result.Features), TimeStamp: rfc3339(s.now()), Links: s.pageLinks(c, f, offers, result.Next)}
	if head.LeftOut, err = s.leftOut(c.Request.Context(), query.Collection); err != nil {
		return err
	}
	if head.Deleted, err = s.deleted(c, query); err != nil {
		return err
	}
	text, err := encodeJSON(head)
	if err != nil {
		return fmt.Errorf("encode links: %w", err)
	}
	c.Header("Content-Type", f.media)
	c.Header("Content-Crs", "<"+system.uri+">")
	if result.Next != "" {
		c.Header("Link", "<"+s.nextURL(c, result.Next)+`>; rel="next"; type="`+f.media+`"`)
	}
	out := bufio.NewWriterSize(c.Writer, 64<<10)
	out.Write(text[:len(text)-1])
	out.WriteString(`,"features":[`)
	for i, feature := range result.Features {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
		out.Write(system.apply(keep.apply(feature)))
	}
	out.WriteString("\n]}\n")
	return out.Flush()
}

// pageLinks are self, first, next and the same page in other formats; exports
// drop what belongs to paging, so that they hold everything.
func (s *server) pageLinks(c *gin.Context, f format, offers []format, next columns.Cursor) []link {
	links := s.representations(c, f, offers[:2])
	for _, offer := range offers[2:] {
		links = append(links, link{Href: s.self(c, "f", offer.name, "limit", "", "after", ""), Rel: "alternate", Type: bareMedia(offer.media), Title: "All as " + offer.title})
	}
	root := s.base(c) + "/api/collections/" + c.Param("collection")
	links = append(links, link{Href: root, Rel: "collection", Type: "application/json", Title: "The collection"})
	if c.Query("after") != "" {
		links = append(links, link{Href: s.self(c, "after", ""), Rel: "first", Type: bareMedia(f.media), Title: "First page"})
	}
	if next != "" {
		links = append(links, link{Href: s.nextURL(c, next), Rel: "next", Type: bareMedia(f.media), Title: "Next page"})
	}
	return links
}

func (s *server) nextURL(c *gin.Context, next columns.Cursor) string {
	return s.self(c, "after", string(next))
}

// withoutEmpty is the request's address without the form's empty fields.
func (s *server) withoutEmpty(c *gin.Context) string {
	replace := []string{"form", ""}
	for name, values := range c.Request.URL.Query() {
		if len(values) == 1 && values[0] == "" {
			replace = append(replace, name, "")
		}
	}
	return s.self(c, replace...)
}

// limitGiven returns the limit that the client asked for, or 0.
func limitGiven(query url.Values) int {
	n, err := strconv.Atoi(query.Get("limit"))
	if err != nil {
		return 0
	}
	return n
}
