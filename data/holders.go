package data

import (
	"runtime"
	"sync"

	"github.com/paulmach/orb"
)

// Whereabouts is where and when something was: a disk and a window of days.
type Whereabouts struct {
	Point       orb.Point // degrees, WGS 84
	RadiusM     float64   // metres that the point may be off
	PlaceCode   string    // of the very place, when it is located to that; else empty
	First, Last int32     // days, both included
}

// Holding says who held a place: the values of an incident's held_by,
// held_certainty, held_shares and held_records.
type Holding struct {
	By, Certainty, Shares, Records string
}

// Holders answers for many whereabouts at once, on all cores, what an incident
// there would be told, by the control that the public sees now.
func (s *Store) Holders(asked []Whereabouts) []Holding {
	held := s.ref.Load().held
	answers := make([]Holding, len(asked))
	var working sync.WaitGroup
	part := 1 + len(asked)/runtime.GOMAXPROCS(0)
	for from := 0; from < len(asked); from += part {
		working.Go(func() {
			for i := from; i < min(from+part, len(asked)); i++ {
				a := &asked[i]
				h := held.at(a.Point, a.RadiusM, a.PlaceCode, a.First, a.Last)
				answers[i] = Holding{h.by, h.certainty, h.shares, h.records}
			}
		})
	}
	working.Wait()
	return answers
}
