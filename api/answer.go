package api

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
)

// answer writes a resource as JSON or as the named page.
func (s *server) answer(c *gin.Context, f format, document any, template string, p page) error {
	if f.name == "html" {
		return s.writePage(c, http.StatusOK, template, p)
	}
	body, err := encodeJSON(document)
	if err != nil {
		return fmt.Errorf("encode %s: %w", c.Request.URL.Path, err)
	}
	c.Data(http.StatusOK, f.media, append(body, '\n'))
	return nil
}

// notModified sets the validators of an answer that depends on the data and
// on the request alone, and answers 304 when the client has it already. The
// parts tell apart what shares an address.
func (s *server) notModified(c *gin.Context, parts ...string) bool {
	number, at := s.store.DataVersion()
	tag := fmt.Sprintf(`"%s.%s"`, strings.Join(append([]string{base36(number)}, parts...), "."), s.pages.version)
	if !s.pinned(c) {
		tag = "W/" + tag // the time of the answer stands in it
	}
	c.Header("Data-Version", strconv.FormatInt(number, 10))
	if !at.IsZero() {
		c.Header("Last-Modified", httpTime(at))
	}
	return s.unchanged(c, tag)
}

// unchanged sets the entity tag and answers 304 when the client holds it.
func (s *server) unchanged(c *gin.Context, tag string) bool {
	h := c.Writer.Header()
	h.Set("ETag", tag)
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache") // keep it, but ask before using it
	}
	wanted := c.GetHeader("If-None-Match")
	if wanted == "" {
		since, err := http.ParseTime(c.GetHeader("If-Modified-Since"))
		modified, err2 := http.ParseTime(h.Get("Last-Modified"))
		if err != nil || err2 != nil || modified.After(since) {
			return false
		}
	} else if !tagMatches(wanted, tag) {
		return false
	}
	c.Status(http.StatusNotModified)
	c.Writer.WriteHeaderNow()
	return true
}

// tagMatches compares weakly (RFC 9110 section 13.1.2).
func tagMatches(header, tag string) bool {
	for _, candidate := range strings.Split(header, ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
