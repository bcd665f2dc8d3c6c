package api

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
)

// Basemap is what the map draws below everything else. Its own land and water
// lie under it, so that the map stays whole where the basemap ends.
type Basemap struct {
	Archive  io.ReaderAt // a PMTiles archive, served to the page in ranges; nil: none
	Size     int64       // of the archive
	Modified time.Time
	Style    string // or the address of a MapLibre style, whose host the page then may ask
}

const basemapPath = "/basemap.pmtiles"

// CheckArchive tells whether it is a PMTiles archive that the page can read.
func (b Basemap) CheckArchive() error {
	head := make([]byte, 8)
	if _, err := b.Archive.ReadAt(head, 0); err != nil || string(head[:7]) != "PMTiles" {
		return errors.New("is no PMTiles archive")
	}
	if head[7] != 3 {
		return errors.New("is a PMTiles archive of version " + strconv.Itoa(int(head[7])) + "; convert it to version 3")
	}
	return nil
}

// showBasemap serves the archive in ranges: the page reads the tiles that it
// shows, not all of the file.
func (s *server) showBasemap(c *gin.Context) error {
	b := s.options.Basemap
	if b.Archive == nil {
		return s.showMissing(c, basemapPath)
	}
	c.Header("ETag", quoted(strconv.FormatInt(b.Size, 36)+"-"+strconv.FormatInt(b.Modified.Unix(), 36)))
	c.Header("Cache-Control", "no-cache")
	c.Header("Content-Type", "application/vnd.pmtiles")
	http.ServeContent(c.Writer, c.Request, "", b.Modified, io.NewSectionReader(b.Archive, 0, b.Size))
	return nil
}

// describe says in the landing document what the page shall draw; nil: nothing.
func (b Basemap) describe(base string) object {
	switch {
	case b.Archive != nil:
		return object{"type": "pmtiles", "href": base + basemapPath}
	case b.Style != "":
		return object{"type": "style", "href": b.Style}
	}
	return nil
}

// origin is the host that the page must be let ask for its style: the tiles,
// glyphs and pictures that the style names must be there too.
func (b Basemap) origin() string {
	u, err := url.Parse(b.Style)
	if b.Style == "" || err != nil {
		return ""
	}
	return " " + u.Scheme + "://" + u.Host
}
