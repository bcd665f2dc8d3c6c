package columns

// Seqs lists all rows by seq, in increasing order: also those whose public
// interval has ended and those that are withdrawn but not dropped yet.
func (t *Table) Seqs() []int64 {
	c := t.current.Load()
	seqs := make([]int64, 0, c.rows())
	for _, r := range c.runs {
		for _, place := range r.order {
			seqs = append(seqs, r.seq(place))
		}
	}
	return seqs
}
