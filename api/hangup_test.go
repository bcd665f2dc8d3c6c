package api_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"sync"
	"testing"
	"time"

	"strikewatch/data"
	"strikewatch/data/codec"
)

// newNoisyStore holds strikes whose texts do not compress, so that a file of
// them has several megabytes in every format.
func newNoisyStore(t *testing.T) *data.Store {
	t.Helper()
	store := newEmptyStore(t)
	random := rand.New(rand.NewPCG(5, 6))
	noise := make([]byte, 1500)
	var all []data.Document
	for n := range 2000 {
		for i := range noise {
			noise[i] = byte('!' + random.IntN(90))
		}
		all = append(all, strike(fmt.Sprintf("mm-%04d", n), "2024-11-01", func(i *data.Incident) { i.Summary = string(noise) }))
	}
	write(t, store, all...)
	return store
}

// leavers serves a handler to clients that hang up, and counts what is written
// to them once they are gone.
type leavers struct {
	http.Handler
	ended chan int
}

func (l leavers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	client := &leaver{ResponseWriter: w, gone: r.Context().Done()}
	defer func() { l.ended <- client.after }() // also when the handler breaks the connection off
	l.Handler.ServeHTTP(client, r)
}

type leaver struct {
	http.ResponseWriter
	gone  <-chan struct{}
	first sync.Once
	after int
}

func (l *leaver) Flush() { l.ResponseWriter.(http.Flusher).Flush() }

// Write sends the first bytes and goes on when the client has left.
func (l *leaver) Write(b []byte) (int, error) {
	l.after += len(b)
	l.first.Do(func() { l.after = 0 })
	n, err := l.ResponseWriter.Write(b)
	l.Flush()
	<-l.gone
	return n, err
}

// TestHangUpInMidStream: over a real connection, a client that has read the
// first byte and leaves is sent nothing more of what is built or streamed
// bufferful by bufferful; no temporary file and no goroutine stays.
func TestHangUpInMidStream(t *testing.T) {
	h := newHandler(t, newNoisyStore(t))
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	before := runtime.NumGoroutine()
	ended := make(chan int)
	server := httptest.NewServer(leavers{h, ended})
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	leave := func(target, encoding string, bound int) {
		t.Helper()
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+target, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Accept-Encoding", encoding)
		response, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(response.Body, make([]byte, 1)); err != nil {
			t.Errorf("%s: %v", target, err)
		}
		response.Body.Close()
		if after := <-ended; after > bound {
			t.Errorf("%s as %s: %d bytes were made for nobody", target, encoding, after)
		}
		if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
			t.Errorf("%s leaves behind %v %v", target, left, err)
		}
	}
	const buffer = 64 << 10
	for _, f := range codec.Formats() {
		leave("/api/collections/incidents/items?f="+f.Name, "identity", 0)
	}
	for _, encoding := range []string{"gzip", "zstd"} { // what the encoder still holds of one buffer of 256 KiB
		leave("/api/collections/incidents/items?f=csv", encoding, 4*buffer)
		leave("/api/collections/incidents/items?f=geojson", encoding, 4*buffer)
	}
	leave("/api/collections/incidents/items?limit=10000", "identity", buffer)
	server.Close()
	client.CloseIdleConnections()
	for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// impatient is the context of a client that leaves when it has been asked for
// so many times, and counts how often it is asked after that. The database's
// driver asks from a goroutine of its own.
type impatient struct {
	context.Context
	mu          sync.Mutex
	left, after int
	leave       context.CancelFunc
}

func (i *impatient) Err() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.left--; i.left == 0 {
		i.leave()
	} else if i.left < 0 {
		i.after++
	}
	return i.Context.Err()
}

// TestHangUpBetweenRows: whatever the format, no row is encoded for a client
// that left, also before anything was sent.
func TestHangUpBetweenRows(t *testing.T) {
	store := newNoisyStore(t)
	h := newHandler(t, store)
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	for _, f := range codec.Formats() {
		inner, cancel := context.WithCancel(t.Context())
		ctx := &impatient{Context: inner, left: 1000, leave: cancel}
		recorder := httptest.NewRecorder()
		func() {
			defer func() {
				if v := recover(); v != nil && v != http.ErrAbortHandler {
					t.Errorf("%s: %v", f.Name, v)
				}
			}()
			h.ServeHTTP(recorder, httptest.NewRequestWithContext(ctx, http.MethodGet, "http://test/api/collections/incidents/items?f="+f.Name, nil))
		}()
		cancel()
		ctx.mu.Lock()
		if ctx.left > 0 {
			t.Errorf("%s: nobody looks whether the client is there", f.Name)
		}
		if ctx.after > 3 { // the answer's status and log
			t.Errorf("%s: went on %d times", f.Name, ctx.after)
		}
		ctx.mu.Unlock()
		if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
			t.Errorf("%s leaves behind %v %v", f.Name, left, err)
		}
	}
}

// TestHangUpBefore: nothing is computed for a client that left in the queue.
func TestHangUpBefore(t *testing.T) {
	h := newHandler(t, newStore(t))
	for _, target := range []string{"/api/collections/incidents/items", "/api/collections/territory/items?datetime=2024-11-01",
		"/api/collections/incidents/tiles/WebMercatorQuad/6/27/49", "/api/collections/territory/tiles/WebMercatorQuad/6/27/49", "/api/territory/sizes"} {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		recorder := httptest.NewRecorder()
		h.ServeHTTP(recorder, httptest.NewRequestWithContext(ctx, http.MethodGet, "http://test"+target, nil))
		if recorder.Code != 499 || recorder.Body.Len() > 0 {
			t.Errorf("%s: %d, %d bytes", target, recorder.Code, recorder.Body.Len())
		}
	}
}
