package geo

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// edgeList collects the edges of claims that have a piece in a disk, up to a
// number beyond which comparing them would cost more than it spares.
type edgeList struct {
	edges []diskEdge
	claim int
	over  bool
}

const mostEdges = 512

// diskEdge is the edge of a claim from vertex number from to the next.
type diskEdge struct {
	key   uint64 // the same for both directions
	from  int32
	claim int32
	at    float32 // the part of the edge at which it certainly lies in the disk
}

// begin says whose edges come next.
func (l *edgeList) begin(claim int) {
	if l != nil {
		l.claim = claim
	}
}

// drop forgets the edges of that claim and of those after it.
func (l *edgeList) drop(claim int) {
	if l == nil {
		return
	}
	n := len(l.edges)
	for n > 0 && int(l.edges[n-1].claim) >= claim {
		n--
	}
	l.edges = l.edges[:n]
}

func (l *edgeList) add(a, b orb.Point, from int32, at float64) {
	if len(l.edges) == mostEdges {
		l.over = true
		return
	}
	if l.edges == nil {
		l.edges = make([]diskEdge, 0, 32)
	}
	l.edges = append(l.edges, diskEdge{mix(a) + mix(b), from, int32(l.claim), float32(at)})
}

// mix is a hash of a position.
func mix(p orb.Point) uint64 {
	h := math.Float64bits(p[0])*0x9e3779b97f4a7c15 ^ math.Float64bits(p[1])*0xc2b2ae3d27d4eb4f
	return (h ^ h>>29) * 0xbf58476d1ce4e5b9
}

// ends are where the edge starts and ends.
func (e *diskEdge) ends(partial []claim) (from, to orb.Point) {
	v := partial[e.claim].region.vertices
	return v[e.from], v[e.from+1]
}

// lone are the edges that no other claim walks the other way; not ok if there
// were too many to tell. It reorders the list.
func (l *edgeList) lone(partial []claim) (lone []diskEdge, ok bool) {
	if l.over {
		return nil, false
	}
	slices.SortFunc(l.edges, func(a, b diskEdge) int { return cmp.Compare(a.key, b.key) })
	rest := l.edges[:0]
	for i := 0; i < len(l.edges); i++ {
		e := l.edges[i]
		if i+1 < len(l.edges) && l.edges[i+1].key == e.key {
			from, to := e.ends(partial)
			if start, end := l.edges[i+1].ends(partial); from == end && to == start {
				i++
				continue
			}
		}
		rest = append(rest, e)
	}
	l.edges = rest
	return rest, true
}
