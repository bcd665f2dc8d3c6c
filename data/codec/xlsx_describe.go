package codec

import (
	"fmt"
	"slices"
	"strings"
)

// describe writes the sheets of fields and provenance, and the workbook.
func (x *xlsx) describe() error {
	fields := [][]string{{"Field", "Title", "Type", "Unit", "Description", "Code", "Meaning", "ACLED", "UCDP"}}
	for i := range x.meta.Schema.Fields {
		f := &x.meta.Schema.Fields[i]
		fields = append(fields, []string{f.Name, f.Title, typeName(f.Type), f.Unit, f.Description})
		for _, c := range f.Codes {
			fields = append(fields, []string{f.Name, "", "", "", "", c.Value, c.Title, c.ACLED, c.UCDP})
		}
	}
	switch x.geometry {
	case lonLat:
		fields = append(fields,
			[]string{"lon", "Longitude", "number", "degrees", "WGS 84, east positive"},
			[]string{"lat", "Latitude", "number", "degrees", "WGS 84, north positive"})
	case wellKnownText:
		fields = append(fields, []string{"geometry", "Geometry", "string", "degrees", "Well-known text, longitude latitude, WGS 84"})
	}
	if err := x.textSheet("xl/worksheets/sheet2.xml", []int{24, 28, 12, 12, 70, 20, 30, 30, 12}, fields); err != nil {
		return err
	}
	facts := [][]string{{"Provenance", ""}}
	for _, f := range x.meta.facts() {
		facts = append(facts, []string{f.name, f.value})
	}
	facts = append(facts, []string{"Rows", fmt.Sprint(x.count)})
	if x.cut > 0 {
		facts = append(facts, []string{"Cut", fmt.Sprintf("%d texts, because a cell holds %d characters", x.cut, xlsxMaxText)})
	}
	if x.dropped > 0 {
		facts = append(facts, []string{"Without geometry", fmt.Sprintf("%d rows, because a cell holds %d characters; take GeoPackage or GeoJSON for them", x.dropped, xlsxMaxText)})
	}
	if err := x.textSheet("xl/worksheets/sheet3.xml", []int{20, 110}, facts); err != nil {
		return err
	}
	if err := x.part("xl/_rels/workbook.xml.rels", xlsxWorkbookRelations); err != nil {
		return err
	}
	if err := x.part("docProps/core.xml", xlsxCore(x.meta)); err != nil {
		return err
	}
	return x.part("xl/workbook.xml", x.workbook())
}

func (x *xlsx) textSheet(name string, widths []int, rows [][]string) error {
	b := appendSheetHead(nil, widths)
	for i, row := range rows {
		b = fmt.Appendf(b, `<row r="%d">`, i+1)
		style := xlsxPlain
		if i == 0 {
			style = xlsxHeader
		}
		for j, text := range row {
			if text != "" {
				b = x.appendText(b, fmt.Sprintf("%s%d", columnLetters(j), i+1), text, style)
			}
		}
		b = append(b, "</row>"...)
	}
	return x.part(name, string(append(b, "</sheetData></worksheet>"...)))
}

func (x *xlsx) workbook() string {
	names := sheetNames(x.meta.Layer)
	var b strings.Builder
	b.WriteString(xmlHead + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>`)
	for i, name := range names {
		fmt.Fprintf(&b, `<sheet name="%s" sheetId="%d" r:id="rId%[2]d"/>`, escapeXML(name), i+1)
	}
	quoted := "'" + strings.ReplaceAll(names[0], "'", "''") + "'"
	fmt.Fprintf(&b, `</sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">%s!$A$1:$%s$%d</definedName></definedNames></workbook>`,
		escapeXML(quoted), x.letters[len(x.letters)-1], x.count+1)
	return b.String()
}

// sheetNames gives the three sheets names that Excel takes: at most 31
// characters, none of []:*?/\, no two alike, no apostrophe at either end.
func sheetNames(layer string) []string {
	name := strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return '_'
		}
		return r
	}, cutUTF16(layer, 31)), "'")
	reserved := []string{"fields", "provenance", "history", ""}
	if slices.Contains(reserved, strings.ToLower(name)) {
		name = "data"
	}
	return []string{name, "Fields", "Provenance"}
}

func xlsxCore(m *Meta) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	fmt.Fprintf(&b, "<dc:title>%s</dc:title><dc:description>%s</dc:description>", escapeXML(m.Title), escapeXML(m.Description))
	if !m.Generated.IsZero() {
		fmt.Fprintf(&b, `<dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created>`, m.Generated.UTC().Format("2006-01-02T15:04:05Z"))
	}
	b.WriteString("</cp:coreProperties>")
	return b.String()
}
