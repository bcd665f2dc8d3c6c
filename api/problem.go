package api

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
	"strikewatch/data/codec"
)

// problem is the one shape of every failure: an RFC 9457 problem document,
// with the parameter or field at fault and what to do about it.
type problem struct {
	Type      string `json:"type"`
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail"`
	Instance  string `json:"instance"`
	Field     string `json:"field,omitempty"`
	Hint      string `json:"hint,omitempty"`
	RequestID string `json:"request_id"`
}

func (s *server) problem(c *gin.Context, err error) problem {
	p := problem{
		Type: s.base(c) + "/api/docs#problem-internal", Title: "Internal error", Status: http.StatusInternalServerError,
		Detail: "internal error", Instance: c.Request.URL.RequestURI(), RequestID: requestID(c),
		Hint: "try again; if it stays, report the request_id",
	}
	for _, f := range failures {
		if f.matches(err) {
			p.Type, p.Title, p.Status = s.base(c)+"/api/docs#problem-"+f.name, f.title, f.status
			p.Detail, p.Hint = err.Error(), ""
			break
		}
	}
	if p.Status == http.StatusInternalServerError {
		return p
	}
	switch {
	case isFull(err): // the error names files of the server
		p.Detail, p.Hint = "there is no room to build the file", "try later, ask for less, or take a format that streams: "+strings.Join(streamingFormats(), ", ")
	case errors.Is(err, errCrowded):
		p.Detail, p.Hint = "other files take all the room there is", "ask again in "+retryAfter+" seconds, or take a format that streams: "+strings.Join(streamingFormats(), ", ")
	case errors.Is(err, codec.ErrTooLarge):
		p.Field, p.Hint = "f", "narrow the question, or take a format without that limit, such as csv or gpkg"
	}
	var invalid *data.InvalidError
	if errors.As(err, &invalid) {
		p.Field, p.Hint = invalid.Field, invalid.Hint
		p.Detail = invalid.Field + " " + invalid.Problem
	}
	var h hinted
	if errors.As(err, &h) {
		p.Detail, p.Hint = h.detail, h.hint
		if h.field != "" {
			p.Field = h.field
		}
	}
	return p
}

// writeProblem answers with the document, or with the same members as a page
// when a browser asks.
func (s *server) writeProblem(c *gin.Context, p problem) {
	c.Header("Vary", "Accept")
	if prefersHTML(c) {
		if err := s.writePage(c, p.Status, "problem", page{Title: p.Title, Body: p}); err != nil {
			s.log.Error("problem page failed", "request", requestID(c), "error", err)
		}
		return
	}
	body, err := encodeJSON(p)
	if err != nil {
		c.Status(http.StatusInternalServerError)
		return
	}
	c.Data(p.Status, "application/problem+json", append(body, '\n'))
}

// prefersHTML tells a person's browser from a program.
func prefersHTML(c *gin.Context) bool {
	if f := c.Query("f"); f != "" {
		return f == "html"
	}
	return strings.HasPrefix(strings.TrimSpace(c.GetHeader("Accept")), "text/html")
}

// refuseMethod answers a method that the route does not have; the router has
// set Allow.
func (s *server) refuseMethod(c *gin.Context) error {
	allow := c.Writer.Header().Get("Allow")
	return hinted{errMethod, c.Request.Method + " is not possible here", "", "use one of " + allow}
}

// refuseRoute names the routes that the client may have meant.
func (s *server) refuseRoute(c *gin.Context) error {
	path := c.Request.URL.Path
	hint := "see " + s.base(c) + "/api/docs for all routes"
	if near := s.nearestRoutes(path); len(near) > 0 {
		hint = "did you mean " + strings.Join(near, " or ") + "? All routes: " + s.base(c) + "/api/docs"
	}
	return hinted{data.ErrNotFound, "there is nothing at " + path, "", hint}
}

func streamingFormats() []string {
	var names []string
	for _, f := range codec.Formats() {
		if f.Streams {
			names = append(names, f.Name)
		}
	}
	return names
}
