// Package api serves Strikewatch over HTTP: an OGC API with features and tiles
// under /api, and the web map at the root.
//
// One table (routes.go) holds every route with its parameters and answers. The
// router, the check of parameters and the OpenAPI document are made from it,
// so that what is described is what is served.
package api

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
)

// Options are what the server takes from outside.
type Options struct {
	Web       fs.FS            // the built web map; without index.html the root says how to build it
	Now       func() time.Time // the clock; time.Now when nil
	Logger    *slog.Logger     // failures at Error, requests at Debug; discarded when nil
	Version   string           // of the program, shown in /api
	PublicURL string           // scheme and host that links carry, for example https://example.org; the request's own when empty

	// Contact is who mends errors in the data: a mail address, or that of a
	// page. Nothing is offered when it is empty.
	Contact string

	DiskBytes int64 // that exports may take in the temporary directory: in the making, being sent, and kept for clients that read in ranges; 4 GiB when 0

	Basemap Basemap // drawn below the map's own; nothing when zero

	// BorderReport builds /api/reports/border from the query; the route does
	// not exist when nil. Its *data.InvalidError is answered with 400.
	BorderReport func(ctx context.Context, query url.Values) (contentType string, body []byte, err error)
}

type server struct {
	store   *data.Store
	options Options
	log     *slog.Logger
	now     func() time.Time
	pages   *pages
	routes  []route
	tiles   *tileCache
	files   exportFiles
	known   knownCollections
	names   sync.Map // of parameters, by route and collection
	feed    *feed
	started time.Time
}

// New returns the handler of everything that the program serves. The store
// must outlive it.
func New(store *data.Store, o Options) http.Handler {
	s := &server{store: store, options: o, log: o.Logger, now: o.Now, pages: newPages(), tiles: newTileCache(), known: knownCollections{known: map[string]data.Collection{}}}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.files.most = o.DiskBytes; s.files.most == 0 {
		s.files.most = diskBytes
	}
	s.started = s.now()
	s.feed = newFeed(store)
	s.routes = s.allRoutes()
	return s.router()
}

func (s *server) router() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	g := gin.New()
	g.HandleMethodNotAllowed = true
	g.RedirectTrailingSlash = false
	g.RedirectFixedPath = false
	g.Use(s.describeRequest, s.secureHeaders, (&compression{}).encode)
	for _, r := range s.routes {
		handle := s.handle(r)
		for _, path := range r.ginPaths() {
			g.Handle(r.method, path, handle)
			if r.method == http.MethodGet {
				g.HEAD(path, handle)
				g.OPTIONS(path, s.answerPreflight)
			}
		}
	}
	s.routeIncidents(g)
	g.GET(basemapPath, s.wrap(s.showBasemap))
	g.HEAD(basemapPath, s.wrap(s.showBasemap))
	g.NoMethod(s.wrap(s.refuseMethod))
	g.NoRoute(s.wrap(s.showWeb))
	return g
}
