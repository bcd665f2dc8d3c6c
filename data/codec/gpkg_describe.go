package codec

import (
	"database/sql/driver"
	"strings"

	"strikewatch/data/columns"
)

// describe writes everything but the rows: contents, geometry column, field
// dictionary, provenance, style.
func (g *gpkg) describe() error {
	m := g.meta
	changed := gpkgTime(m.Generated)
	kind, srs := "attributes", driver.Value(nil)
	bounds := []driver.Value{nil, nil, nil, nil}
	if m.Schema.Geometry != "" {
		kind, srs = "features", int64(4326)
		if g.index.some {
			b := g.index.bound
			bounds = []driver.Value{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
		}
	}
	identifier := m.Title
	if identifier == "" {
		identifier = m.Layer
	}
	err := g.exec("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		m.Layer, kind, identifier, m.Description, changed, bounds[0], bounds[1], bounds[2], bounds[3], srs)
	if err != nil {
		return err
	}
	if err := g.exec("INSERT INTO gpkg_ogr_contents VALUES (?, ?)", m.Layer, g.index.count); err != nil {
		return err
	}
	if err := g.exec(gpkgCountTriggers(m.Layer)); err != nil {
		return err
	}
	if m.Schema.Geometry != "" {
		if err := g.exec("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)",
			m.Layer, strings.ToUpper(m.Schema.Geometry)); err != nil {
			return err
		}
		if err := g.exec("INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec121/#extension_rtree', 'write-only')",
			m.Layer); err != nil {
			return err
		}
	}
	for i := range m.Schema.Fields {
		if err := g.describeField(&m.Schema.Fields[i]); err != nil {
			return err
		}
	}
	if err := g.describeProvenance(changed); err != nil {
		return err
	}
	return g.describeStyle(changed)
}

// describeField writes one row of the dictionary. Lists of codes get no
// enumeration, since their values are joined.
func (g *gpkg) describeField(f *columns.Field) error {
	var constraint driver.Value
	if len(f.Codes) > 0 && !f.List {
		constraint = g.meta.Layer + "_" + f.Name
		for _, c := range f.Codes {
			if err := g.exec("INSERT INTO gpkg_data_column_constraints VALUES (?, 'enum', ?, NULL, NULL, NULL, NULL, ?)",
				constraint, c.Value, c.Title); err != nil {
				return err
			}
		}
	}
	title := f.Title
	if title == "" {
		title = f.Name
	}
	return g.exec("INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, ?)",
		g.meta.Layer, f.Name, f.Name, title, fieldText(f), constraint)
}

// describeProvenance writes the metadata twice: complete as JSON, and as
// QGIS's own metadata so that its layer properties show licence and history.
func (g *gpkg) describeProvenance(changed string) error {
	about, err := g.meta.JSON()
	if err != nil {
		return err
	}
	for id, row := range []struct{ standard, mediaType, text string }{
		{"https://json-schema.org/draft/2020-12/schema", "application/json", string(about)},
		{"http://mrcc.com/qgis.dtd", "text/xml", qgisMetadata(g.meta)},
	} {
		if err := g.exec("INSERT INTO gpkg_metadata VALUES (?, 'dataset', ?, ?, ?)", int64(id+1), row.standard, row.mediaType, row.text); err != nil {
			return err
		}
		if err := g.exec("INSERT INTO gpkg_metadata_reference VALUES ('table', ?, NULL, NULL, ?, ?, NULL)", g.meta.Layer, changed, int64(id+1)); err != nil {
			return err
		}
	}
	return nil
}

func (g *gpkg) describeStyle(changed string) error {
	qml := qgisStyle(g.meta)
	if qml == "" {
		return nil
	}
	if err := g.exec(layerStylesTable); err != nil {
		return err
	}
	if err := g.exec("INSERT INTO gpkg_contents VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?, NULL, NULL, NULL, NULL, NULL)", changed); err != nil {
		return err
	}
	return g.exec("INSERT INTO layer_styles VALUES (1, '', '', ?, 'geom', ?, ?, NULL, 1, ?, '', NULL, ?)",
		g.meta.Layer, g.meta.Layer, qml, g.meta.Title, changed)
}

// fieldText is a field's description with its unit and its codes' equivalents.
func fieldText(f *columns.Field) string {
	var parts []string
	if f.Description != "" {
		parts = append(parts, f.Description)
	}
	if f.Unit != "" {
		parts = append(parts, "unit: "+f.Unit)
	}
	if len(f.Codes) > 0 {
		codes := make([]string, len(f.Codes))
		for i, c := range f.Codes {
			codes[i] = codeText(c)
		}
		parts = append(parts, "codes: "+strings.Join(codes, ", "))
	}
	return strings.Join(parts, "; ")
}

func codeText(c columns.Code) string {
	var same []string
	if c.ACLED != "" {
		same = append(same, "ACLED "+c.ACLED)
	}
	if c.UCDP != "" {
		same = append(same, "UCDP "+c.UCDP)
	}
	if len(same) == 0 {
		return c.Value
	}
	return c.Value + " (" + strings.Join(same, ", ") + ")"
}
