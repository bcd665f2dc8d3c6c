package codec

import (
	"fmt"
	"strings"
)

// qgisMetadata writes QGIS's layer metadata
// (https://github.com/qgis/QGIS/blob/master/resources/qgis-resource-metadata.xsd).
func qgisMetadata(m *Meta) string {
	var b strings.Builder
	element := func(name, text string) { b.WriteString("<" + name + ">" + escapeXML(text) + "</" + name + ">") }
	b.WriteString(`<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'><qgis version="3.28.0">`)
	element("identifier", m.Query)
	element("parentidentifier", "")
	element("language", "ENG")
	element("type", "dataset")
	element("title", m.Title)
	element("abstract", m.Description)
	b.WriteString("<links>")
	for _, a := range m.Attribution {
		if a.LicenceURL != "" {
			fmt.Fprintf(&b, `<link type="WWW:LINK" name="%s" url="%s" description="" format="" mimeType="" size=""/>`,
				escapeXML(a.Licence), escapeXML(a.LicenceURL))
		}
	}
	b.WriteString("</links>")
	element("fees", "")
	for _, a := range m.Attribution {
		element("rights", a.line())
	}
	element("license", m.licences())
	element("encoding", "UTF-8")
	for _, f := range m.facts() {
		switch f.name {
		case "Query", "Known at", "Generated", "Checkpoint", "Left out":
			element("history", f.name+": "+f.value)
		}
	}
	b.WriteString("</qgis>")
	return b.String()
}

// qgisStyle writes a QGIS 3 style (QML): coloured by class or by the colour
// property, with the layer's time switched on for the temporal controller.
// It is empty where no one symbol fits: no geometry, or mixed.
func qgisStyle(m *Meta) string {
	symbol := qgisSymbol(m.Schema.Geometry)
	if symbol == nil {
		return ""
	}
	style := m.style()
	var b strings.Builder
	b.WriteString(`<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'><qgis version="3.28.0" styleCategories="Symbology|Temporal">`)
	if m.Schema.Start != "" {
		// Mode 2: each feature's own start and end field; limitMode 0 leaves the
		// end out, 1 takes it in.
		limit := 1
		if m.Schema.EndOpen {
			limit = 0
		}
		fmt.Fprintf(&b, `<temporal enabled="1" mode="2" limitMode="%d" startField="%s" endField="%s" durationField="" durationUnit="d" fixedDuration="0" accumulate="0" startExpression="" endExpression=""><fixedRange><start></start><end></end></fixedRange></temporal>`,
			limit, escapeXML(m.Schema.Start), escapeXML(m.Schema.End))
	}
	if style.ColorField == "" && len(style.Classes) > 0 {
		fmt.Fprintf(&b, `<renderer-v2 type="categorizedSymbol" attr="%s" enableorderby="0" forceraster="0" symbollevels="0"><categories>`, escapeXML(style.ClassField))
		for i, c := range style.Classes {
			fmt.Fprintf(&b, `<category symbol="%d" value="%s" label="%s" render="true" type="string"/>`, i, escapeXML(c.Value), escapeXML(c.Title))
		}
		fmt.Fprintf(&b, `<category symbol="%d" value="" label="other" render="true" type="string"/></categories><symbols>`, len(style.Classes))
		for i, c := range style.Classes {
			b.WriteString(symbol(fmt.Sprint(i), c.Color, ""))
		}
		b.WriteString(symbol(fmt.Sprint(len(style.Classes)), style.Color, ""))
	} else {
		b.WriteString(`<renderer-v2 type="singleSymbol" enableorderby="0" forceraster="0" symbollevels="0"><symbols>`)
		b.WriteString(symbol("0", style.Color, style.ColorField))
	}
	b.WriteString(`</symbols></renderer-v2><layerGeometryType>` + qgisGeometryType(m.Schema.Geometry) + `</layerGeometryType></qgis>`)
	return b.String()
}

func qgisGeometryType(geometry string) string {
	switch {
	case strings.HasSuffix(geometry, "Point"):
		return "0"
	case strings.HasSuffix(geometry, "LineString"):
		return "1"
	}
	return "2"
}

// qgisSymbol returns what draws a geometry type in a colour, or in the colour
// that a property holds.
func qgisSymbol(geometry string) func(name, color, field string) string {
	switch geometry {
	case "Point", "MultiPoint":
		return func(name, color, field string) string {
			return qgisLayer(name, "marker", "SimpleMarker", field, "fillColor", "1",
				[2]string{"name", "circle"}, [2]string{"color", qgisColor(color, 220)}, [2]string{"outline_color", "255,255,255,255"},
				[2]string{"outline_width", "0.2"}, [2]string{"outline_width_unit", "MM"}, [2]string{"size", "2.6"}, [2]string{"size_unit", "MM"})
		}
	case "LineString", "MultiLineString":
		return func(name, color, field string) string {
			return qgisLayer(name, "line", "SimpleLine", field, "outlineColor", "1",
				[2]string{"line_color", qgisColor(color, 255)}, [2]string{"line_width", "0.5"}, [2]string{"line_width_unit", "MM"})
		}
	case "Polygon", "MultiPolygon":
		return func(name, color, field string) string {
			return qgisLayer(name, "fill", "SimpleFill", field, "fillColor", "0.55",
				[2]string{"color", qgisColor(color, 255)}, [2]string{"style", "solid"}, [2]string{"outline_color", "60,60,60,255"},
				[2]string{"outline_width", "0.2"}, [2]string{"outline_width_unit", "MM"}, [2]string{"outline_style", "solid"})
		}
	}
	return nil
}

// qgisLayer writes a symbol of one layer. With a field, property (the name
// that QGIS gives to the data-defined colour) takes its value.
func qgisLayer(name, kind, class, field, property, alpha string, options ...[2]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<symbol name="%s" type="%s" alpha="%s" clip_to_extent="1" force_rhr="0"><layer class="%s" enabled="1" locked="0" pass="0"><Option type="Map">`,
		name, kind, alpha, class)
	for _, o := range options {
		fmt.Fprintf(&b, `<Option name="%s" value="%s" type="QString"/>`, o[0], o[1])
	}
	b.WriteString("</Option>")
	if field != "" {
		expression := fmt.Sprintf(`coalesce("%s", '%s')`, strings.ReplaceAll(field, `"`, `""`), plainColor)
		fmt.Fprintf(&b, `<data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties" type="Map"><Option name="%s" type="Map"><Option name="active" value="true" type="bool"/><Option name="expression" value="%s" type="QString"/><Option name="type" value="3" type="int"/></Option></Option><Option name="type" value="collection" type="QString"/></Option></data_defined_properties>`,
			property, escapeXML(expression))
	}
	b.WriteString("</layer></symbol>")
	return b.String()
}

func qgisColor(color string, alpha int) string {
	r, g, b := rgb(color)
	return fmt.Sprintf("%d,%d,%d,%d", r, g, b, alpha)
}
