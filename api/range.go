package api

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/gin-gonic/gin"
)

var errRange = errors.New("no such range")

// serveRange answers with parts of a file that write makes. The address must
// hold all that the file depends on. Where there is no room for the file, on
// the disk or within the bound, the answer is the whole, as a server without
// ranges gives it.
func (s *server) serveRange(c *gin.Context, write func(io.Writer) error) error {
	held, err := s.files.open(c.Request.Context(), s.self(c)+" "+c.Writer.Header().Get("ETag"), write)
	if isFull(err) || errors.Is(err, errCrowded) {
		return s.serveWhole(c, write)
	}
	if err != nil {
		return err
	}
	defer s.files.release(held)
	file := io.NewSectionReader(held.file, 0, held.size)
	if first, _, _ := strings.Cut(strings.TrimPrefix(c.GetHeader("Range"), "bytes="), "-"); c.GetHeader("If-Range") == "" {
		if n, err := strconv.ParseInt(first, 10, 64); err == nil && n >= file.Size() {
			size := strconv.FormatInt(file.Size(), 10)
			c.Header("Content-Range", "bytes */"+size)
			return hinted{errRange, "the file ends before byte " + first, "Range", "it has " + size + " bytes"}
		}
	}
	http.ServeContent(c.Writer, c.Request, "", time.Time{}, file)
	return nil
}

func (s *server) serveWhole(c *gin.Context, write func(io.Writer) error) error {
	c.Header("Accept-Ranges", "none")
	if c.Request.Method == http.MethodHead {
		c.Status(http.StatusOK)
		return nil
	}
	return write(c.Writer)
}

// isFull tells whether there was no room for a file built aside.
func isFull(err error) bool { return errors.Is(err, errNoRoom) || errors.Is(err, syscall.ENOSPC) }
