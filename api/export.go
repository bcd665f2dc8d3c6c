package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
	"strikewatch/data/codec"
	"strikewatch/data/columns"
)

// exportItems writes every feature of the query as a file, or one page of
// them when a limit is given. It streams: a client that hangs up ends the
// work.
func (s *server) exportItems(c *gin.Context, collection data.Collection, query data.Query, f format, keep projection) error {
	ctx := c.Request.Context()
	var page data.Page
	paged := limitGiven(c.Request.URL.Query()) > 0 || c.Query("after") != "" || len(query.Sort) > 0
	rows := 0
	if paged {
		if limitGiven(c.Request.URL.Query()) == 0 {
			query.Limit = maxExportPage
		}
		result, err := s.store.Page(ctx, query)
		if err != nil {
			return err
		}
		page, rows = result, len(result.Features)
		if result.Next != "" {
			c.Header("Link", "<"+s.nextURL(c, result.Next)+`>; rel="next"; type="`+bareMedia(f.media)+`"`)
		}
	} else {
		count, err := s.store.Count(ctx, query)
		if err != nil {
			return err
		}
		rows = count
	}
	c.Header("Content-Type", f.media)
	c.Header("Content-Disposition", `attachment; filename="`+fileName(c, collection.ID, f.extension)+`"`)
	note, err := s.checkpointNote(c)
	if err != nil {
		return err
	}
	meta := s.exportMeta(c, collection, query, rows, note)
	meta.Schema = keep.narrow(query.Schema())
	if meta.LeftOut, err = s.leftOut(ctx, collection.ID); err != nil {
		return err
	}
	target := &outlet{Writer: c.Writer}
	out, err := codec.NewWriter(f.name, target, meta)
	if err != nil {
		return err
	}
	write := func(feature []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return out.Write(keep.apply(feature))
	}
	if paged {
		err = writeAll(page.Features, write)
	} else {
		err = s.exportAll(ctx, query, f, meta.Schema, out, write)
	}
	if err != nil {
		err = fmt.Errorf("export %s: %w", collection.ID, err)
		target.broken = err
	}
	return errors.Join(err, out.Close())
}

// exportAll writes every match: from memory where the format and the
// properties asked for allow it, else feature by feature.
func (s *server) exportAll(ctx context.Context, query data.Query, f format, schema *columns.Schema, out codec.Writer, write func([]byte) error) error {
	if !f.records {
		return s.store.Stream(ctx, query, write)
	}
	var names []string
	for i := range schema.Fields {
		names = append(names, schema.Fields[i].Name)
	}
	rows, err := s.store.Records(ctx, query, names)
	if err != nil {
		return err
	}
	if rows == nil {
		return s.store.Stream(ctx, query, write)
	}
	return rows.Each(func(r *columns.Record) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return out.WriteRecord(r)
	})
}

// outlet takes no more once it is broken, so that a file which broke off is
// not closed like a whole one.
type outlet struct {
	io.Writer
	broken error
}

func (o *outlet) Write(b []byte) (int, error) {
	if o.broken != nil {
		return 0, o.broken
	}
	return o.Writer.Write(b)
}

// maxExportPage bounds a sorted export, which is read as one page.
const maxExportPage = 10_000

func writeAll(features [][]byte, write func([]byte) error) error {
	for _, feature := range features {
		if err := write(feature); err != nil {
			return err
		}
	}
	return nil
}

func (s *server) exportMeta(c *gin.Context, collection data.Collection, query data.Query, rows int, checkpoint string) codec.Meta {
	deployment := s.store.Deployment()
	known := query.KnownAt
	if known.IsZero() {
		known = s.now()
	}
	meta := codec.Meta{
		Schema: query.Schema(), Layer: collection.ID, Title: deployment.Title + ": " + collection.Title,
		Description: collection.Description, Query: s.self(c), KnownAt: known, Generated: s.now(), Rows: int64(rows), Checkpoint: checkpoint,
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
