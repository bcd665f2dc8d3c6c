package columns

// spot is where and when a row is, with its number.
type spot struct {
	axes [3]int32 // longitude, latitude (units of 10^-7 degrees), day
	row  uint32
}

// arrange puts spots into an order in which every run of blockRows is close
// in space and time: it halves them, at a multiple of blockRows, across the
// axis along which they are spread widest, until one block is left.
func arrange(spots []spot) {
	low, high := spread(spots)
	var unit [3]float64
	for axis := range unit {
		unit[axis] = 1 / max(1, float64(high[axis])-float64(low[axis]))
	}
	// A day's slice of the whole is asked for more seldom than a place's, so
	// time counts half.
	unit[2] /= 2
	halve(spots, unit)
}

func halve(spots []spot, unit [3]float64) {
	for len(spots) > blockRows {
		low, high := spread(spots)
		axis, widest := 0, -1.0
		for i := range unit {
			if w := (float64(high[i]) - float64(low[i])) * unit[i]; w > widest {
				axis, widest = i, w
			}
		}
		blocks := (len(spots) + blockRows - 1) / blockRows
		middle := blocks / 2 * blockRows
		split(spots, axis, middle)
		halve(spots[:middle], unit)
		spots = spots[middle:]
	}
}

func spread(spots []spot) (low, high [3]int32) {
	low, high = spots[0].axes, spots[0].axes
	for i := range spots {
		for axis, v := range spots[i].axes {
			low[axis], high[axis] = min(low[axis], v), max(high[axis], v)
		}
	}
	return low, high
}

// split moves the k least along an axis to the front (Hoare's selection with
// three-way partition, which equal values do not slow down).
func split(spots []spot, axis, k int) {
	for len(spots) > 1 && k > 0 && k < len(spots) {
		a, b, c := spots[0].axes[axis], spots[len(spots)/2].axes[axis], spots[len(spots)-1].axes[axis]
		pivot := max(min(a, b), min(max(a, b), c))
		less, more := 0, len(spots)
		for i := 0; i < more; {
			switch v := spots[i].axes[axis]; {
			case v < pivot:
				spots[i], spots[less] = spots[less], spots[i]
				less++
				i++
			case v > pivot:
				more--
				spots[i], spots[more] = spots[more], spots[i]
			default:
				i++
			}
		}
		switch {
		case k < less:
			spots = spots[:less]
		case k > more:
			spots, k = spots[more:], k-more
		default:
			return
		}
	}
}
