package geo

import "math"

// search finds nearest pieces by branch and bound on straight distances
// through the earth, then measures the few candidates along the ellipsoid.
// One search serves many points in turn; each begins at the piece found
// before, so neighbouring points cost less.
type search struct {
	place  surface // what is asked for
	metres float64 // to foot, on the piece found
	foot   surface
	found  int32 // 1 + the number of the nearest piece, 0 at first

	// limit is a straight distance that nothing nearer can exceed; best2 is
	// the square of the least straight distance so far.
	limit, best2 float64
	stack        [48]branch
	candidates   [16]candidate
	count        int

	list shortlist
}

// branch is a block still to be looked into: squared distance to the axis of
// the capsule around it, and that capsule's reach.
type branch struct {
	distance2, reach float64
	level, block     int32
}

type candidate struct {
	distance2 float64
	piece     int32
}

const (
	// straightRange is how far straight distances tell which part is nearest.
	straightRange = 4e6
	// surfaceRange is how far surfaceDistance is right to 2 cm; its error
	// grows with the fifth power of the distance.
	surfaceRange = 1e6
	// spread bounds (s - c) / c^3 between arcs s of the same chord c on the
	// ellipsoid: (1/r^2 - 1/R^2) / 24 with its least and greatest radii of
	// curvature, b^2/a and a^2/b. A tenth is added for higher powers.
	spread = 1.1 * 2.07e-17
	// depth is how far a piece's chord may lie under the surface, and more.
	depth = 0.03
)

// reaches is the straight distance within which something might be nearer
// along the surface than what lies at a straight distance of c.
func reaches(c float64) float64 { return c + c*c*c*spread + depth }

// nearest is the geodesic distance from place to the line.
func (s *search) nearest(b *Border, place *surface) float64 {
	s.place, s.metres = *place, math.Inf(1)
	if s.found == 0 {
		s.found = 1 + b.guess(&place.place)
	}
	c := b.piece(s.found - 1)
	d := c.distance(place.place)
	if d > straightRange {
		return s.overHorizon(b, place.position())
	}
	s.best2, s.limit = d*d, reaches(d)
	s.descend(b)
	s.measure(b)
	return s.metres
}

// guess is a piece near p: at each level the nearest branch is taken.
func (b *Border) guess(p *vector) (piece int32) {
	for level := len(b.levels) - 1; level >= 0; level-- {
		distances2, best := b.levels[level][piece].distances2(p), 0
		for i, d := range distances2 {
			if d < distances2[best] {
				best = i
			}
		}
		piece = piece*fan + int32(best)
	}
	return piece
}

// descend collects the candidates.
func (s *search) descend(b *Border) {
	s.stack[0] = branch{level: int32(len(b.levels) - 1)}
	for top := 0; top >= 0; {
		next := s.stack[top]
		if far := s.limit + next.reach; next.distance2 > far*far {
			top--
			continue
		}
		if next.level > 0 {
			top += s.open(&b.levels[next.level][next.block], next, s.stack[top:]) - 1
			continue
		}
		var numbers [fan]int32
		for i := range numbers {
			numbers[i] = next.block*fan + int32(i)
		}
		s.gather(b, &b.levels[0][next.block], numbers[:])
		top--
	}
}

// measure replaces the candidates by the nearest of them.
func (s *search) measure(b *Border) {
	limit2, last := s.limit*s.limit, -1.0
	for _, c := range s.candidates[:s.count] {
		// Two pieces that meet in the nearest point are one candidate.
		if c.distance2 > limit2 || math.Abs(c.distance2-last) <= 1e-12*last {
			continue
		}
		last = c.distance2
		piece := b.piece(c.piece)
		foot := drop(piece.start.along(piece.axis, piece.foot(s.place.place)))
		d := surfaceDistance(s.place, foot)
		if d > surfaceRange && d < s.metres+0.02*math.Pow(d/surfaceRange, 5) {
			d = Distance(s.place.position(), foot.position())
		}
		if d < s.metres {
			s.metres, s.foot, s.found = d, foot, c.piece+1
		}
	}
	s.count = 0
}

// open puts the branches of a block that may matter on the stack, the nearest
// last, and returns their number.
func (s *search) open(b *block, at branch, stack []branch) int {
	count, near, nearest2 := 0, 0, math.Inf(1)
	stack = stack[:fan]
	for i, distance2 := range b.distances2(&s.place.place) {
		if far := s.limit + b.reach[i]; distance2 <= far*far {
			stack[count] = branch{distance2, b.reach[i], at.level - 1, at.block*fan + int32(i)}
			if distance2 < nearest2 {
				nearest2, near = distance2, count
			}
			count++
		}
	}
	if count > 1 {
		stack[near], stack[count-1] = stack[count-1], stack[near]
	}
	return count
}

// gather adds the pieces of a block that may be nearest to the candidates.
// numbers are those of the lanes' pieces.
func (s *search) gather(line *Border, b *block, numbers []int32) {
	limit2 := s.limit * s.limit
	for i, distance2 := range b.distances2(&s.place.place) {
		if distance2 > limit2 {
			continue
		}
		if distance2 < s.best2 {
			s.best2 = distance2
			s.limit = reaches(math.Sqrt(max(distance2, 0)))
			limit2 = s.limit * s.limit
		}
		if s.count == len(s.candidates) {
			s.measure(line)
		}
		s.candidates[s.count] = candidate{distance2, numbers[i]}
		s.count++
	}
}
