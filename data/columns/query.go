package columns

// Query asks for the public rows that match a filter at an instant.
type Query struct {
	Filter Expr   // nil matches all
	AsOf   int64  // Unix microseconds: the rows whose public interval holds it
	Sort   []Sort // the order of Page; rows that tie are in order of seq
	After  Cursor // where the last page ended; empty from the start
	Limit  int    // of Page; 0 or less means no limit
	Text   TextFinder
	Fetch  Fetch
}

// Sort orders by a field's values: text by code point, nulls last in either
// direction.
type Sort struct {
	Field      string
	Descending bool
}

// TextFinder finds rows by their prose, in increasing order of seq. With an
// empty field, pattern is the text of a Search, and what is found matches.
// Otherwise field is a Long one and pattern is as in Like, regardless of case
// if fold says so; rows too many do no harm then, rows missing do.
type TextFinder func(field, pattern string, fold bool) (seqs []int64, err error)

// Fetch reads features by seq, in any order; feature is valid during visit
// only. It decides what memory can not: relations of lines and areas, and
// prose.
type Fetch func(seqs []int64, visit func(i int, feature []byte) error) error
