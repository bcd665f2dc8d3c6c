package proof

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	// ChunkHashes is the number of hashes in a full chunk. A small write
	// rewrites the last chunk, a proof reads about twenty: 256 keeps both low.
	ChunkHashes = 256
	// ChunkSize is the length in bytes of a full chunk.
	ChunkSize = ChunkHashes * tlog.HashSize
)

// ErrNoChunk is what a ChunkStore answers for a chunk that it does not hold.
var ErrNoChunk = errors.New("no such chunk")

// ChunkStore reads the log's stored hashes, which lie in the order of
// tlog.StoredHashIndex: hash i is the (i mod ChunkHashes)-th of chunk
// i / ChunkHashes. Every chunk but the last is full.
type ChunkStore interface {
	// Chunk returns chunk n (from 0), or an error that wraps ErrNoChunk. The
	// bytes are the caller's to read until the next call.
	Chunk(n int64) ([]byte, error)
}

// Chunk is a chunk to be written, in place of any that has its number.
type Chunk struct {
	N      int64
	Hashes []byte // not to be changed
}

// Tree is the right edge of a log: all that appending needs. It is a value:
// Append returns the next tree and leaves the old one usable, so that a
// transaction which rolls back loses nothing. The zero Tree is the empty log.
type Tree struct {
	size int64
	edge []tlog.Hash // roots of the complete subtrees, the largest first
	tail []byte      // hashes in the last chunk while it is not full
	full int64       // number of full chunks
}

// Size returns the number of leaves, which is the Seq of the last one.
func (t Tree) Size() int64 { return t.size }

// Root returns the root hash of RFC 6962; for the empty log SHA-256 of nothing.
func (t Tree) Root() tlog.Hash { return foldEdge(t.edge) }

func foldEdge(edge []tlog.Hash) tlog.Hash {
	if len(edge) == 0 {
		return sha256.Sum256(nil)
	}
	root := edge[len(edge)-1]
	for i := len(edge) - 2; i >= 0; i-- {
		root = tlog.NodeHash(edge[i], root)
	}
	return root
}

// Append returns the tree with the leaves added, and the chunks to write so
// that the store holds it. The leaves have Seq t.Size()+1 and following.
func (t Tree) Append(leaves []tlog.Hash) (Tree, []Chunk) {
	if len(leaves) == 0 {
		return t, nil
	}
	next := Tree{
		size: t.size, full: t.full,
		edge: append(make([]tlog.Hash, 0, 64), t.edge...),
		tail: append(make([]byte, 0, ChunkSize), t.tail...),
	}
	changed := make([]Chunk, 0, 2+2*len(leaves)/ChunkHashes)
	for _, h := range leaves {
		next.tail, changed = next.put(h, changed)
		for n := next.size; n&1 == 1; n >>= 1 {
			last := len(next.edge) - 1
			h = tlog.NodeHash(next.edge[last], h)
			next.edge = next.edge[:last]
			next.tail, changed = next.put(h, changed)
		}
		next.edge = append(next.edge, h)
		next.size++
	}
	if len(next.tail) > 0 {
		changed = append(changed, Chunk{next.full, next.tail})
	}
	return next, changed
}

func (t *Tree) put(h tlog.Hash, changed []Chunk) ([]byte, []Chunk) {
	tail := append(t.tail, h[:]...)
	if len(tail) < ChunkSize {
		return tail, changed
	}
	changed = append(changed, Chunk{t.full, tail})
	t.full++
	return make([]byte, 0, ChunkSize), changed
}

// Load reads the tree of a log of that size. It fails when the store holds
// more or fewer hashes than such a log has.
func Load(size int64, store ChunkStore) (Tree, error) {
	if size < 0 || size > MaxSize {
		return Tree{}, fmt.Errorf("load log: size %d is out of range", size)
	}
	count := tlog.StoredHashCount(size)
	t := Tree{size: size, full: count / ChunkHashes}
	stored, err := store.Chunk(t.full)
	if err != nil && (!errors.Is(err, ErrNoChunk) || count%ChunkHashes != 0) {
		return Tree{}, fmt.Errorf("load log of size %d: chunk %d: %w", size, t.full, err)
	}
	if want := int(count%ChunkHashes) * tlog.HashSize; len(stored) != want {
		return Tree{}, fmt.Errorf("load log of size %d: chunk %d has %d bytes, want %d", size, t.full, len(stored), want)
	}
	t.tail = append([]byte(nil), stored...)
	t.edge, err = NewReader(store).ReadHashes(edgeIndexes(size))
	if err != nil {
		return Tree{}, fmt.Errorf("load log of size %d: %w", size, err)
	}
	return t, nil
}

// edgeIndexes returns where the roots of the complete subtrees are stored.
func edgeIndexes(size int64) []int64 {
	var indexes []int64
	for done := int64(0); done < size; {
		level := bits.Len64(uint64(size-done)) - 1
		indexes = append(indexes, tlog.StoredHashIndex(level, done>>level))
		done += 1 << level
	}
	return indexes
}
