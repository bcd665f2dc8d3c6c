package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/mail"
	"net/url"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"strikewatch/api"
	"strikewatch/data"
	"strikewatch/data/starter"
	"strikewatch/frontend"
)

// serveGC lets garbage grow to half of what is in use. Columns hold no pointers,
// so that collecting is cheap and memory is what counts.
const serveGC = 50

// serve answers requests and runs the schedules until it is told to stop.
func serve(ctx context.Context, p *program, args []string) error {
	o := newOptions(p, "serve", "serve [--db FILE] [--listen HOST:PORT] [--empty] [--config FILE]")
	listen := o.String("listen", "127.0.0.1:8080", "`HOST:PORT` to serve at")
	empty := o.Bool("empty", false, "make a missing database without the starter dataset")
	key := o.String("key", "", "`FILE` of the key that signs the change log (default: the database's name with .key; made when missing)")
	public := o.String("public-url", "", "scheme and host that links carry, for example https://example.org")
	contact := o.String("contact", "", "mail `ADDRESS` or web page where errors in the data are reported; offered nowhere when not given")
	background := o.String("basemap", "", "PMTiles `FILE`, or the address of a MapLibre style, drawn below the map; its own land and water suffice when not given")
	verbose := o.Bool("verbose", false, "log every request")
	rest, err := o.parse(args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return usagef("%q is too much", rest[0])
	}
	if err := checkContact(*contact); err != nil {
		return err
	}
	basemap, err := openBasemap(*background)
	if err != nil {
		return err
	}
	if archive, ok := basemap.Archive.(io.Closer); ok {
		defer archive.Close()
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(serveGC)
	}
	level := slog.LevelInfo
	if *verbose {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: level}))
	store, err := p.prepareStore(ctx, o.db, *key, *empty)
	if err != nil {
		return err
	}
	defer store.Close()
	l, err := net.Listen("tcp", *listen)
	if err != nil {
		return fmt.Errorf("--listen %s: %w", *listen, err)
	}
	jobs, err := startJobs(ctx, o, store, log)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	defer jobs.wait()
	fmt.Fprintf(p.stderr, "Strikewatch at http://%s\n", l.Addr())
	return serveHTTP(ctx, l, api.New(store, api.Options{
		Web: frontend.Files(), Now: p.now, Logger: log, Version: programVersion(), PublicURL: *public, Contact: *contact, Basemap: basemap,
		BorderReport: jobs.borderReport,
	}), log)
}

// checkContact refuses what could not be followed as a link.
func checkContact(contact string) error {
	if contact == "" {
		return nil
	}
	if u, err := url.Parse(contact); err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http") {
		return nil
	}
	if a, err := mail.ParseAddress(contact); err == nil && a.Name == "" {
		return nil
	}
	return usagef("--contact %q: give a mail address (desk@example.org) or the address of a web page (https://example.org/errors)", contact)
}

// openBasemap takes the address of a style, or opens an archive, which the
// caller closes.
func openBasemap(given string) (api.Basemap, error) {
	if given == "" {
		return api.Basemap{}, nil
	}
	if strings.HasPrefix(given, "http://") || strings.HasPrefix(given, "https://") {
		u, err := url.Parse(given)
		if err != nil || u.Host == "" {
			return api.Basemap{}, usagef("--basemap %q: give the address of a style, for example https://tiles.example.org/style.json", given)
		}
		return api.Basemap{Style: given}, nil
	}
	f, err := os.Open(given)
	if err != nil {
		return api.Basemap{}, usagef("--basemap: %v; give a PMTiles file or the address of a style", err)
	}
	info, err := f.Stat()
	if err != nil {
		return api.Basemap{}, errors.Join(err, f.Close())
	}
	b := api.Basemap{Archive: f, Size: info.Size(), Modified: info.ModTime()}
	if err := b.CheckArchive(); err != nil {
		return api.Basemap{}, errors.Join(usagef("--basemap %s: %v", given, err), f.Close())
	}
	return b, nil
}

func serveHTTP(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	server := &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog:    slog.NewLogLogger(log.Handler(), slog.LevelDebug),
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		stop, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		return server.Shutdown(stop)
	}
}

// prepareStore opens the database; a missing one is made and filled, and does
// not stay when that fails.
func (p *program) prepareStore(ctx context.Context, db, keyFile string, empty bool) (*data.Store, error) {
	_, err := os.Stat(db)
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		return nil, err
	}
	key, err := signerKey(db, keyFile)
	if err != nil {
		return nil, err
	}
	store, err := data.Open(db, data.Options{Now: p.now, Signer: key})
	if err != nil || !missing || empty {
		return store, err
	}
	started := time.Now()
	p.progress("making %s from the starter dataset ...", db)
	n, err := starter.Load(ctx, store)
	if err != nil {
		err = errors.Join(err, store.Close(), os.Remove(db))
		return nil, err
	}
	p.progress(" %d records in %.1f s\n", n, time.Since(started).Seconds())
	return store, nil
}

// progress tells a person at a terminal what takes its time; a pipe hears nothing.
func (p *program) progress(format string, args ...any) {
	if p.terminal {
		fmt.Fprintf(p.stderr, format, args...)
	}
}
