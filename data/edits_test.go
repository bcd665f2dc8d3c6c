package data_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"strikewatch/data"
)

// editor makes random edits of a world and remembers which records are there.
type editor struct {
	*world
	random *rand.Rand
	there  map[string]*data.Incident // by id
	hidden map[string]time.Time      // when a record last became stricter
}

func newEditor(w *world, seed uint64) *editor {
	return &editor{world: w, random: rand.New(rand.NewPCG(seed, 7)), there: map[string]*data.Incident{}, hidden: map[string]time.Time{}}
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// step writes some edits in one transaction; one that is refused changes
// nothing, and is refused for a reason that the caller could know.
func (e *editor) step() data.Receipt {
	e.Helper()
	e.clock.advance(time.Duration(1+e.random.IntN(5000)) * time.Second)
	var edits []data.Edit
	used := map[string]bool{}
	for range 1 + e.random.IntN(4) {
		edit, key := e.edit()
		if !used[key] {
			edits, used[key] = append(edits, edit), true
		}
	}
	receipt, err := e.Write(context.Background(), "tester", edits)
	if err != nil {
		e.Fatal(err)
	}
	if e.random.IntN(4) == 0 { // together with one that can not stand
		bad := append(edits[:0:0], create(strike(func(i *data.Incident) { i.ID, i.Kind = "bad", "none" })))
		if _, err := e.Write(context.Background(), "tester", bad); err == nil || errors.Is(err, data.ErrConflict) {
			e.Fatalf("an impossible incident: %v", err)
		}
	}
	for _, edit := range edits {
		e.note(edit, receipt.RecordedAt)
	}
	return receipt
}

// note keeps what the edit did to an incident and its gate.
func (e *editor) note(edit data.Edit, at time.Time) {
	if edit.Operation == data.Delete {
		delete(e.there, edit.ID)
		return
	}
	i, ok := edit.Document.(*data.Incident)
	if !ok {
		return
	}
	before := e.there[i.ID]
	if before != nil && (i.Withheld && !before.Withheld || i.PublicPrecision != "" && before.PublicPrecision == "") {
		e.hidden[i.ID] = at
	}
	e.there[i.ID] = i
}

func (e *editor) edit() (edit data.Edit, key string) {
	if e.random.IntN(4) == 0 {
		return e.controlEdit()
	}
	id := fmt.Sprint("x", e.random.IntN(12))
	if e.there[id] == nil {
		return create(e.incidentOf(id)), id
	}
	if e.random.IntN(5) == 0 {
		return data.Edit{Operation: data.Delete, Collection: data.Incidents, ID: id}, id
	}
	return update(e.incidentOf(id)), id
}

// incidentOf is a random incident around the line between the two areas.
func (e *editor) incidentOf(id string) *data.Incident {
	r := e.random
	return strike(func(i *data.Incident) {
		i.ID, i.Kind = id, pick(r, "airstrike", "shelling", "drone_strike")
		i.DateStart = fmt.Sprintf("2024-11-%02d", 1+r.IntN(20))
		i.DateEnd = i.DateStart
		i.DatePrecision = pick(r, "day", "day", "week", "month", "year")
		i.Lon, i.Lat = ptr(95.8+2.4*r.Float64()), ptr(19.9+1.2*r.Float64())
		i.LocationPrecision = pick(r, "exact", "vicinity", "locality", "township")
		i.Status = pick(r, "reported", "corroborated", "verified", "disputed", "retracted")
		if r.IntN(2) == 0 {
			i.KilledMin = ptr(r.Int64N(10))
			i.KilledMax = ptr(*i.KilledMin + r.Int64N(5))
		}
		if r.IntN(6) == 0 {
			i.Lon, i.Lat, i.LocationPrecision = nil, nil, ""
		}
		if r.IntN(4) == 0 {
			i.PlaceCode = pick(r, "west", "east")
		}
		switch r.IntN(8) {
		case 0:
			i.Withheld = true
		case 1:
			i.PublicPrecision, i.PublicSummary = "township", "A strike in the township."
		}
	})
}

// controlEdit changes who holds one of the towns, and when.
func (e *editor) controlEdit() (edit data.Edit, key string) {
	r := e.random
	id := pick(r, "c1", "c2", "c3")
	place := map[string]string{"c1": "west", "c2": "west", "c3": "east"}[id]
	c := &data.Control{ID: id, Place: place, PlaceCode: place, Actor: pick(r, "RED", "BLUE", "GREEN"), Status: pick(r, "controlled", "controlled", "contested", "claimed")}
	if r.IntN(2) == 0 {
		c.ValidFrom, c.DatePrecision = fmt.Sprintf("2024-11-%02d", 1+r.IntN(14)), pick(r, "day", "week")
	}
	if r.IntN(2) == 0 {
		c.ValidTo = fmt.Sprintf("2024-11-%02d", 15+r.IntN(10))
	}
	return update(c), id
}
