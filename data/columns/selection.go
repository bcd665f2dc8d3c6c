package columns

// everyRow lists all rows of a full block.
var everyRow = func() (all [blockRows]uint16) {
	for i := range all {
		all[i] = uint16(i)
	}
	return all
}()

// list gives the selected rows of a block of n rows in order; into is for
// where they must be written down.
func (b *bitmap) list(n int, into *[blockRows]uint16) []uint16 {
	if b.count() == n {
		return everyRow[:n]
	}
	return b.rows(into)
}
