package report

import "strings"

// method says in plain words how the report counts.
func (b *BorderReport) method() string {
	km := formatKM(b.WithinKM)
	text := []string{
		"Distances run along the Earth's surface from the reported point to the nearest point of the border, to the metre, on the WGS 84 ellipsoid.",
		"How closely a place is known is a radius around the point. A strike is certain when all of that circle lies within " + km +
			" km of the border, and possible when only a part of it does.",
		"Casualties are the sums of the lowest and of the highest figure that the sources give, certain and possible strikes together. Where no source gives a figure, it is not known; it is never counted as 0.",
		"Who held a place rests on sourced reports of control of that place, or of the areas that its circle touches, on those days. Where nobody has said who held it, it is not known.",
		"The period before has the same number of days. A strike whose day is not known closely counts in every period in which it may have happened.",
		"The report shows what was public when it was built; withheld and delayed records are not in it.",
	}
	if !b.request.namesKinds() {
		text = append(text, "Strikes are all kinds of attack but battles on the ground.")
	}
	if !b.request.Filters.Has("status") {
		text = append(text, "What was retracted is left out.")
	}
	return strings.Join(text, " ")
}
