package data

import (
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

// Gazetteer finds places by what people call them.
type Gazetteer struct {
	byName    map[string][]*Place
	townships map[string][]*Place // by township name, one place for each code
}

// NewGazetteer indexes the places' names and aliases.
func NewGazetteer(places []*Place) *Gazetteer {
	g := &Gazetteer{byName: map[string][]*Place{}, townships: map[string][]*Place{}}
	for _, p := range places {
		for _, name := range append([]string{p.Name}, p.Aliases...) {
			g.byName[plainName(name)] = append(g.byName[plainName(name)], p)
		}
		t := plainName(p.Township)
		if t != "" && p.TownshipCode != "" && !slices.ContainsFunc(g.townships[t], func(o *Place) bool { return o.TownshipCode == p.TownshipCode }) {
			g.townships[t] = append(g.townships[t], p)
		}
	}
	return g
}

// Match returns the one place of that name in the township whose point agrees
// with the one given, within metres of it, or nil: when in doubt, no code.
// "Lashio town" is Lashio. The township may be unknown.
func (g *Gazetteer) Match(name, townshipCode string, at orb.Point, metres float64) *Place {
	name = plainName(name)
	if n, ok := strings.CutSuffix(name, " town"); ok {
		name = n
	}
	var found *Place
	for _, p := range g.byName[name] {
		if townshipCode != "" && p.TownshipCode != townshipCode || geo.Distance(p.Point(), at) > metres {
			continue
		}
		if found != nil && found.Code != p.Code {
			return nil
		}
		found = p
	}
	return found
}

// TownshipCode returns the code of the township of that name, told apart by
// its state or region when the name occurs twice; empty when in doubt. State
// names agree when one begins as the other does: Bago and Bago (East).
func (g *Gazetteer) TownshipCode(name, stateRegion string) string {
	all := g.townships[plainName(name)]
	if len(all) == 1 {
		return all[0].TownshipCode
	}
	code := ""
	for _, p := range all {
		a, b := plainName(p.StateRegion), plainName(stateRegion)
		if strings.HasPrefix(a, b) || strings.HasPrefix(b, a) {
			if code != "" {
				return ""
			}
			code = p.TownshipCode
		}
	}
	return code
}

func plainName(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
