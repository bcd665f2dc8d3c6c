package api

import (
	"context"
	"sync"
	"time"

	"strikewatch/data"
)

// knownCollections remembers what the store says of its collections, which it
// counts anew whenever it is asked. What it remembers is of the present version
// of the data and at most a second old, since a record's time to become public
// may come without a write.
type knownCollections struct {
	mu    sync.Mutex
	known map[string]knownCollection
}

type knownCollection struct {
	data.Collection
	seq int64
	at  time.Time
}

// find returns a collection, or fails with data.ErrNotFound.
func (k *knownCollections) find(ctx context.Context, store *data.Store, id string, now time.Time) (data.Collection, error) {
	seq, _ := store.DataVersion()
	k.mu.Lock()
	kept, found := k.known[id]
	k.mu.Unlock()
	if found && kept.seq == seq && now.Sub(kept.at) < time.Second {
		return kept.Collection, nil
	}
	collection, err := store.Collection(ctx, id)
	if err != nil {
		return collection, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.known[id] = knownCollection{collection, seq, now}
	return collection, nil
}
