package data

import (
	"context"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"strikewatch/data/columns"
)

// words is what the q parameter asks for: any of the alternatives, of which all
// words must occur.
type words [][]wanted

// wanted is a word as it stands in a text and within a JSON string.
type wanted struct{ plain, escaped needle }

func wordsOf(text string) words {
	var all words
	for alternative := range strings.SplitSeq(text, ",") {
		var each []wanted
		for _, word := range strings.Fields(alternative) {
			each = append(each, wanted{newNeedle(word), newNeedle(inJSON(word))})
		}
		if len(each) > 0 {
			all = append(all, each)
		}
	}
	return all
}

// in tells whether any alternative has all its words, each found by has.
func (w words) in(has func(wanted) bool) bool {
	return slices.ContainsFunc(w, func(each []wanted) bool {
		return !slices.ContainsFunc(each, func(one wanted) bool { return !has(one) })
	})
}

// findWords reads all features that the public sees at some time, by as many
// readers as there are processors. Most are told apart by their bytes alone;
// the texts of the others are looked through one by one, since a word may stand
// in a name or a code too.
func (s *Store) findWords(ctx context.Context, collection, text string) ([]int64, error) {
	t, err := s.table(ctx, collection)
	if err != nil {
		return nil, err
	}
	asked := wordsOf(text)
	if len(asked) == 0 {
		return []int64{}, nil
	}
	seqs, fetch := t.Seqs(), s.fetcher(ctx)
	const part = 64 * fetchRows
	found := make([][]int64, (len(seqs)+part-1)/part)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for k := range found {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			seqs := seqs[k*part : min((k+1)*part, len(seqs))]
			look := looker{words: asked, schema: schemaOf(collection)}
			return fetch(seqs, func(i int, feature []byte) error {
				ok, err := look.in(feature)
				if ok {
					found[k] = append(found[k], seqs[i])
				}
				return err
			})
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return slices.Concat(found...), nil
}

// looker looks for words in features, one after the other.
type looker struct {
	words  words
	schema *columns.Schema
	record columns.Record
	texts  []string
}

func (l *looker) in(feature []byte) (bool, error) {
	if !l.words.in(func(w wanted) bool { return w.escaped.in(feature) }) {
		return false, nil
	}
	if err := l.schema.Decode(feature, &l.record); err != nil {
		return false, err
	}
	l.texts = l.texts[:0]
	for i, f := range l.schema.Fields {
		if isText(f) && l.record.Values[i].Kind == columns.TextValue {
			l.texts = append(l.texts, l.record.Values[i].Text)
		}
	}
	return l.words.in(func(w wanted) bool {
		return slices.ContainsFunc(l.texts, func(text string) bool { return w.plain.in([]byte(text)) })
	}), nil
}

// isText tells the fields that words are looked for in: not those of codes.
func isText(f columns.Field) bool { return f.Type == columns.Text && len(f.Codes) == 0 }
