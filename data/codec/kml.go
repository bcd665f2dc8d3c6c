package codec

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"slices"

	"strikewatch/data/columns"
)

const kmlLimits = "control characters are replaced; days and times are texts beside the time span; integers have 32 bits"

// kml writes KML 2.2 (OGC 07-147r2): one folder named as the layer, a
// placemark per feature with its time span, a style per class, and all
// properties as typed ExtendedData. A null property has no SimpleData, an
// empty text an empty one. No icon is fetched from anywhere.
//
// KML's spans include their last day, so that of a half-open period ends a day
// earlier. Memory is one buffer and one placemark.
type kml struct {
	out         *bufio.Writer
	rows        reader
	layer       string
	style       Style
	class       int   // field that chooses the style, -1 for none
	color       int   // field that holds the colour, -1 for none
	names       []int // fields that may name a placemark, the best first
	prose       int   // field shown as its description, -1 for none
	first, last int   // fields of the time span, -1 for none
	line        []byte
}

func openKML(w io.Writer, m *Meta) (encoder, error) {
	s := m.Schema
	k := &kml{
		out: bufio.NewWriterSize(w, outputBuffer), rows: reader{schema: s}, layer: m.Layer, style: m.style(),
		class: -1, color: -1, prose: firstField(s, "summary", "note"), first: s.Index(s.Start), last: s.Index(s.End),
	}
	if k.style.ColorField != "" {
		k.color = s.Index(k.style.ColorField)
	} else if k.style.ClassField != "" {
		k.class = s.Index(k.style.ClassField)
	}
	for _, name := range []string{"place", "name", "actor_name", "publisher", "id", "code"} {
		if i := s.Index(name); i >= 0 {
			k.names = append(k.names, i)
		}
	}
	_, err := k.out.Write(k.header(m))
	return k, err
}

// firstField returns the position of the first of names that s has, or -1.
func firstField(s *columns.Schema, names ...string) int {
	for _, name := range names {
		if i := s.Index(name); i >= 0 {
			return i
		}
	}
	return -1
}

func (k *kml) header(m *Meta) []byte {
	title := m.Title
	if title == "" {
		title = m.Layer
	}
	b := []byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document id=\"root_doc\">\n<name>")
	b = append(appendXML(b, title), "</name>\n"...)
	if m.Description != "" {
		b = append(appendXML(append(b, "<description>"...), m.Description), "</description>\n"...)
	}
	for i, c := range k.style.Classes {
		b = appendKMLStyle(b, fmt.Sprintf(` id="class%d"`, i), c.Color)
	}
	b = appendKMLStyle(b, ` id="other"`, k.style.Color)
	b = append(b, "<ExtendedData>\n"...)
	for _, f := range m.facts() {
		b = append(appendXML(append(b, `<Data name="`...), f.name), `"><value>`...)
		b = append(appendXML(b, f.value), "</value></Data>\n"...)
	}
	b = appendKMLFields(b, m.Schema)
	b = append(b, "</ExtendedData>\n<Schema name=\""...)
	b = append(appendXML(b, m.Layer), `" id="`...)
	b = append(appendXML(b, m.Layer), "\">\n"...)
	for i := range m.Schema.Fields {
		f := &m.Schema.Fields[i]
		b = append(appendXML(append(b, `<SimpleField name="`...), f.Name), `" type="`...)
		b = append(append(b, kmlType(f.Type)...), `"><displayName>`...)
		b = append(appendXML(b, kmlLabel(f)), "</displayName></SimpleField>\n"...)
	}
	b = append(b, "</Schema>\n<Folder>\n<name>"...)
	return append(appendXML(b, m.Layer), "</name>\n"...)
}

// appendKMLFields adds the field dictionary to the document's data, since a
// SimpleField holds a label only.
func appendKMLFields(b []byte, s *columns.Schema) []byte {
	for i := range s.Fields {
		text := fieldText(&s.Fields[i])
		if text == "" {
			continue
		}
		b = append(appendXML(append(b, `<Data name="Field `...), s.Fields[i].Name), `"><value>`...)
		b = append(appendXML(b, text), "</value></Data>\n"...)
	}
	return b
}

func kmlType(t columns.Type) string {
	switch t {
	case columns.Int:
		return "int"
	case columns.Real:
		return "double"
	case columns.Bool:
		return "bool"
	}
	return "string"
}

func kmlLabel(f *columns.Field) string {
	label := f.Title
	if label == "" {
		label = f.Name
	}
	if f.Unit != "" {
		label += " (" + f.Unit + ")"
	}
	return label
}

func (k *kml) feature(b []byte) error {
	r, err := k.rows.read(b)
	if err != nil {
		return err
	}
	line := append(k.line[:0], "<Placemark>"...)
	for _, i := range k.names {
		if r.Values[i].Text != "" {
			line = append(appendXML(append(line, "<name>"...), r.Values[i].Text), "</name>"...)
			break
		}
	}
	if k.prose >= 0 && r.Values[k.prose].Text != "" {
		line = append(appendXML(append(line, "<description>"...), r.Values[k.prose].Text), "</description>"...)
	}
	line = k.appendSpan(line, r)
	line = k.appendStyle(line, r)
	line = append(line, `<ExtendedData><SchemaData schemaUrl="#`...)
	line = append(appendXML(line, k.layer), `">`...)
	for i := range r.Values {
		v := &r.Values[i]
		if v.Kind == columns.Null {
			continue
		}
		if v.Kind == columns.IntValue && (v.Int > math.MaxInt32 || v.Int < math.MinInt32) {
			return badFeature{fmt.Errorf("%s: %d does not fit KML's 32-bit integers", k.rows.schema.Fields[i].Name, v.Int)}
		}
		line = append(appendXML(append(line, `<SimpleData name="`...), k.rows.schema.Fields[i].Name), `">`...)
		switch v.Kind {
		case columns.TextValue:
			line = appendXML(line, v.Text)
		case columns.BoolValue: // GDAL reads no other spelling of xs:boolean
			line = append(line, byte('0'+v.Int))
		default:
			line = appendValue(line, v)
		}
		line = append(line, "</SimpleData>"...)
	}
	line = append(line, "</SchemaData></ExtendedData>"...)
	if line, err = appendKMLGeometry(line, r.Geometry); err != nil {
		return badFeature{err}
	}
	k.line = append(line, "</Placemark>\n"...)
	_, err = k.out.Write(k.line)
	return err
}

func (k *kml) appendSpan(line []byte, r *record) []byte {
	var begin, end columns.Value
	if k.first >= 0 {
		begin = r.Values[k.first]
	}
	if k.last >= 0 {
		end = r.Values[k.last]
		if k.rows.schema.EndOpen {
			end.Int--
		}
	}
	if begin.Kind != columns.DayValue && end.Kind != columns.DayValue ||
		begin.Kind == columns.DayValue && end.Kind == columns.DayValue && end.Int < begin.Int {
		return line
	}
	line = append(line, "<TimeSpan>"...)
	if begin.Kind == columns.DayValue {
		line = append(appendDay(append(line, "<begin>"...), begin.Int), "</begin>"...)
	}
	if end.Kind == columns.DayValue {
		line = append(appendDay(append(line, "<end>"...), end.Int), "</end>"...)
	}
	return append(line, "</TimeSpan>"...)
}

func (k *kml) appendStyle(line []byte, r *record) []byte {
	if k.color >= 0 && isColor(r.Values[k.color].Text) {
		line = append(line, "<styleUrl>#other</styleUrl>"...)
		return appendKMLStyle(line, "", r.Values[k.color].Text)
	}
	if k.class >= 0 {
		value := r.Values[k.class].Text
		if i := slices.IndexFunc(k.style.Classes, func(c Class) bool { return c.Value == value }); i >= 0 {
			return fmt.Appendf(line, "<styleUrl>#class%d</styleUrl>", i)
		}
	}
	return append(line, "<styleUrl>#other</styleUrl>"...)
}

func (k *kml) end() error {
	k.out.WriteString("</Folder>\n</Document>\n</kml>\n")
	return k.out.Flush()
}

func (k *kml) discard() error { return nil }
