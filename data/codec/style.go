package codec

// Style says how features look where a format can say so. Colours are
// "#rrggbb".
type Style struct {
	ColorField string  // the property that holds each feature's colour; wins over the classes
	ClassField string  // the property whose value chooses a class
	Classes    []Class // in legend order
	Color      string  // of what no class fits
}

// Class is one entry of a legend.
type Class struct {
	Value string
	Title string
	Color string
}
