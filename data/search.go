package data

import (
	"context"
	"encoding/json"
	"strings"
	"sync"

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
		var seqs []int64
		var err error
		if field == "" {
			seqs, err = s.findWords(ctx, collection, pattern)
		} else {
			seqs, err = s.findText(ctx, collection, likeClause(field, pattern, fold))
		}
		if err == nil {
			s.texts.put(q, seqs)
		}
		return seqs, err
	}
}

// condition is SQL with its arguments.
type condition struct {
	sql  string
	args []any
}

func (s *Store) findText(ctx context.Context, collection string, c condition) ([]int64, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT seq FROM version
		WHERE collection = ? AND public_from IS NOT NULL AND withdrawn_by IS NULL AND (`+c.sql+`) ORDER BY seq`,
		append([]any{collection}, c.args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	seqs := []int64{}
	for rows.Next() {
		var seq int64
		if err := rows.Scan(&seq); err != nil {
			return nil, err
		}
		seqs = append(seqs, seq)
	}
	return seqs, rows.Err()
}

// foldable is where Unicode has the letters outside of ASCII that case folding
// changes, and some that it does not, as a GLOB. Burmese and Chinese have none.
const foldable = "*[\u00b5\u00c0-\u00df\u0100-\u0587\u10a0-\u10cd\u13f8-\u13fd\u1c80-\u1cbf\u1e00-\u1fff\u2126-\u2183\u24b6-\u24cf\u2c00-\u2cf2\ua640-\ua7ff\uab70-\uabbf\ufb00-\ufb17\uff21-\uff3a\U00010400-\U0001e921]*"

// likeClause asks for one property; without fold, Latin letters must match in
// case too, for which GLOB stands in with the pattern's signs translated. With
// it, texts with letters that SQLite knows no case of are all taken, to be
// read.
func likeClause(field, pattern string, fold bool) condition {
	if fold {
		path, value := "$.properties."+field, `json_extract(CAST(feature AS TEXT), ?)`
		return condition{value + ` LIKE ? ESCAPE '\' OR length(` + value + `) <> length(CAST(` + value + ` AS BLOB)) AND ` + value + ` GLOB ?`, // the lengths differ outside of ASCII, and are quick
			[]any{path, columns.FoldCase(pattern), path, path, path, foldable}}
	}
	return condition{`json_extract(CAST(feature AS TEXT), ?) GLOB ?`, []any{"$.properties." + field, globOf(pattern)}}
}

// globOf writes a LIKE pattern (% and _, \ escapes) as a GLOB pattern.
func globOf(like string) string {
	var b strings.Builder
	escaped := false
	for _, r := range like {
		switch {
		case !escaped && r == '\\':
			escaped = true
			continue
		case !escaped && r == '%':
			b.WriteByte('*')
		case !escaped && r == '_':
			b.WriteByte('?')
		case r == '*' || r == '?' || r == '[':
			b.WriteString("[" + string(r) + "]")
		default:
			b.WriteRune(r)
		}
		escaped = false
	}
	return b.String()
}

// inJSON writes a word as it stands within a JSON string.
func inJSON(word string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(word); err != nil {
		return word
	}
	return b.String()[1 : b.Len()-2]
}
