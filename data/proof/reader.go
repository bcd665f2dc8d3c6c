package proof

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Reader reads single hashes out of chunks. It remembers recent chunks, so
// that proofs of neighbours cost little; it is for one goroutine.
type Reader struct {
	store  ChunkStore
	recent map[int64][]byte
}

var _ tlog.HashReader = (*Reader)(nil)

// recentChunks bounds what a Reader remembers, to 1 MiB.
const recentChunks = 128

// NewReader returns a reader of the store's hashes. Hashes below the size of a
// log never change, so the store may grow meanwhile.
func NewReader(store ChunkStore) *Reader {
	return &Reader{store: store, recent: make(map[int64][]byte)}
}

// ReadHashes returns the hashes at these indexes of the stored order.
func (r *Reader) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		n, at := index/ChunkHashes, int(index%ChunkHashes)*tlog.HashSize
		chunk, ok := r.recent[n]
		if !ok || len(chunk) < at+tlog.HashSize {
			stored, err := r.store.Chunk(n)
			if err != nil {
				return nil, fmt.Errorf("chunk %d: %w", n, err)
			}
			chunk = append([]byte(nil), stored...)
			if len(r.recent) >= recentChunks {
				clear(r.recent)
			}
			r.recent[n] = chunk
		}
		if len(chunk) < at+tlog.HashSize {
			return nil, fmt.Errorf("chunk %d ends before position %d", n, index%ChunkHashes)
		}
		copy(hashes[i][:], chunk[at:])
	}
	return hashes, nil
}

// RootAt returns the root that the log had at an earlier size.
func RootAt(size int64, hashes tlog.HashReader) (tlog.Hash, error) {
	if size < 0 || size > MaxSize {
		return tlog.Hash{}, fmt.Errorf("root at size %d: out of range", size)
	}
	if size == 0 {
		return Tree{}.Root(), nil
	}
	root, err := tlog.TreeHash(size, hashes)
	if err != nil {
		return tlog.Hash{}, fmt.Errorf("root at size %d: %w", size, err)
	}
	return root, nil
}
