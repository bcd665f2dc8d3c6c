package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"runtime/debug"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
	"strikewatch/data/codec"
)

// handler answers a request or returns why it can not. Whoever returns an
// error has not written anything, except a stream that broke on the way.
type handler func(*gin.Context) error

// failures is the one table from errors to statuses. What is not in it is 500.
var failures = []struct {
	matches func(error) bool
	status  int
	name    string // fragment of the problem type
	title   string
}{
	{is(data.ErrNotFound), http.StatusNotFound, "not-found", "Not found"},
	{is(data.ErrConflict), http.StatusConflict, "conflict", "Changed meanwhile"},
	{is(codec.ErrTooLarge), http.StatusBadRequest, "too-large", "Too large for this format"},
	{isInvalid, http.StatusBadRequest, "invalid", "Can not be accepted"},
	{is(errMethod), http.StatusMethodNotAllowed, "method", "Method not allowed"},
	{is(errRange), http.StatusRequestedRangeNotSatisfiable, "range", "No such range"},
	{is(errFormat), http.StatusNotAcceptable, "format", "No such format"},
	{is(context.Canceled), statusClientGone, "gone", "The client went away"},
	{is(context.DeadlineExceeded), http.StatusServiceUnavailable, "busy", "Took too long"},
	{is(errCrowded), http.StatusServiceUnavailable, "crowded", "Too many files in the making"},
	{isFull, http.StatusInsufficientStorage, "full", "The server's disk is full"},
}

// retryAfter is in how many seconds a busy server is to be asked again.
const retryAfter = "30"

// statusClientGone is never seen by anyone: the client hung up.
const statusClientGone = 499

var (
	errMethod = errors.New("method not allowed")
	errFormat = errors.New("no such format")
)

func is(target error) func(error) bool {
	return func(err error) bool { return errors.Is(err, target) }
}

func isInvalid(err error) bool {
	var invalid *data.InvalidError
	return errors.As(err, &invalid)
}

// hinted adds to an error what the client may do about it.
type hinted struct {
	error
	detail, field, hint string
}

func (h hinted) Unwrap() error { return h.error }

// handle makes a route's handler: parameters are checked against the table,
// then the route answers.
func (s *server) handle(r route) gin.HandlerFunc {
	return s.wrap(func(c *gin.Context) error {
		if err := s.checkParameters(c, r); err != nil {
			return err
		}
		yield()
		if err := c.Request.Context().Err(); err != nil {
			return err // the client went away while others were served
		}
		return r.handle(c)
	})
}

// yield lines a request up behind those that came before. The scheduler serves
// a processor's own queue before the one that all share, in which a connection
// waits that was cut off in a system call or woken by the poller: while others
// compute without a pause, it could wait sixty turns. Yielding puts whatever is
// about to compute into the shared queue, which is first in, first out.
func yield() { runtime.Gosched() }

func (s *server) wrap(h handler) gin.HandlerFunc {
	return func(c *gin.Context) {
		defer s.recoverPanic(c)
		if err := h(c); err != nil {
			s.fail(c, err)
		}
	}
}

func (s *server) recoverPanic(c *gin.Context) {
	v := recover()
	if v == nil {
		return
	}
	if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(v)
	}
	s.fail(c, fmt.Errorf("panic: %v\n%s", v, debug.Stack()))
}

// fail answers a request that could not be served. When a part of the answer
// has left already the connection is broken off, so that nobody takes the part
// for the whole.
func (s *server) fail(c *gin.Context, err error) {
	p := s.problem(c, err)
	if p.Status == http.StatusInternalServerError && c.Request.Context().Err() != nil {
		p.Status = statusClientGone // whatever broke, broke because the client left
	}
	if p.Status == http.StatusInternalServerError || p.Status == http.StatusInsufficientStorage {
		s.log.Error("request failed", "request", requestID(c), "method", c.Request.Method,
			"url", c.Request.URL.RequestURI(), "error", err)
	}
	if w, ok := c.Writer.(*compressor); ok {
		w.takeBack()
	}
	if c.Writer.Written() {
		panic(http.ErrAbortHandler)
	}
	if p.Status == statusClientGone {
		c.Status(statusClientGone)
		return
	}
	for _, name := range []string{"Data-Version", "ETag", "Last-Modified", "Content-Disposition", "Content-Length", "Content-Type", "Accept-Ranges", "Link"} {
		c.Writer.Header().Del(name)
	}
	c.Header("Cache-Control", "no-store")
	if p.Status == http.StatusServiceUnavailable {
		c.Header("Retry-After", retryAfter)
	}
	s.writeProblem(c, p)
}
