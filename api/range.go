package api

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
)

var errRange = errors.New("no such range")

// serveRange answers with parts of a file that write makes. The address must
// hold all that the file depends on.
func (s *server) serveRange(c *gin.Context, write func(io.Writer) error) error {
	file, err := s.files.open(c.Request.Context(), s.self(c)+" "+c.Writer.Header().Get("ETag"), write)
	if err != nil {
		return err
	}
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

// keptFiles bounds what lies on the disk for clients that read in ranges.
const keptFiles = 4

// exportFiles keeps the files last asked for in ranges, since such a client
// comes again. They have no name and vanish with the process.
type exportFiles struct {
	mu   sync.Mutex
	kept []*exportFile // the last asked for at the end
}

type exportFile struct {
	key  string
	once sync.Once
	file *os.File // closed when nobody holds it any more
	size int64
	err  error
}

// open returns the file of that key, made by write when it is not there.
func (e *exportFiles) open(ctx context.Context, key string, write func(io.Writer) error) (*io.SectionReader, error) {
	for {
		f := e.take(key)
		f.once.Do(func() { f.err = f.fill(write) })
		if f.err == nil {
			return io.NewSectionReader(f.file, 0, f.size), nil
		}
		e.drop(f)
		if ctx.Err() != nil || !errors.Is(f.err, context.Canceled) {
			return nil, f.err
		}
		// Who was making it hung up; this client is still here.
	}
}

func (e *exportFiles) take(key string) *exportFile {
	e.mu.Lock()
	defer e.mu.Unlock()
	f := &exportFile{key: key}
	for i, kept := range e.kept {
		if kept.key == key {
			f = kept
			e.kept = append(e.kept[:i], e.kept[i+1:]...)
			break
		}
	}
	e.kept = append(e.kept, f)
	if len(e.kept) > keptFiles {
		e.kept = e.kept[1:]
	}
	return f
}

func (e *exportFiles) drop(f *exportFile) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i, kept := range e.kept {
		if kept == f {
			e.kept = append(e.kept[:i], e.kept[i+1:]...)
			return
		}
	}
}

func (f *exportFile) fill(write func(io.Writer) error) (err error) {
	if f.file, err = os.CreateTemp("", "strikewatch-export-*"); err != nil {
		return err
	}
	if err := os.Remove(f.file.Name()); err != nil {
		return errors.Join(err, f.file.Close())
	}
	out := bufio.NewWriterSize(f.file, 1<<20)
	if err := errors.Join(write(out), out.Flush()); err != nil {
		return errors.Join(err, f.file.Close())
	}
	f.size, err = f.file.Seek(0, io.SeekCurrent)
	return err
}
