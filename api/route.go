package api

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
)

// route is one row of the table of routes.
type route struct {
	method      string
	path        string // below /api, with {names}
	id          string // operationId: verb and noun
	suffix      string // of the operationId, where a standard names it
	tag         string
	summary     string
	handle      handler
	formats     []format                          // what it can answer with, the default first
	parameters  []parameter                       // of the query, beside f
	filters     func(data.Collection) []parameter // those that it takes of its collection; nil: none
	collections func(data.Collection) bool
	schema      string // of the JSON answer, in the document's components
}

// ginPaths writes the path in the router's notation; the root's with and
// without the slash that clients add to the address of a server.
func (r route) ginPaths() []string {
	if r.path == "/" {
		return []string{"/api", "/api/"}
	}
	return []string{"/api" + strings.NewReplacer("{", ":", "}", "").Replace(r.path)}
}

// exists tells whether the route is there for a collection.
func (r route) exists(c data.Collection) bool { return r.collections == nil || r.collections(c) }

// ofCollection tells whether the path names a collection.
func (r route) ofCollection() bool { return strings.Contains(r.path, "{collection}") }

// parametersFor lists the query parameters that the route takes, for the
// collection that it speaks of.
func (r route) parametersFor(c *data.Collection) []parameter {
	var all []parameter
	if len(r.formats) > 0 {
		all = append(all, formatParameter(r.formats))
	}
	all = append(all, r.parameters...)
	if r.filters != nil && c != nil {
		all = append(all, r.filters(*c)...)
	}
	return all
}

// checkParameters refuses what the route does not know. A misspelt filter
// that is ignored gives an answer to another question.
func (s *server) checkParameters(c *gin.Context, r route) error {
	given, err := url.ParseQuery(c.Request.URL.RawQuery)
	if err != nil {
		return &data.InvalidError{Field: "query", Problem: "is not well formed: " + err.Error(), Hint: "percent-encode reserved characters"}
	}
	collection, err := s.collectionOf(c, r)
	if err != nil {
		return err
	}
	names := s.parameterNames(r, collection)
	for _, name := range sortedKeys(given) {
		if !slices.Contains(names, name) {
			return unknownParameter(name, names)
		}
		if len(given[name]) > 1 {
			return &data.InvalidError{Field: name, Problem: "is given twice", Hint: "join several values by a comma"}
		}
	}
	return nil
}

// parameterNames lists what parametersFor describes. The names stay as they
// are while the server runs, so they are gathered once.
func (s *server) parameterNames(r route, collection *data.Collection) []string {
	key := r.id
	if collection != nil {
		key += " " + collection.ID
	}
	if kept, found := s.names.Load(key); found {
		names, _ := kept.([]string)
		return names
	}
	var names []string
	for _, p := range r.parametersFor(collection) {
		names = append(names, p.name)
	}
	s.names.Store(key, names)
	return names
}

// collectionOf returns the collection that the request speaks of: the one in
// its path, incidents where the route takes filters without one, else nil.
func (s *server) collectionOf(c *gin.Context, r route) (*data.Collection, error) {
	id := c.Param("collection")
	if id == "" {
		if r.filters == nil {
			return nil, nil
		}
		id = data.Incidents
	}
	collection, err := s.findCollection(c, id)
	if err != nil {
		return nil, err
	}
	c.Set(collectionKey, collection)
	if !r.exists(collection) {
		return nil, hinted{data.ErrNotFound, "collection " + id + " has no " + lastSegment(r.path), "collection",
			"see " + s.base(c) + "/api/collections/" + id}
	}
	return &collection, nil
}

const collectionKey = "collection"

// collectionIn returns the collection that checkParameters found.
func collectionIn(c *gin.Context) data.Collection {
	collection, _ := c.MustGet(collectionKey).(data.Collection)
	return collection
}

// findCollection looks a collection up, naming the nearest when there is none.
func (s *server) findCollection(c *gin.Context, id string) (data.Collection, error) {
	collection, err := s.known.find(c.Request.Context(), s.store, id)
	if !errors.Is(err, data.ErrNotFound) {
		return collection, err
	}
	ids := data.CollectionIDs()
	hint := "collections: " + strings.Join(ids, ", ")
	if near := nearest(id, ids); near != "" {
		hint = "did you mean " + near + "? " + hint
	}
	return collection, hinted{err, "there is no collection " + quoted(id), "collection", hint}
}

func unknownParameter(name string, known []string) error {
	hint := "parameters: " + strings.Join(known, ", ")
	if len(known) == 0 {
		hint = "this takes no parameters"
	} else if near := nearest(name, known); near != "" {
		hint = "did you mean " + near + "? " + hint
	}
	return &data.InvalidError{Field: name, Problem: "is no parameter here", Hint: hint}
}

func lastSegment(path string) string {
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	for _, part := range slices.Backward(parts) {
		if !strings.HasPrefix(part, "{") {
			return part
		}
	}
	return path
}

// answerPreflight lets any page of any origin read.
func (s *server) answerPreflight(c *gin.Context) {
	c.Header("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
	c.Header("Access-Control-Allow-Headers", "Accept, If-None-Match, If-Modified-Since, If-Range, Range")
	c.Header("Access-Control-Max-Age", "86400")
	c.Header("Allow", "GET, HEAD, OPTIONS")
	c.Status(http.StatusNoContent)
}
