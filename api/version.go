package api

import (
	"time"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
)

// immutable is the Cache-Control of what never changes.
const immutable = "public, max-age=31536000, immutable"

// version names the present state of the data in addresses.
func (s *server) version() string {
	number, _ := s.store.DataVersion()
	return base36(number)
}

func versionParameter() parameter {
	return parameter{name: "v", description: "Version of the data, as TileJSON and the links to files carry it: while it is the present one, the answer never changes, may be kept for ever, and a file can be had in ranges. Another one is answered with the present data, which is not to be kept.",
		schema: object{"type": "string"}}
}

// pin holds an answer whose address carries the present version of the data
// to exactly that version, and lets caches keep it for ever. With any other
// version the answer is that of now, to be asked for again.
func (s *server) pin(c *gin.Context, query *data.Query) bool {
	number, at := s.store.DataVersion()
	if c.Query("v") != base36(number) {
		return false
	}
	if query.KnownAt.IsZero() {
		query.KnownAt = at
	}
	c.Set(pinnedKey, true)
	c.Header("Cache-Control", immutable)
	return true
}

// answered is the time that an answer tells as its own. A pinned one has the
// same bytes whenever it is asked for.
func (s *server) answered(c *gin.Context, query data.Query) time.Time {
	if s.pinned(c) {
		return query.KnownAt
	}
	return s.now()
}

const pinnedKey = "pinned"

func (s *server) pinned(c *gin.Context) bool { return c.GetBool(pinnedKey) }
