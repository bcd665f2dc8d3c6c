package api

import (
	"container/list"
	"sync"
)

// tileCacheBytes bounds the tiles kept in memory.
const tileCacheBytes = 64 << 20

// tileCache keeps the tiles asked for last. Keys hold the version of the data,
// so that what is outdated is never found and falls out.
type tileCache struct {
	mu     sync.Mutex
	bytes  int
	tiles  map[string]*list.Element
	recent *list.List // of *cachedTile, the last asked for in front
}

type cachedTile struct {
	key  string
	tile []byte
}

func newTileCache() *tileCache {
	return &tileCache{tiles: map[string]*list.Element{}, recent: list.New()}
}

func (t *tileCache) get(key string) ([]byte, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e, found := t.tiles[key]
	if !found {
		return nil, false
	}
	t.recent.MoveToFront(e)
	kept, _ := e.Value.(*cachedTile)
	return kept.tile, true
}

func (t *tileCache) put(key string, tile []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, found := t.tiles[key]; found {
		return
	}
	t.tiles[key] = t.recent.PushFront(&cachedTile{key, tile})
	t.bytes += len(key) + len(tile)
	for t.bytes > tileCacheBytes && t.recent.Len() > 1 {
		last := t.recent.Back()
		old, _ := t.recent.Remove(last).(*cachedTile)
		delete(t.tiles, old.key)
		t.bytes -= len(old.key) + len(old.tile)
	}
}
