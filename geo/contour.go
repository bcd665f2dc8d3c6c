package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// field is the distance to a line on the nodes of a grid, less the distance
// that a contour is wanted for. Only blocks that the contour may cross are
// computed.
type field struct {
	border        *Border
	metres        float64
	window        orb.Bound
	dLon, dLat    float64
	columns, rows int
	nodes         map[[2]int32]*[blockSide * blockSide]float64
	active        [][2]int32
}

const blockSide = 16

func newField(border *Border, metres float64, window orb.Bound, step float64) *field {
	f := &field{border: border, metres: metres, window: window, nodes: map[[2]int32]*[blockSide * blockSide]float64{}}
	wide, tall := window.Max[0]-window.Min[0], window.Max[1]-window.Min[1]
	shrink := max(0.02, math.Cos(window.Center()[1]*degree))
	f.rows = max(2, int(math.Ceil(tall/(step/110_574))))
	f.columns = max(2, int(math.Ceil(wide/(step/111_320/shrink))))
	f.dLat, f.dLon = tall/float64(f.rows), wide/float64(f.columns)
	return f
}

// at is the position of a node. Node 0 and the last of a row or column lie on
// the window's edge with the next ones: beyond the window is outside.
func (f *field) at(column, row int32) orb.Point {
	return orb.Point{
		f.window.Min[0] + f.dLon*float64(max(0, min(int(column)-1, f.columns))),
		f.window.Min[1] + f.dLat*float64(max(0, min(int(row)-1, f.rows))),
	}
}

func (f *field) beyond(column, row int32) bool {
	return column <= 0 || row <= 0 || int(column) > f.columns+1 || int(row) > f.rows+1
}

// contour appends the edges of the contour, the near side on their left.
func (f *field) contour(segments []gridSegment) []gridSegment {
	side := int32(1)
	for int(side)*blockSide < max(f.columns, f.rows)+3 {
		side *= 2
	}
	f.find(0, 0, side)
	f.measure()
	for _, block := range f.active {
		for k := range int32(blockSide * blockSide) {
			segments = f.cell(segments, block[0]*blockSide+k%blockSide, block[1]*blockSide+k/blockSide)
		}
	}
	return segments
}

// find lists the blocks of a square of blocks that the contour may cross: not
// those whose middle is farther from it than their corners from the middle.
func (f *field) find(column, row, side int32) {
	low := f.at(column*blockSide, row*blockSide)
	high := f.at((column+side)*blockSide, (row+side)*blockSide)
	if int(column)*blockSide > f.columns+2 || int(row)*blockSide > f.rows+2 {
		return
	}
	middle := orb.Point{(low[0] + high[0]) / 2, (low[1] + high[1]) / 2}
	reach := max(Distance(middle, low), Distance(middle, high),
		Distance(middle, orb.Point{low[0], high[1]}), Distance(middle, orb.Point{high[0], low[1]}))
	edge := column == 0 || row == 0 || int(column+side)*blockSide > f.columns || int(row+side)*blockSide > f.rows
	if d, _ := f.border.Nearest(middle); d-f.metres > 1.01*reach+1 || !edge && f.metres-d > 1.01*reach+1 {
		return
	}
	if side == 1 {
		f.active = append(f.active, [2]int32{column, row})
		return
	}
	for k := range int32(4) {
		f.find(column+k%2*side/2, row+k/2*side/2, side/2)
	}
}

// measure computes the nodes of the active blocks and of those next to them
// that their last cells reach into.
func (f *field) measure() {
	var points []orb.Point
	var values []*float64
	for _, block := range f.active {
		for k := range int32(4) {
			b := [2]int32{block[0] + k%2, block[1] + k/2}
			if f.nodes[b] != nil {
				continue
			}
			nodes := new([blockSide * blockSide]float64)
			f.nodes[b] = nodes
			for i := range nodes {
				column, row := b[0]*blockSide+int32(i)%blockSide, b[1]*blockSide+int32(i)/blockSide
				if f.beyond(column, row) {
					nodes[i] = -1
					continue
				}
				points = append(points, f.at(column, row))
				values = append(values, &nodes[i])
			}
		}
	}
	distances := make([]float64, len(points))
	f.border.NearestAll(points, distances)
	for i, d := range distances {
		*values[i] = f.metres - d
	}
}

func (f *field) value(column, row int32) float64 {
	nodes := f.nodes[[2]int32{column / blockSide, row / blockSide}]
	return nodes[row%blockSide*blockSide+column%blockSide]
}

// The contour in a cell, by which of its corners are inside: 1 south-west, 2
// south-east, 4 north-east, 8 north-west. It runs from side to side, which are
// numbered 0 south, 1 east, 2 north, 3 west.
var cellCourses = [16][]int{
	1: {0, 3}, 2: {1, 0}, 3: {1, 3}, 4: {2, 1}, 5: {0, 3, 2, 1}, 6: {2, 0}, 7: {2, 3},
	8: {3, 2}, 9: {0, 2}, 10: {1, 0, 3, 2}, 11: {1, 2}, 12: {3, 1}, 13: {0, 1}, 14: {3, 0}, 15: nil,
}

func (f *field) cell(segments []gridSegment, column, row int32) []gridSegment {
	if int(column) > f.columns+1 || int(row) > f.rows+1 {
		return segments
	}
	corners := [4][2]int32{{column, row}, {column + 1, row}, {column + 1, row + 1}, {column, row + 1}}
	inside := 0
	for i, c := range corners {
		if f.value(c[0], c[1]) >= 0 {
			inside |= 1 << i
		}
	}
	courses := cellCourses[inside]
	for ; len(courses) > 0; courses = courses[2:] {
		from, to := f.onSide(corners, courses[0]), f.onSide(corners, courses[1])
		segments = appendPart(segments, from, to, winding{1})
	}
	return segments
}

// onSide is where the contour crosses a side, the same for both cells at it.
func (f *field) onSide(corners [4][2]int32, side int) gridPoint {
	a, b := corners[side], corners[(side+1)%4]
	if a[0] > b[0] || a[1] > b[1] {
		a, b = b, a
	}
	p, q := f.at(a[0], a[1]), f.at(b[0], b[1])
	if f.beyond(a[0], a[1]) {
		return toGrid(q)
	}
	if f.beyond(b[0], b[1]) {
		return toGrid(p)
	}
	v, w := f.value(a[0], a[1]), f.value(b[0], b[1])
	return toGrid(part(p, q, v/(v-w)))
}
