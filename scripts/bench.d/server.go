package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// server is a running `strikewatch serve`.
type server struct {
	cmd     *exec.Cmd
	log     bytes.Buffer
	address string
	started time.Duration // until the first answer
	done    chan error
}

// serve starts the server unless it runs.
func (b *bench) serve() (*server, error) {
	if b.server != nil {
		return b.server, nil
	}
	if err := b.ensureDatabase(); err != nil {
		return nil, err
	}
	s, err := b.serveFile(b.database())
	b.server = s
	return s, err
}

// serveFile starts a server on any database; one that is missing is made with
// the starter set.
func (b *bench) serveFile(database string) (*server, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	s := &server{address: address, done: make(chan error, 1)}
	s.cmd = quiet(b.ctx, b.program, "serve", "--db", database, "--listen", address)
	s.cmd.Stdout, s.cmd.Stderr = &s.log, &s.log
	start := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { s.done <- s.cmd.Wait() }()
	for {
		select {
		case err := <-s.done:
			return nil, fmt.Errorf("serve ended: %w\n%s", errors.Join(err, b.ctx.Err()), s.log.Bytes())
		case <-time.After(10 * time.Millisecond):
		}
		if response, err := http.Get("http://" + address + "/api/collections/incidents?f=json"); err == nil {
			s.started = time.Since(start)
			return s, response.Body.Close()
		}
	}
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func (s *server) stop() error {
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	select {
	case err := <-s.done:
		return err
	case <-time.After(15 * time.Second):
		return errors.Join(errors.New("serve does not stop"), s.cmd.Process.Kill())
	}
}

// busy returns the processor time that the server has used so far.
func (s *server) busy() (time.Duration, error) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(s.cmd.Process.Pid) + "/stat")
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), ") ") // the name may hold spaces
	fields := strings.Fields(rest)
	var ticks int64
	for _, field := range fields[11:13] { // utime and stime, see proc(5)
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * time.Second / 100, nil
}

// resetPeak lets the peak of what is resident begin anew, see proc(5).
func (s *server) resetPeak() error {
	return os.WriteFile("/proc/"+strconv.Itoa(s.cmd.Process.Pid)+"/clear_refs", []byte("5"), 0)
}

// memory returns the bytes resident now, those of them that are the program's
// own rather than pages of files, and the most that were resident.
func (s *server) memory() (resident, own, peak int64, err error) {
	f, err := os.Open("/proc/" + strconv.Itoa(s.cmd.Process.Pid) + "/status")
	if err != nil {
		return 0, 0, 0, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		name, rest, _ := strings.Cut(lines.Text(), ":")
		n, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(rest, " kB")), 10, 64)
		switch name {
		case "VmRSS":
			resident = n << 10
		case "RssAnon":
			own = n << 10
		case "VmHWM":
			peak = n << 10
		}
	}
	return resident, own, peak, lines.Err()
}
