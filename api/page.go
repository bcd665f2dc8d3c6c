package api

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
)

//go:embed templates
var templateFiles embed.FS

// pages are the HTML representations: one layout, one style, no script.
type pages struct {
	sets    map[string]*template.Template
	style   template.CSS
	policy  string // Content-Security-Policy that allows exactly the style
	version string // changes when a template does
}

// page is what the layout and a template are filled with.
type page struct {
	Title string
	Trail []link // where this stands, from the root
	Links []link // this resource in other formats, and its relatives
	Body  any

	Style       template.CSS
	Description string
	Attribution []data.Attribution
}

// newPages parses the templates, which are part of the program.
func newPages() *pages {
	p := &pages{sets: map[string]*template.Template{}}
	css := mustRead("templates/style.css")
	p.style = template.CSS(css)
	styleHash := sha256.Sum256(css)
	p.policy = "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(styleHash[:]) +
		"'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		panic(err) // the pattern is well formed
	}
	all := sha256.New()
	all.Write(css)
	for _, name := range names {
		all.Write(mustRead(name))
		short := strings.TrimSuffix(strings.TrimPrefix(name, "templates/"), ".html")
		p.sets[short] = template.Must(template.New("layout.html").Funcs(template.FuncMap{
			"webrel": func(rel string) bool { return strings.HasPrefix(rel, "http") },
		}).ParseFS(templateFiles, "templates/layout.html", name))
	}
	p.version = hex.EncodeToString(all.Sum(nil))[:8]
	return p
}

func mustRead(name string) []byte {
	text, err := templateFiles.ReadFile(name)
	if err != nil {
		panic(err) // embedded
	}
	return text
}

// writePage answers with a page. It is built whole before a byte leaves, so
// that a failure is answered as one.
func (s *server) writePage(c *gin.Context, status int, name string, p page) error {
	deployment := s.store.Deployment()
	p.Style, p.Description, p.Attribution = s.pages.style, deployment.Title, deployment.Attribution
	if len(p.Trail) == 0 {
		p.Trail = s.trailHome(c)
	}
	var out bytes.Buffer
	if err := s.pages.sets[name].Execute(&out, p); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	c.Header("Content-Security-Policy", s.pages.policy)
	c.Data(status, htmlFormat().media, out.Bytes())
	return nil
}

func (s *server) trailHome(c *gin.Context) []link {
	return []link{
		{Href: s.base(c) + "/", Title: "Map"},
		{Href: s.base(c) + "/api?f=html", Title: "API"},
		{Href: s.base(c) + "/api/collections?f=html", Title: "Collections"},
	}
}

func (s *server) trail(c *gin.Context, collection data.Collection) []link {
	return append(s.trailHome(c), link{Href: s.base(c) + "/api/collections/" + collection.ID + "?f=html", Title: collection.Title})
}

// showUnbuilt stands in for the map until it has been built.
func (s *server) showUnbuilt(c *gin.Context) error {
	return s.writePage(c, http.StatusOK, "unbuilt", page{Title: "The map has not been built"})
}

func base36(n int64) string { return strconv.FormatInt(n, 36) }
