package api

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// compression keeps encoders for reuse: each holds a megabyte or so.
type compression struct{ gzip, zstd sync.Pool }

// encode encodes text answers with zstd or gzip when the client takes it.
// Files that are compressed already, event streams and short answers stay as
// they are.
func (p *compression) encode(c *gin.Context) {
	encoding := acceptedEncoding(c.GetHeader("Accept-Encoding"))
	if encoding == "" || c.Request.Method == http.MethodHead || c.GetHeader("Range") != "" {
		c.Next()
		return
	}
	w := &compressor{ResponseWriter: c.Writer, encoding: encoding, pools: p}
	c.Writer = w
	complete := false
	defer func() {
		if complete {
			w.finish()
		} else {
			w.abandon() // a broken answer must not end like a whole one
		}
	}()
	c.Next()
	complete = true
}

// acceptedEncoding chooses zstd over gzip over none.
func acceptedEncoding(header string) string {
	accepted := map[string]bool{}
	for _, part := range strings.Split(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		quality := strings.TrimPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		if q, err := strconv.ParseFloat(quality, 64); err == nil && q == 0 {
			continue
		}
		accepted[strings.ToLower(name)] = true
	}
	switch {
	case accepted["zstd"]:
		return "zstd"
	case accepted["gzip"] || accepted["*"]:
		return "gzip"
	}
	return ""
}

// worthwhile is the least answer in bytes that gains by compression: one that
// fits a packet does not.
const worthwhile = 1400

// compressor holds the first bytes back until it is clear whether the answer
// is worth compressing.
type compressor struct {
	gin.ResponseWriter
	encoding string
	pools    *compression
	held     []byte
	decided  bool
	encoder  io.WriteCloser // nil: as it is
}

func (w *compressor) Write(b []byte) (int, error) {
	if !w.decided {
		if len(w.held)+len(b) < worthwhile {
			w.held = append(w.held, b...)
			return len(b), nil
		}
		if err := w.decide(true); err != nil {
			return 0, err
		}
	}
	if w.encoder != nil {
		return w.encoder.Write(b)
	}
	return w.ResponseWriter.Write(b)
}

func (w *compressor) WriteString(s string) (int, error) { return w.Write([]byte(s)) }

// takeBack drops what is held back, so that a failure can answer instead.
func (w *compressor) takeBack() { w.held = nil }

func (w *compressor) Flush() {
	if !w.decided && w.decide(true) != nil {
		return
	}
	if f, ok := w.encoder.(interface{ Flush() error }); ok && f.Flush() != nil {
		return
	}
	w.ResponseWriter.Flush()
}

func (w *compressor) decide(long bool) error {
	w.decided = true
	h := w.Header()
	if compressible(h.Get("Content-Type")) && h.Get("Content-Encoding") == "" {
		h.Add("Vary", "Accept-Encoding")
		if long && w.Status() == http.StatusOK {
			h.Del("Content-Length")
			h.Del("Accept-Ranges")
			h.Set("Content-Encoding", w.encoding)
			if tag := h.Get("ETag"); tag != "" && !strings.HasPrefix(tag, "W/") {
				h.Set("ETag", "W/"+tag)
			}
			if err := w.open(); err != nil {
				return err
			}
		}
	}
	held := w.held
	w.held = nil
	if len(held) == 0 {
		return nil
	}
	if w.encoder != nil {
		_, err := w.encoder.Write(held)
		return err
	}
	_, err := w.ResponseWriter.Write(held)
	return err
}

func (w *compressor) open() error {
	if w.encoding == "zstd" {
		if z, ok := w.pools.zstd.Get().(*zstd.Encoder); ok {
			z.Reset(w.ResponseWriter)
			w.encoder = z
			return nil
		}
		z, err := zstd.NewWriter(w.ResponseWriter, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
		w.encoder = z
		return err
	}
	if g, ok := w.pools.gzip.Get().(*gzip.Writer); ok {
		g.Reset(w.ResponseWriter)
		w.encoder = g
		return nil
	}
	g, err := gzip.NewWriterLevel(w.ResponseWriter, gzip.BestSpeed)
	w.encoder = g
	return err
}

// finish ends the answer. An error means that the client went away.
func (w *compressor) finish() {
	if !w.decided {
		if err := w.decide(false); err != nil {
			return
		}
	}
	if w.encoder == nil || w.encoder.Close() != nil {
		return
	}
	switch e := w.encoder.(type) {
	case *zstd.Encoder:
		e.Reset(nil)
		w.pools.zstd.Put(e)
	case *gzip.Writer:
		e.Reset(io.Discard)
		w.pools.gzip.Put(e)
	}
}

// abandon leaves the encoder's stream without its end.
func (w *compressor) abandon() {
	if z, ok := w.encoder.(*zstd.Encoder); ok {
		z.Reset(nil)
	}
}

// compressible tells by its media type what is text, or as loose as text.
func compressible(media string) bool {
	media = bareMedia(media)
	switch media {
	case "text/event-stream":
		return false
	case "application/json", "application/javascript", "application/xml", "application/x-ndjson", "image/svg+xml",
		mvtMedia, "application/geo+json-seq", "application/vnd.apache.arrow.stream":
		return true
	}
	return strings.HasPrefix(media, "text/") || strings.HasSuffix(media, "+json") || strings.HasSuffix(media, "+xml")
}
