package report_test

import (
	"io"
	"log/slog"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"strikewatch/data"
	"strikewatch/data/report"
)

// postOffice is a real SMTP server that keeps what it is given.
type postOffice struct {
	mu      sync.Mutex
	letters []letter
	refuse  func(to string) bool
	port    int
}

type letter struct {
	to   string
	body []byte
}

func openPostOffice(t *testing.T) *postOffice {
	t.Helper()
	o := &postOffice{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.port = l.Addr().(*net.TCPAddr).Port
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{office: o}, nil }))
	server.Domain = "localhost"
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return o
}

func (o *postOffice) received() []letter {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.letters)
}

type session struct {
	office *postOffice
	to     string
}

func (s *session) Mail(string, *smtp.MailOptions) error { return nil }
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	s.office.mu.Lock()
	defer s.office.mu.Unlock()
	if s.office.refuse != nil && s.office.refuse(to) {
		return &smtp.SMTPError{Code: 451, Message: "try again later"}
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	s.office.mu.Lock()
	defer s.office.mu.Unlock()
	s.office.letters = append(s.office.letters, letter{s.to, body})
	return err
}
func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

// clock is moved by hand.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) set(at string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var err error
	if c.at, err = time.Parse(time.RFC3339, at); err != nil {
		c.at = time.Time{}
	}
}

// desk runs schedules over a database of its own; restart opens it anew.
type desk struct {
	t      *testing.T
	file   string
	clock  *clock
	office *postOffice
	plans  []report.Schedule
	store  *data.Store
	*report.Scheduler
}

func newDesk(t *testing.T, at string, plans ...report.Schedule) *desk {
	t.Helper()
	d := &desk{t: t, file: copyStarter(t), clock: &clock{}, office: openPostOffice(t), plans: plans}
	d.clock.set(at)
	d.restart()
	return d
}

func (d *desk) restart() {
	d.t.Helper()
	if d.store != nil {
		if err := d.store.Close(); err != nil {
			d.t.Fatal(err)
		}
	}
	var err error
	if d.store, err = data.Open(d.file, data.Options{Now: d.clock.now}); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { d.store.Close() })
	m := report.SMTP{Host: "127.0.0.1", Port: d.office.port, From: "Strikewatch <reports@example.org>"}
	if d.Scheduler, err = report.NewScheduler(d.store, d.plans, m, d.clock.now, slog.New(slog.DiscardHandler)); err != nil {
		d.t.Fatal(err)
	}
}

// tick moves the clock and makes one pass.
func (d *desk) tick(at string) {
	d.t.Helper()
	d.clock.set(at)
	if err := d.Tick(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}
