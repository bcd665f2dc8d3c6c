package codec

import (
	"slices"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding"

	"strikewatch/data/columns"
)

// bulky names the columns of long values.
func bulky(s *columns.Schema) []string {
	names := []string{"geometry"}
	for i := range s.Fields {
		if s.Fields[i].Long {
			names = append(names, s.Fields[i].Name)
		}
	}
	return names
}

// parquetColumns returns the columns in the order of the field dictionary;
// the library's own Group would sort them by name.
func parquetColumns(s *columns.Schema) parquet.Node {
	g := orderedGroup{Group: parquet.Group{}}
	for i := range s.Fields {
		g.add(s.Fields[i].Name, parquet.Optional(parquetNode(&s.Fields[i], i)))
	}
	if s.Geometry == "" {
		return g
	}
	g.add("geometry", parquet.Optional(parquet.Leaf(parquet.ByteArrayType)))
	box := orderedGroup{Group: parquet.Group{}}
	for _, side := range [4]string{"xmin", "ymin", "xmax", "ymax"} {
		box.add(side, parquet.Leaf(parquet.DoubleType))
	}
	g.add("bbox", parquet.Optional(box))
	return g
}

func parquetNode(f *columns.Field, position int) parquet.Node {
	var dictionary encoding.Encoding = &parquet.RLEDictionary
	switch f.Type {
	case columns.Int:
		return parquet.Encoded(parquet.Leaf(parquet.Int64Type), dictionary)
	case columns.Real:
		return parquet.Leaf(parquet.DoubleType)
	case columns.Bool:
		return parquet.Leaf(parquet.BooleanType)
	case columns.Day:
		return parquet.Encoded(parquet.Date(), dictionary)
	case columns.Time:
		return parquet.Timestamp(parquet.Microsecond)
	}
	if !repeats(f, position) {
		return parquet.String()
	}
	return parquet.Encoded(parquet.String(), dictionary)
}

// repeats tells whether a text is worth a dictionary: prose, ids and lists of
// measures are not.
func repeats(f *columns.Field, position int) bool { return !f.Long && !f.Unique && position > 0 }

// orderedGroup is a group whose fields keep their order.
type orderedGroup struct {
	parquet.Group
	order []string
}

func (g *orderedGroup) add(name string, node parquet.Node) {
	g.Group[name] = node
	g.order = append(g.order, name)
}

func (g orderedGroup) Fields() []parquet.Field {
	fields := g.Group.Fields()
	slices.SortFunc(fields, func(a, b parquet.Field) int {
		return slices.Index(g.order, a.Name()) - slices.Index(g.order, b.Name())
	})
	return fields
}
