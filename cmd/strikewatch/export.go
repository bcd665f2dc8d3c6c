package main

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"strikewatch/data"
	"strikewatch/data/codec"
)

// export writes a collection, under the API's filters, in an open format.
func export(ctx context.Context, p *program, args []string) error {
	collection := data.Incidents
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		collection, args = args[0], args[1:]
	}
	o := newOptions(p, "export", "export [COLLECTION] [--format F] [-o FILE] [filters]")
	format := o.String("format", "geojson", "one of "+strings.Join(formatNames(), ", "))
	file := o.String("o", "", "`FILE` to write, whole or not at all; standard output when not given. Beside CSV and GeoJSON lines, FILE-metadata.json tells licence, query and fields")
	hxl := o.Bool("hxl", false, "CSV: a second header row of HXL hashtags")
	names, err := o.filterFlags(collection)
	if err != nil {
		return err
	}
	rest, err := o.parse(args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return usagef("%q is too much: name one collection", rest[0])
	}
	f, ok := codec.FormatByName(*format)
	if !ok {
		return usagef("--format %s: use one of %s", *format, strings.Join(formatNames(), ", "))
	}
	store, err := o.openStore()
	if err != nil {
		return err
	}
	defer store.Close()
	return writeExport(ctx, p, store, collection, o.given(names), f, *file, *hxl)
}

func writeExport(ctx context.Context, p *program, store *data.Store, collection string, params url.Values, f codec.Format, file string, hxl bool) error {
	q, err := store.Parse(collection, params)
	if err != nil {
		return err
	}
	meta, err := exportMeta(ctx, p, store, q, params)
	if err != nil {
		return err
	}
	meta.HXL, meta.Stopped = hxl, ctx.Err
	out, commit, err := p.output(file)
	if err != nil {
		return err
	}
	w, err := codec.NewWriter(f.Name, out, meta)
	if err != nil {
		return commit(err)
	}
	if params.Has("limit") || len(q.Sort) > 0 {
		err = writePages(ctx, store, q, params.Has("limit"), w)
	} else {
		err = store.Stream(ctx, q, w.Write)
	}
	if err != nil {
		w.Abort(err) // so that what was cut off does not look whole
	}
	if closed := w.Close(); err == nil {
		err = closed
	}
	if err := commit(err); err != nil || !f.Beside || file == "" || file == "-" {
		return err
	}
	return writeMetadata(p, &meta, file+metadataSuffix)
}

// metadataSuffix is what CSV on the Web adds to the name of a file to find its
// metadata (https://www.w3.org/TR/tabular-data-model/#standard-file-metadata).
const metadataSuffix = "-metadata.json"

// writeMetadata puts beside a file what its format has no place for.
func writeMetadata(p *program, meta *codec.Meta, file string) error {
	about, err := meta.JSON()
	if err != nil {
		return err
	}
	out, commit, err := p.output(file)
	if err != nil {
		return err
	}
	_, err = out.Write(append(about, '\n'))
	return commit(err)
}

// writePages follows the pages of a sorted export; with a limit, only the first.
func writePages(ctx context.Context, store *data.Store, q data.Query, first bool, w codec.Writer) error {
	for {
		page, err := store.Page(ctx, q)
		if err != nil {
			return err
		}
		if err := page.Each(w.Write); err != nil {
			return err
		}
		if first || page.Next == "" {
			return nil
		}
		q.After = page.Next
	}
}

func exportMeta(ctx context.Context, p *program, store *data.Store, q data.Query, params url.Values) (codec.Meta, error) {
	c, err := store.Collection(ctx, q.Collection)
	if err != nil {
		return codec.Meta{}, err
	}
	rows, err := store.Count(ctx, q)
	if err != nil {
		return codec.Meta{}, err
	}
	d := store.Deployment()
	m := codec.Meta{
		Schema: q.Schema(), Title: d.Title + ": " + c.Title, Description: c.Description,
		Query: "/api/collections/" + c.ID + "/items", KnownAt: q.KnownAt, Generated: p.now(), Rows: int64(rows),
	}
	if len(params) > 0 {
		m.Query += "?" + params.Encode()
	}
	if m.KnownAt.IsZero() {
		m.KnownAt = m.Generated
	}
	switch head, err := store.Checkpoint(ctx); {
	case err == nil:
		m.Checkpoint = head.Note
	case !errors.Is(err, data.ErrNotFound):
		return m, err
	}
	if c.ID == data.Incidents { // only they rest on sources
		if m.LeftOut, err = store.LeftOut(ctx); err != nil {
			return m, err
		}
	}
	for _, a := range d.Attribution {
		m.Attribution = append(m.Attribution, codec.Attribution{Title: a.Title, Origin: a.Origin, Licence: a.Licence, LicenceURL: a.LicenceURL, Text: a.Attribution})
	}
	return m, nil
}

func formatNames() []string {
	var names []string
	for _, f := range codec.Formats() {
		names = append(names, f.Name)
	}
	return names
}
