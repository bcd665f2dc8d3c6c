package api

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
)

func eventFormat() format {
	return format{name: "sse", title: "server-sent events", media: "text/event-stream"}
}

// feed tells every open event stream of each commit. A stream that can not
// keep up loses events and is told so by the gap in data_version.
type feed struct {
	mu      sync.Mutex
	streams map[chan commitEvent]bool
}

// commitEvent is one commit as the public may hear of it: the version of the
// data, and the changes to what can be seen.
type commitEvent struct {
	DataVersion int64         `json:"data_version"`
	Changes     []changeEvent `json:"changes"`
}

type changeEvent struct {
	Collection string `json:"collection"`
	ID         string `json:"id"`
	Version    int64  `json:"version"`
	Operation  string `json:"operation"`
	RecordedAt string `json:"recorded_at"`
}

// waitingEvents are kept for a slow stream.
const waitingEvents = 16

// maxChangesTold bounds an event: who hears of a bulk import reads it anew.
const maxChangesTold = 100

func newFeed(store *data.Store) *feed {
	f := &feed{streams: map[chan commitEvent]bool{}}
	store.Subscribe(func(changes []data.Change) {
		event := publicEvent(changes)
		event.DataVersion, _ = store.DataVersion()
		f.tell(event)
	})
	return f
}

func publicEvent(changes []data.Change) commitEvent {
	event := commitEvent{Changes: []changeEvent{}}
	for _, change := range changes {
		if change.Public && len(event.Changes) < maxChangesTold {
			event.Changes = append(event.Changes, changeEvent{change.Collection, change.ID, change.Version, change.Operation,
				rfc3339(change.RecordedAt)})
		}
	}
	return event
}

func (f *feed) tell(event commitEvent) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for stream := range f.streams {
		select {
		case stream <- event:
		default:
		}
	}
}

func (f *feed) open() (stream chan commitEvent, cancel func()) {
	stream = make(chan commitEvent, waitingEvents)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.streams[stream] = true
	return stream, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.streams, stream)
	}
}

// heartbeat keeps proxies from closing a stream on which nothing happens.
const heartbeat = 25 * time.Second

// streamEvents tells of each commit until the client goes away. The first
// event is the present version of the data.
func (s *server) streamEvents(c *gin.Context) error {
	stream, cancel := s.feed.open()
	defer cancel()
	c.Header("Content-Type", eventFormat().media)
	c.Header("Cache-Control", "no-store")
	c.Header("X-Accel-Buffering", "no")
	if c.Request.Method == http.MethodHead {
		c.Status(http.StatusOK)
		return nil
	}
	seq, _ := s.store.DataVersion()
	if err := writeEvent(c, commitEvent{DataVersion: seq, Changes: []changeEvent{}}); err != nil {
		return err
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-c.Request.Context().Done():
			return nil
		case <-beat.C:
			if _, err := c.Writer.WriteString(": still here\n\n"); err != nil {
				return nil // gone
			}
			c.Writer.Flush()
		case event := <-stream:
			if err := writeEvent(c, event); err != nil {
				return nil // gone
			}
		}
	}
}

func writeEvent(c *gin.Context, event commitEvent) error {
	text, err := encodeJSON(event)
	if err != nil {
		return fmt.Errorf("encode event: %w", err)
	}
	if _, err := fmt.Fprintf(c.Writer, "id: %d\nevent: commit\ndata: %s\n\n", event.DataVersion, text); err != nil {
		return err
	}
	c.Writer.Flush()
	return nil
}
