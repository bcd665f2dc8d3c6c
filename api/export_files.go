package api

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"sync"
)

// What exports may take on the disk: so many files are kept for clients that
// read in ranges, and all files together, those in the making and those being
// sent included, take so many bytes.
const (
	keptFiles = 4
	diskBytes = 4 << 30
)

var (
	errNoRoom  = errors.New("no room for the file")      // it alone would take more than may lie on the disk
	errCrowded = errors.New("no room beside the others") // there is when others are done
)

// exportFiles bounds what exports take on the disk, and keeps the files last
// asked for in ranges, since such a client comes again. They have no name and
// vanish with the process.
type exportFiles struct {
	most int64 // bytes

	mu   sync.Mutex
	used int64         // bytes of all files
	kept []*exportFile // the last asked for at the end
}

type exportFile struct {
	key  string
	once sync.Once
	file *os.File
	err  error

	// Under the lock of exportFiles:
	size    int64
	holders int
	dropped bool // not kept any more: gone with its last holder
}

// open returns the file of that key, made by write when it is not there. Who
// opens it releases it. It fails with errNoRoom or errCrowded.
func (e *exportFiles) open(ctx context.Context, key string, write func(io.Writer) error) (*exportFile, error) {
	for {
		f := e.take(key)
		f.once.Do(func() { f.err = e.fill(f, write) })
		if f.err == nil {
			return f, nil
		}
		e.mu.Lock()
		e.drop(f)
		e.mu.Unlock()
		e.release(f)
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
	if i := slices.IndexFunc(e.kept, func(kept *exportFile) bool { return kept.key == key }); i >= 0 {
		f = e.kept[i]
		e.kept = slices.Delete(e.kept, i, i+1)
	}
	f.holders++
	e.kept = append(e.kept, f)
	if len(e.kept) > keptFiles {
		e.drop(e.kept[0])
	}
	return f
}

func (e *exportFiles) release(f *exportFile) {
	e.mu.Lock()
	defer e.mu.Unlock()
	f.holders--
	e.discard(f)
}

// drop keeps a file no longer. The lock is held.
func (e *exportFiles) drop(f *exportFile) {
	f.dropped = true
	e.kept = slices.DeleteFunc(e.kept, func(kept *exportFile) bool { return kept == f })
	e.discard(f)
}

// discard gives back the room of a file that nobody wants. The lock is held.
func (e *exportFiles) discard(f *exportFile) {
	if !f.dropped || f.holders > 0 {
		return
	}
	e.used -= f.size
	f.size = 0
	if f.file != nil {
		f.file.Close() // nothing is lost: it has no name and was only read
		f.file = nil
	}
}

// grow makes room for n more bytes beside the size that a file has, at the cost
// of files that are kept for nobody, the longest unasked first.
func (e *exportFiles) grow(size *int64, n int64) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if *size+n > e.most {
		return errNoRoom
	}
	for e.used+n > e.most {
		idle := slices.IndexFunc(e.kept, func(kept *exportFile) bool { return kept.holders == 0 })
		if idle < 0 {
			return errCrowded
		}
		e.drop(e.kept[idle])
	}
	e.used += n
	*size += n
	return nil
}

// giveBack gives back the room of a file that is gone.
func (e *exportFiles) giveBack(size int64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.used -= size
}

func (e *exportFiles) fill(f *exportFile, write func(io.Writer) error) error {
	file, err := os.CreateTemp("", "strikewatch-export-*")
	if err != nil {
		return err
	}
	f.file = file
	if err := os.Remove(file.Name()); err != nil {
		return err
	}
	out := bufio.NewWriterSize(growing{e, f}, 1<<20)
	return errors.Join(write(out), out.Flush())
}

// growing writes to the file as far as there is room.
type growing struct {
	files *exportFiles
	file  *exportFile
}

func (g growing) Write(b []byte) (int, error) {
	if err := g.files.grow(&g.file.size, int64(len(b))); err != nil {
		return 0, err
	}
	return g.file.file.Write(b)
}
