package api

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
	"strikewatch/data/codec"
	"strikewatch/data/columns"
)

// export is a file about to be written.
type export struct {
	store  *data.Store
	files  *exportFiles
	query  data.Query
	format format
	keep   projection
	meta   codec.Meta
	page   *data.Page // what it holds; nil: every match
}

// exportItems writes every feature of the query as a file, or one page of
// them when a limit is given. It streams: a client that hangs up ends the
// work. What is pinned to a version of the data can be had in ranges.
func (s *server) exportItems(c *gin.Context, collection data.Collection, query data.Query, f format, keep projection, pinned, hxl bool) error {
	e, err := s.newExport(c, collection, query, f, keep)
	if err != nil {
		return err
	}
	e.meta.HXL = hxl
	c.Header("Content-Type", f.media)
	c.Header("Content-Disposition", `attachment; filename="`+fileName(c, collection.ID, f.extension)+`"`)
	c.Header("Link", s.describedBy(c))
	if e.page != nil && e.page.Next != "" {
		c.Writer.Header().Add("Link", "<"+s.nextURL(c, e.page.Next)+`>; rel="next"; type="`+bareMedia(f.media)+`"`)
	}
	ctx := c.Request.Context()
	switch {
	case pinned && (c.GetHeader("Range") != "" || c.Request.Method == http.MethodHead): // who asks how long it is comes for parts
		return s.serveRange(c, func(w io.Writer) error { return e.writeTo(ctx, w) })
	case pinned:
		c.Header("Accept-Ranges", "bytes")
	case c.Request.Method == http.MethodHead:
		c.Status(http.StatusOK)
		return nil
	}
	return e.writeTo(ctx, c.Writer)
}

func (s *server) newExport(c *gin.Context, collection data.Collection, query data.Query, f format, keep projection) (*export, error) {
	ctx := c.Request.Context()
	e := &export{store: s.store, files: &s.files, query: query, format: f, keep: keep}
	rows := 0
	if limitGiven(c.Request.URL.Query()) > 0 || c.Query("after") != "" || len(query.Sort) > 0 {
		if limitGiven(c.Request.URL.Query()) == 0 {
			e.query.Limit = maxExportPage
		}
		page, err := s.store.Page(ctx, e.query)
		if err != nil {
			return nil, err
		}
		e.page, rows = &page, page.Returned
	} else {
		count, err := s.store.Count(ctx, query)
		if err != nil {
			return nil, err
		}
		rows = count
	}
	note, err := s.checkpointNote(c)
	if err != nil {
		return nil, err
	}
	e.meta = s.exportMeta(c, collection, query, rows, note)
	e.meta.Schema = keep.narrow(query.Schema())
	e.meta.LeftOut, err = s.leftOut(ctx, collection.ID)
	return e, err
}

// writeTo writes the file. One that breaks off is not closed like a whole one.
func (e *export) writeTo(ctx context.Context, w io.Writer) error {
	e.meta.Stopped = ctx.Err
	var size int64 // of what is built aside
	defer func() { e.files.giveBack(size) }()
	e.meta.Room = func(n int64) error { return e.files.grow(&size, n) }
	out, err := codec.NewWriter(e.format.name, clientWriter{ctx, w}, e.meta)
	if err != nil {
		return err
	}
	if err := e.writeFeatures(ctx, out); err != nil {
		out.Abort(fmt.Errorf("export %s: %w", e.query.Collection, err))
	}
	return out.Close()
}

// clientWriter takes nothing more once the client is gone: what was built
// aside is not read to its end for nobody.
type clientWriter struct {
	ctx context.Context
	io.Writer
}

func (w clientWriter) Write(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.Writer.Write(b)
}

// writeFeatures writes every match: from memory where the format and the
// properties asked for allow it, else feature by feature.
func (e *export) writeFeatures(ctx context.Context, out codec.Writer) error {
	write := func(feature []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return out.Write(e.keep.apply(feature))
	}
	if e.page != nil {
		return e.page.Each(write)
	}
	if !e.format.records {
		return e.store.Stream(ctx, e.query, write)
	}
	var names []string
	for i := range e.meta.Schema.Fields {
		names = append(names, e.meta.Schema.Fields[i].Name)
	}
	rows, err := e.store.Records(ctx, e.query, names)
	if err != nil {
		return err
	}
	if rows == nil {
		return e.store.Stream(ctx, e.query, write)
	}
	return rows.Each(func(r *columns.Record) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return out.WriteRecord(r)
	})
}

// maxExportPage bounds a sorted export, which is read as one page.
const maxExportPage = 10_000

func (s *server) exportMeta(c *gin.Context, collection data.Collection, query data.Query, rows int, checkpoint string) codec.Meta {
	deployment := s.store.Deployment()
	generated := s.answered(c, query)
	known := query.KnownAt
	if known.IsZero() {
		known = generated
	}
	meta := codec.Meta{
		Schema: query.Schema(), Layer: collection.ID, Title: deployment.Title + ": " + collection.Title,
		Description: collection.Description, Query: s.self(c), KnownAt: known, Generated: generated, Rows: int64(rows), Checkpoint: checkpoint,
	}
	for _, a := range deployment.Attribution {
		meta.Attribution = append(meta.Attribution, codec.Attribution{Title: a.Title, Origin: a.Origin,
			Licence: a.Licence, LicenceURL: a.LicenceURL, Text: a.Attribution})
	}
	return meta
}

// leftOut counts what stays out of every answer since its sources forbid to
// hand it on. Only incidents rest on sources.
func (s *server) leftOut(ctx context.Context, collection string) (int, error) {
	if collection != data.Incidents {
		return 0, nil
	}
	return s.store.LeftOut(ctx)
}

// fileName names a download after its collection and period.
func fileName(c *gin.Context, collection, extension string) string {
	name := "strikewatch-" + collection
	if period := c.Query("datetime"); period != "" {
		name += "-" + strings.Map(fileRune, strings.ReplaceAll(period, "/", "_"))
	}
	return name + extension
}

// fileRune drops what a file name or a header had better not hold.
func fileRune(r rune) rune {
	if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("-_", r) {
		return r
	}
	return -1
}
