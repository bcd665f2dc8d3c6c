package data_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/url"
	"slices"
	"testing"
	"time"

	"strikewatch/data"
)

// history is a random program of edits: records are created, changed,
// withheld, delayed, deleted and made anew.
type history struct {
	*world
	random *rand.Rand
	alive  map[string]bool
}

// next edits up to three records, and lets from no time to some hours pass, so
// that delayed records open in between.
func (h *history) next() {
	h.Helper()
	h.clock.advance(time.Duration(h.random.IntN(5)) * time.Hour)
	edits := map[string]data.Edit{}
	for range 1 + h.random.IntN(3) {
		id := fmt.Sprintf("r%02d", h.random.IntN(20))
		if _, taken := edits[id]; taken {
			continue
		}
		document := strike(func(i *data.Incident) {
			i.ID, i.KilledMin = id, ptr(int64(h.random.IntN(9)))
			switch h.random.IntN(6) {
			case 0:
				i.Withheld = true
			case 1, 2:
				i.PublishAfter = h.clock.at.Add(time.Duration(h.random.IntN(12)) * time.Hour).Format(time.RFC3339)
			}
		})
		switch {
		case !h.alive[id]:
			edits[id] = create(document)
			h.alive[id] = true
		case h.random.IntN(4) == 0:
			edits[id] = data.Edit{Operation: data.Delete, Collection: data.Incidents, ID: id}
			h.alive[id] = false
		default:
			edits[id] = update(document)
		}
	}
	ordered := make([]data.Edit, 0, len(edits))
	for _, id := range slices.Sorted(maps.Keys(edits)) {
		ordered = append(ordered, edits[id])
	}
	h.mustWrite(ordered...)
}

// fetch returns the features that a query finds, by id, going from page to
// page; between calls each time in between.
func (h *history) fetch(params url.Values, between func()) map[string]string {
	h.Helper()
	found := map[string]string{}
	params.Set("limit", "3")
	for {
		q, err := h.Parse(data.Incidents, params)
		if err != nil {
			h.Fatal(err)
		}
		page, err := h.Page(context.Background(), q)
		if err != nil {
			h.Fatal(err)
		}
		for _, feature := range h.features(page) {
			id := featureID(h.T, feature)
			if found[id] != "" {
				h.Fatalf("%s comes twice", id)
			}
			found[id] = string(feature)
		}
		if page.Next == "" {
			return found
		}
		params.Set("after", string(page.Next))
		between()
	}
}

func featureID(t *testing.T, feature []byte) string {
	t.Helper()
	var f struct{ ID string }
	if err := json.Unmarshal(feature, &f); err != nil {
		t.Fatal(err)
	}
	return f.ID
}

// TestCopyStaysWhole: whoever keeps a copy by asking for what changed since,
// and drops what is told to be gone, holds what a fresh copy holds, whatever
// happened in between. The change feed tells the same.
func TestCopyStaysWhole(t *testing.T) {
	for seed := range uint64(10) {
		h := &history{world: newWorld(t), random: rand.New(rand.NewPCG(seed, 4)), alive: map[string]bool{}}
		copied, since := h.fetch(url.Values{}, func() {}), h.clock.at
		follower := maps.Clone(copied) // by the change feed
		for range 25 {
			for range 1 + h.random.IntN(3) {
				h.next()
			}
			now := h.clock.at
			gone, err := h.Deleted(context.Background(), data.Incidents, since, time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			changed := h.fetch(url.Values{"updated_since": {since.Format(time.RFC3339Nano)}}, func() {})
			for _, id := range gone {
				delete(copied, id)
				if changed[id] != "" {
					t.Fatalf("seed %d: %s is gone and there", seed, id)
				}
			}
			maps.Copy(copied, changed)
			changes, err := h.Changes(context.Background(), since, now, 1000, data.Incidents)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range slices.Backward(changes) {
				if c.Feature == nil {
					delete(follower, c.ID)
				} else {
					follower[c.ID] = string(c.Feature)
				}
			}
			fresh := h.fetch(url.Values{}, func() {})
			if !maps.Equal(copied, fresh) {
				t.Fatalf("seed %d: %v since %v: the copy has %v, a fresh one %v", seed, now, since, keys(copied), keys(fresh))
			}
			if !maps.Equal(follower, fresh) {
				t.Fatalf("seed %d: %v since %v: who follows the feed has %v, a fresh copy %v", seed, now, since, keys(follower), keys(fresh))
			}
			since = now
		}
	}
}

// TestPagingWhileEdited: what is there from the first page to the last comes
// once, what never is does not, whatever is done between the pages.
func TestPagingWhileEdited(t *testing.T) {
	for seed := range uint64(10) {
		h := &history{world: newWorld(t), random: rand.New(rand.NewPCG(seed, 6)), alive: map[string]bool{}}
		for range 15 {
			h.next()
		}
		for _, params := range []url.Values{{}, {"sortby": {"-killed_min"}}, {"known_at": {}}} {
			past := url.Values{}
			if params.Has("known_at") {
				past.Set("known_at", h.clock.at.Format(time.RFC3339Nano))
				params = maps.Clone(past)
			}
			always := h.fetch(url.Values{}, func() {})
			ever := maps.Clone(always)
			paged := h.fetch(params, func() {
				h.next()
				now := h.fetch(maps.Clone(past), func() {})
				maps.DeleteFunc(always, func(id, feature string) bool { return now[id] != feature })
				maps.Copy(ever, now)
			})
			for id := range always {
				if paged[id] == "" {
					t.Errorf("seed %d, %v: %s is lost", seed, params, id)
				}
			}
			for id := range paged {
				if ever[id] == "" {
					t.Errorf("seed %d, %v: %s was never there", seed, params, id)
				}
			}
		}
	}
}

func keys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
