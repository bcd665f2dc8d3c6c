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
	var room [8]claim
	partial, full, sum := room[:0], 0, 0.0
	for h, regions := range holders {
		first := len(partial)
		for _, r := range regions {
			share := r.share(&d)
			if share == 1 {
				// The holder has all: its other regions add nothing.
				partial = partial[:first]
				shares[h] = 1
				full++
				break
			}
			if share > 0 {
				partial = append(partial, claim{h, r, share})
			}
		}
	}
	for _, c := range partial {
		sum += c.share
	}
	if len(partial) > 1 && !apart(&d, partial) {
		sweep(&d, partial, full, shares)
		return shares
	}
	// Where a partial claim lies, one more holder shares with the full ones.
	for h := range shares {
		if shares[h] == 1 {
			shares[h] = (1-sum)/float64(full) + sum/float64(full+1)
		}
	}
	for _, c := range partial {
		shares[c.holder] += c.share / float64(full+1)
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

// claim is a region that has a part of the disk, but not all of it.
type claim struct {
	holder int
	region *Region
	share  float64
}

// apart tells that no two claims can overlap within the disk.
func apart(d *disk, claims []claim) bool {
	for i := range claims {
		for k := range i {
			a, b := claims[i].region.bound, claims[k].region.bound
			if a.Intersects(b) && !d.misses(max(a.Min[0], b.Min[0]), max(a.Min[1], b.Min[1]), min(a.Max[0], b.Max[0]), min(a.Max[1], b.Max[1])) {
				return false
			}
		}
	}
	return true
}
