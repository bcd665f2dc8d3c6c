package columns

import (
	"slices"
	"sort"
)

// answerLeaf keeps the rows that something outside memory has said yes to.
type answerLeaf struct {
	lane    int // its null makes a row unknown; noNulls when that can not be
	negated bool
	yes     map[*block]*bitmap
}

// noNulls stands for a lane without nulls, that of seq.
const noNulls = laneSeq

func (f *answerLeaf) zone(b *block) verdict {
	l := b.lane(f.lane)
	if l.empty() {
		return none
	}
	if f.yes[b] == nil {
		return verdictOf(f.negated, f.negated && !l.nulls)
	}
	return some
}

func (f *answerLeaf) keep(b *block, sel *bitmap) {
	if f.negated {
		if yes := f.yes[b]; yes != nil {
			sel.andNot(yes)
		}
		nullLeaf{f.lane, true}.keep(b, sel)
		return
	}
	if yes := f.yes[b]; yes != nil {
		sel.and(yes)
		return
	}
	*sel = bitmap{}
}

func (f *answerLeaf) cost() int { return 1 }

func (f *answerLeaf) add(b *block, row int) {
	yes := f.yes[b]
	if yes == nil {
		yes = new(bitmap)
		f.yes[b] = yes
	}
	yes.set(row)
}

// found makes a leaf of the rows that a TextFinder found.
func (c *compiler) found(seqs []int64, lane int, negated bool) node {
	f := &answerLeaf{lane: lane, negated: negated, yes: map[*block]*bitmap{}}
	if !slices.IsSorted(seqs) {
		seqs = slices.Sorted(slices.Values(seqs))
	}
	for _, r := range c.content.runs {
		from := sort.Search(len(seqs), func(i int) bool { return seqs[i] >= r.first })
		seqs = seqs[from:]
		to := sort.Search(len(seqs), func(i int) bool { return seqs[i] > r.last })
		r.mark(seqs[:to], f)
		seqs = seqs[to:]
	}
	return f
}

// mark finds seqs among the rows of a run: many by going along, few by search.
func (r *run) mark(seqs []int64, f *answerLeaf) {
	if len(seqs)*16 < len(r.order) {
		for _, seq := range seqs {
			if at, ok := r.find(seq); ok {
				b, row := placed(at)
				f.add(r.blocks[b], row)
			}
		}
		return
	}
	for _, at := range r.order {
		seq := r.seq(at)
		for len(seqs) > 0 && seqs[0] < seq {
			seqs = seqs[1:]
		}
		if len(seqs) > 0 && seqs[0] == seq {
			b, row := placed(at)
			f.add(r.blocks[b], row)
		}
	}
}

// costly is the cost from which on a node needs features fetched; those of
// cheaper ones sum up to less.
const costly = 1 << 20

// fetchLeaf decides by the feature what memory leaves open.
type fetchLeaf struct {
	answerLeaf
	// sort moves out of a selection what needs no fetching: yes gets what
	// matches for sure. nil when every row must be read.
	sort   func(b *block, sel, yes *bitmap)
	decide func(p *parser) (bool, error)
}

func (f *fetchLeaf) cost() int { return costly }

// fetchChunk is how many features are asked for at a time.
const fetchChunk = 10_000

// ask fetches what is open among the rows of a selection.
func (f *fetchLeaf) ask(selection []selected, s *Schema, fetch Fetch) error {
	var open []openRow
	for i := range selection {
		b, rest, yes := selection[i].block, selection[i].rows, new(bitmap)
		nullLeaf{f.lane, true}.keep(b, &rest)
		if f.sort != nil {
			f.sort(b, &rest, yes)
		}
		f.yes[b] = yes
		var list [blockRows]uint16
		for _, row := range rest.rows(&list) {
			open = append(open, openRow{b.seq(int(row)), b, int(row)})
		}
	}
	if len(open) == 0 {
		return nil
	}
	if fetch == nil {
		return errNoFetch
	}
	slices.SortFunc(open, func(a, b openRow) int { return int(min(1, max(-1, a.seq-b.seq))) })
	p := &parser{}
	for chunk := range slices.Chunk(open, fetchChunk) {
		if err := f.askChunk(chunk, p, s, fetch); err != nil {
			return err
		}
	}
	return nil
}

// openRow is a row to be fetched.
type openRow struct {
	seq   int64
	block *block
	row   int
}

func (f *fetchLeaf) askChunk(open []openRow, p *parser, s *Schema, fetch Fetch) error {
	seqs := make([]int64, len(open))
	for i, o := range open {
		seqs[i] = o.seq
	}
	return fetch(seqs, func(i int, feature []byte) error {
		if err := p.feature(feature, s); err != nil {
			return err
		}
		yes, err := f.decide(p)
		if yes {
			f.add(open[i].block, open[i].row)
		}
		return err
	})
}
