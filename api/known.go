package api

import (
	"context"
	"sync"

	"strikewatch/data"
)

// knownCollections remembers what the store says of its collections, which it
// counts anew whenever it is asked, for one version of the data.
type knownCollections struct {
	mu      sync.Mutex
	version int64
	known   map[string]data.Collection
}

// find returns a collection, or fails with data.ErrNotFound.
func (k *knownCollections) find(ctx context.Context, store *data.Store, id string) (data.Collection, error) {
	version, _ := store.DataVersion()
	k.mu.Lock()
	kept, found := k.known[id]
	found = found && k.version == version
	k.mu.Unlock()
	if found {
		return kept, nil
	}
	collection, err := store.Collection(ctx, id)
	if err != nil {
		return collection, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.version != version {
		k.version, k.known = version, map[string]data.Collection{}
	}
	k.known[id] = collection
	return collection, nil
}
