package data

import (
	"errors"
	"os"
	"slices"
	"sync"
)

// featureFile holds the public features once more, one after the other, in a
// nameless file beside the database that ends with the process. A page of a
// thousand features is read from it in a fraction of the time that SQLite
// takes. The feature of a version never changes, so what is in the file is
// right for good; what is not is read from the database.
type featureFile struct {
	file *os.File

	mu    sync.RWMutex
	spots []spot // by seq
	end   int64  // of what is taken of the file
	full  bool   // the disk is, or something else fails: nothing is added any more
}

// spot is where a feature stands: its first byte, then its length in the low
// spotBits. Zero is nowhere.
type spot uint64

const (
	spotBits    = 24
	longestSpot = 1<<spotBits - 1
)

func (p spot) at() int64 { return int64(p >> spotBits) }
func (p spot) size() int { return int(p & longestSpot) }

func newFeatureFile(dir string) (*featureFile, error) {
	file, err := os.CreateTemp(dir, ".strikewatch-features-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(file.Name()); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &featureFile{file: file}, nil
}

func (f *featureFile) close() error {
	if err := f.file.Close(); !errors.Is(err, os.ErrClosed) {
		return err
	}
	return nil
}

// featureBatch collects features to be added at once.
type featureBatch struct {
	seqs  []int64
	sizes []int
	bytes []byte
}

// batchBytes is about how much is written at once.
const batchBytes = 1 << 20

func (b *featureBatch) add(seq int64, feature []byte) {
	if len(feature) <= longestSpot {
		b.seqs, b.sizes, b.bytes = append(b.seqs, seq), append(b.sizes, len(feature)), append(b.bytes, feature...)
	}
}

func (b *featureBatch) large() bool { return len(b.bytes) >= batchBytes }

// put adds a batch and empties it. After a failure the file stays as it is.
func (f *featureFile) put(b *featureBatch) {
	f.mu.Lock()
	at, full := f.end, f.full
	f.end += int64(len(b.bytes))
	f.mu.Unlock()
	if full || len(b.seqs) == 0 {
		return
	}
	_, err := f.file.WriteAt(b.bytes, at)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil {
		f.full = true
		return
	}
	for i, seq := range b.seqs {
		for int64(len(f.spots)) <= seq {
			f.spots = append(f.spots, 0)
		}
		f.spots[seq] = spot(at<<spotBits) | spot(b.sizes[i])
		at += int64(b.sizes[i])
	}
	b.seqs, b.sizes, b.bytes = b.seqs[:0], b.sizes[:0], b.bytes[:0]
}

// take reads features into the same index as their seqs, and leaves nil what is
// not here. They are appended to the buffer, which is returned. Neighbours in
// the file are read at once.
func (f *featureFile) take(seqs []int64, features [][]byte, buffer []byte) ([]byte, error) {
	spots := make([]spot, len(seqs))
	total := 0
	f.mu.RLock()
	for i, seq := range seqs {
		if seq < int64(len(f.spots)) {
			spots[i] = f.spots[seq]
			total += spots[i].size()
		}
	}
	f.mu.RUnlock()
	buffer = slices.Grow(buffer, total)
	for i := 0; i < len(spots); {
		from, size := len(buffer), 0
		for first := i; i < len(spots) && spots[i] != 0 && spots[i].at() == spots[first].at()+int64(size); i++ {
			size += spots[i].size()
			buffer = buffer[:from+size]
			features[i] = buffer[from+size-spots[i].size() : from+size : from+size]
		}
		if size == 0 {
			i++
		} else if _, err := f.file.ReadAt(buffer[from:], spots[i-1].at()+int64(spots[i-1].size()-size)); err != nil {
			return buffer, err
		}
	}
	return buffer, nil
}
