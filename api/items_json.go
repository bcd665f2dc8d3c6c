package api

import (
	"bufio"
	"fmt"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
	"strikewatch/data/columns"
)

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
	head := pageHead{Type: "FeatureCollection", Matched: result.Matched, Returned: result.Returned, TimeStamp: rfc3339(s.answered(c, query)), Links: s.pageLinks(c, f, offers, result.Next)}
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
	separator := "\n"
	err = result.Each(func(feature []byte) error {
		out.WriteString(separator)
		separator = ",\n"
		_, err := out.Write(system.apply(keep.apply(feature)))
		return err
	})
	if err != nil {
		return err
	}
	out.WriteString("\n]}\n")
	return out.Flush()
}

// pageLinks are self, first, next and the same page in other formats; exports
// drop what belongs to paging, so that they hold everything.
func (s *server) pageLinks(c *gin.Context, f format, offers []format, next columns.Cursor) []link {
	links := s.representations(c, f, offers[:2])
	for _, offer := range offers[2:] {
		version := ""
		if offer.extension != "" { // a feed is asked again
			version = s.version()
		}
		links = append(links, link{Href: s.self(c, "f", offer.name, "limit", "", "after", "", "v", version), Rel: "alternate", Type: bareMedia(offer.media), Title: "All as " + offer.title})
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
