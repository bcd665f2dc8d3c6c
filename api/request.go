package api

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

const requestKey = "request"

// describeRequest gives each request an id and logs how it went.
func (s *server) describeRequest(c *gin.Context) {
	var id [8]byte
	rand.Read(id[:]) // never fails
	c.Set(requestKey, hex.EncodeToString(id[:]))
	c.Header("X-Request-Id", requestID(c))
	start := s.now()
	c.Next()
	s.log.Debug("request", "request", requestID(c), "method", c.Request.Method, "url", c.Request.URL.RequestURI(),
		"status", c.Writer.Status(), "bytes", c.Writer.Size(), "took", s.now().Sub(start).Round(time.Microsecond))
}

func requestID(c *gin.Context) string { return c.GetString(requestKey) }

// base returns scheme and host for links, without a trailing slash.
func (s *server) base(c *gin.Context) string {
	if s.options.PublicURL != "" {
		return s.options.PublicURL
	}
	scheme := "http"
	if c.Request.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + c.Request.Host
}

// self returns the request's own address, with some parameters replaced; an
// empty value takes the parameter away.
func (s *server) self(c *gin.Context, replace ...string) string {
	return s.address(c, c.Request.URL.Path, replace)
}

// selfAt is self for the neighbour of the request's path with that last segment.
func (s *server) selfAt(c *gin.Context, last string, replace ...string) string {
	return s.address(c, path.Join(path.Dir(c.Request.URL.Path), last), replace)
}

func (s *server) address(c *gin.Context, path string, replace []string) string {
	query := c.Request.URL.Query()
	for i := 0; i+1 < len(replace); i += 2 {
		if replace[i+1] == "" {
			query.Del(replace[i])
		} else {
			query.Set(replace[i], replace[i+1])
		}
	}
	address := s.base(c) + (&url.URL{Path: path}).EscapedPath()
	if text := query.Encode(); text != "" {
		address += "?" + readable.Replace(text)
	}
	return address
}

// readable takes back escapes that a query does not need (RFC 3986 section 3.4).
var readable = strings.NewReplacer("%2C", ",", "%3A", ":", "%2F", "/")

// encodeJSON writes a value without escapes meant for HTML.
func encodeJSON(v any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// link is a Web link (RFC 8288) as OGC APIs write it.
type link struct {
	Href      string `json:"href"`
	Rel       string `json:"rel"`
	Type      string `json:"type,omitempty"`
	Title     string `json:"title,omitempty"`
	Templated bool   `json:"templated,omitempty"`
}

// representations links a resource to itself in the format of this answer and
// to the others that it can be had in.
func (s *server) representations(c *gin.Context, chosen format, offers []format, drop ...string) []link {
	links := make([]link, 0, len(offers))
	links = append(links, link{Href: s.self(c), Rel: "self", Type: bareMedia(chosen.media), Title: "This document"})
	for _, offer := range offers {
		if offer.name == chosen.name {
			continue
		}
		replace := []string{"f", offer.name}
		for _, name := range drop {
			replace = append(replace, name, "")
		}
		links = append(links, link{Href: s.self(c, replace...), Rel: "alternate", Type: bareMedia(offer.media), Title: "As " + offer.title})
	}
	return links
}

// secureHeaders are those that every answer carries. Pages may run only
// scripts of this host; the map draws in workers made from blobs.
func (s *server) secureHeaders(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "Accept-Ranges, Content-Crs, Content-Disposition, Content-Range, Data-Version, ETag, Link, X-Request-Id")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'self'")
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func quoted(s string) string { return strconv.Quote(s) }

func rfc3339(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func httpTime(t time.Time) string { return t.UTC().Format(http.TimeFormat) }
