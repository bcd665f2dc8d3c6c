package data

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"strikewatch/data/columns"
)

// textCache keeps which rows hold a text, until anything is written.
type textCache struct {
	mu    sync.Mutex
	found map[textQuestion][]int64
}

type textQuestion struct {
	collection, field, pattern string
	fold                       bool
}

// keptTexts bounds the cache; a map that is panned under one search needs one.
const keptTexts = 64

func (c *textCache) get(q textQuestion) ([]int64, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	seqs, ok := c.found[q]
	return seqs, ok
}

func (c *textCache) put(q textQuestion, seqs []int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.found == nil || len(c.found) >= keptTexts {
		c.found = map[textQuestion][]int64{}
	}
	c.found[q] = seqs
}

func (c *textCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.found = nil
}

// finder answers what the tables in memory do not hold: prose, and the q
// parameter. Words separated by spaces must all occur, alternatives are
// separated by commas, in any text that the public sees; Latin letters match
// regardless of case.
func (s *Store) finder(ctx context.Context, collection string) columns.TextFinder {
	return func(field, pattern string, fold bool) ([]int64, error) {
		q := textQuestion{collection, field, pattern, fold}
		if seqs, ok := s.texts.get(q); ok {
			return seqs, nil
		}
		look := func() lookup { return mayBeLike(pattern, fold) }
		if field == "" {
			asked := wordsOf(pattern)
			look = func() lookup { return asked.lookup(schemaOf(collection)) }
		}
		seqs, err := s.search(ctx, collection, look)
		if err == nil {
			s.texts.put(q, seqs)
		}
		return seqs, err
	}
}

// lookup tells whether a feature is looked for.
type lookup func(feature []byte) (bool, error)

// search reads all features that the public sees at some time, by as many
// readers as there are processors, each with a lookup of its own.
func (s *Store) search(ctx context.Context, collection string, look func() lookup) ([]int64, error) {
	t, err := s.table(ctx, collection)
	if err != nil {
		return nil, err
	}
	const part = 64 * fetchRows
	seqs := t.Seqs()
	found := make([][]int64, (len(seqs)+part-1)/part)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	fetch := s.fetcher(ctx)
	for k := range found {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			seqs, look := seqs[k*part:min((k+1)*part, len(seqs))], look()
			return fetch(seqs, func(i int, feature []byte) error {
				ok, err := look(feature)
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

// mayBeLike finds the features that may have a text like the pattern: those
// that hold its longest part without a sign, and with fold those that have any
// letter outside of ASCII, whose case is not known here. They are to be read.
func mayBeLike(pattern string, fold bool) lookup {
	if fold {
		pattern = columns.FoldCase(pattern)
	}
	part := newNeedle(inJSON(longestPart(pattern)))
	return func(feature []byte) (bool, error) {
		return part.in(feature) || fold && !ascii(feature), nil
	}
}

// longestPart of a LIKE pattern (% and _, \ escapes) stands in every match as it is.
func longestPart(like string) string {
	var longest, part []byte
	for at := 0; at < len(like); at++ {
		switch like[at] {
		case '%', '_':
			part = part[:0]
			continue
		case '\\':
			if at++; at == len(like) {
				return string(longest)
			}
		}
		if part = append(part, like[at]); len(part) > len(longest) {
			longest = append(longest[:0], part...)
		}
	}
	return string(longest)
}

// inJSON writes a word as it stands within a text of a feature.
func inJSON(word string) string {
	text := columns.AppendString(nil, word)
	return string(text[1 : len(text)-1])
}
