package geo

import "github.com/paulmach/orb"

// DiskShares is the share of the geodesic disk that each holder has. The
// regions of one holder count once where they overlap; where several holders
// overlap, that part is divided equally among them. The shares sum to at most
// 1. A radius of 0 or less asks for the centre alone.
func DiskShares(center orb.Point, radius float64, holders [][]*Region) []float64 {
	shares := make([]float64, len(holders))
	if !(radius > 0) {
		centerShares(center, holders, shares)
		return shares
	}
	d := newDisk(center, radius)
	c := claims{d: &d, shares: shares}
	near := 0
	for _, regions := range holders {
		for _, r := range regions {
			if !d.misses(r.bound.Min[0], r.bound.Min[1], r.bound.Max[0], r.bound.Max[1]) {
				near++
			}
		}
	}
	if near == 0 {
		return shares
	}
	c.partial = make([]claim, 0, near)
	if near > 1 {
		c.edges = &edgeList{}
	}
	for h, regions := range holders {
		c.add(h, regions)
	}
	if c.apart() {
		c.sum()
	} else {
		c.sweep()
	}
	return shares
}

func centerShares(center orb.Point, holders [][]*Region, shares []float64) {
	in := 0.0
	for h, regions := range holders {
		for _, r := range regions {
			if r.Contains(center) {
				shares[h] = 1
				in++
				break
			}
		}
	}
	for h := range shares {
		if in > 0 {
			shares[h] /= in
		}
	}
}

// claims are the regions that have something of a disk.
type claims struct {
	d       *disk
	full    []int // holders that have all of the disk
	partial []claim
	edges   *edgeList // of the partial claims, in the disk; nil for a single one
	shares  []float64
}

// claim is a region that has a part of the disk, but not all of it, for one
// holder or for several.
type claim struct {
	region *Region
	share  float64
	holder int
	others []int
}

// add measures a holder's regions.
func (c *claims) add(holder int, regions []*Region) {
	partial := len(c.partial)
	var room [16]rim
	for _, r := range regions {
		if k := c.known(r); k >= 0 {
			c.partial[k].join(holder)
			continue
		}
		if b := r.bound; c.d.misses(b.Min[0], b.Min[1], b.Max[0], b.Max[1]) {
			continue
		}
		c.edges.begin(len(c.partial))
		cut := clip{rims: room[:0], edges: c.edges}
		cut.cut(c.d, r)
		switch share := cut.share(c.d, r); share {
		case 0:
			c.edges.drop(len(c.partial))
		case 1:
			// The holder has all: its other regions add nothing.
			c.partial = c.partial[:partial]
			c.edges.drop(partial)
			for k := range c.partial {
				c.partial[k].leave(holder)
			}
			c.full = append(c.full, holder)
			return
		default:
			c.partial = append(c.partial, claim{region: r, share: share, holder: holder})
		}
	}
}

// known is the claim that has the region already, or -1.
func (c *claims) known(r *Region) int {
	for k := range c.partial {
		if c.partial[k].region == r {
			return k
		}
	}
	return -1
}

func (m *claim) join(holder int) {
	if m.holder == holder {
		return
	}
	for _, h := range m.others {
		if h == holder {
			return
		}
	}
	m.others = append(m.others, holder)
}

// leave takes the last holder out, if it is the given one.
func (m *claim) leave(holder int) {
	if n := len(m.others); n > 0 && m.others[n-1] == holder {
		m.others = m.others[:n-1]
	}
}

// sum gives the shares of claims that do not overlap. Where a claim lies, its
// holders share with the full ones.
func (c *claims) sum() {
	total := 0.0
	for _, m := range c.partial {
		total += m.share
	}
	free, full := 1.0, 0.0
	for _, m := range c.partial {
		// Neighbours whose edges differ by a rounding overlap by as much.
		share := m.share / max(1, total)
		part := share / float64(len(c.full)+1+len(m.others))
		free -= share
		full += part
		c.shares[m.holder] += part
		for _, h := range m.others {
			c.shares[h] += part
		}
	}
	for _, h := range c.full {
		c.shares[h] = full + max(0, free)/float64(len(c.full))
	}
}
