package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"
)

// webPolicy lets the map run scripts of this host only, and draw in workers
// that it makes from blobs. Styles are set on elements, never by style text.
// Of others, only the host of the deployment's own basemap may be asked.
func webPolicy(b Basemap) string {
	return "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:" + b.origin() + "; font-src 'self'; " +
		"connect-src 'self'" + b.origin() + "; worker-src 'self' blob:; child-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors *"
}

// showWeb serves the map's files; anything else at an unknown address is a
// problem that names the routes nearby.
func (s *server) showWeb(c *gin.Context) error {
	address := c.Request.URL.Path
	if address == "/api/" {
		c.Redirect(http.StatusMovedPermanently, "/api")
		return nil
	}
	if strings.HasPrefix(address, "/api/") {
		return s.refuseRoute(c)
	}
	if c.Request.Method != http.MethodGet && c.Request.Method != http.MethodHead {
		c.Header("Allow", "GET, HEAD")
		return s.refuseMethod(c)
	}
	name := strings.TrimPrefix(path.Clean("/"+address), "/")
	if name == "" {
		name = "index.html"
	}
	if s.options.Web == nil || strings.HasPrefix(path.Base(name), ".") {
		return s.showMissing(c, name)
	}
	content, err := fs.ReadFile(s.options.Web, name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) || isDirectory(s.options.Web, name) {
		return s.showMissing(c, name)
	}
	if err != nil {
		return fmt.Errorf("web file %s: %w", name, err)
	}
	return s.serveFile(c, name, content)
}

func (s *server) showMissing(c *gin.Context, name string) error {
	if name == "index.html" {
		return s.showUnbuilt(c)
	}
	return s.refuseRoute(c)
}

func isDirectory(files fs.FS, name string) bool {
	info, err := fs.Stat(files, name)
	return err == nil && info.IsDir()
}

// serveFile sends a file of the map. What the build named by its content
// never changes; the rest is asked for again.
func (s *server) serveFile(c *gin.Context, name string, content []byte) error {
	sum := sha256.Sum256(content)
	c.Header("Content-Security-Policy", webPolicy(s.options.Basemap))
	if strings.HasPrefix(name, "assets/") {
		c.Header("Cache-Control", immutable)
	}
	if s.unchanged(c, quoted(hex.EncodeToString(sum[:8]))) {
		return nil
	}
	media := mime.TypeByExtension(path.Ext(name))
	if media == "" {
		media = webMedia(path.Ext(name), content)
	}
	c.Header("Content-Type", media)
	c.Header("Accept-Ranges", "bytes")
	http.ServeContent(c.Writer, c.Request, name, s.started, bytes.NewReader(content))
	return nil
}

// webMedia names the types that a bare system does not know.
func webMedia(extension string, content []byte) string {
	switch extension {
	case ".geojson":
		return "application/geo+json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".pbf", ".pmtiles":
		return "application/octet-stream"
	case ".woff2":
		return "font/woff2"
	case ".map":
		return "application/json"
	}
	return http.DetectContentType(content)
}
