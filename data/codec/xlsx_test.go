package codec_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"strikewatch/data/codec"
)

func workbook(t *testing.T, m codec.Meta, features [][]byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(encode(t, "xlsx", m, features)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestWorkbookCells(t *testing.T) {
	f := workbook(t, meta(incidentSchema()), incidents(t))
	if got := f.GetSheetList(); !slices.Equal(got, []string{"incidents", "Fields", "Provenance"}) {
		t.Errorf("sheets are %v", got)
	}
	for cell, want := range map[string]struct {
		kind      excelize.CellType
		raw, show string
	}{
		"A1": {excelize.CellTypeInlineString, "id", "id"},
		"A2": {excelize.CellTypeInlineString, "mm-0001", "mm-0001"},
		"C2": {excelize.CellTypeUnset, "45597", "2024-11-01"},
		"C3": {excelize.CellTypeInlineString, "1899-12-31", "1899-12-31"},
		"D3": {excelize.CellTypeUnset, "45351", "2024-02-29"},
		"E2": {excelize.CellTypeInlineString, "လားရှိုးမြို့", "လားရှိုးမြို့"},
		"E3": {excelize.CellTypeInlineString, "", ""},
		"E5": {excelize.CellTypeInlineString, `=HYPERLINK("http://x")`, `=HYPERLINK("http://x")`},
		"F2": {excelize.CellTypeUnset, "0", "0"},
		"F3": {excelize.CellTypeUnset, "", ""},
		"G2": {excelize.CellTypeUnset, "101.873", "101.873"},
		"H2": {excelize.CellTypeBool, "1", "TRUE"},
		"J2": {excelize.CellTypeInlineString, "Five bombs, \"at night\",\nnear the market; 腊戌\tmarket\r\nsecond line", ""},
		"K2": {excelize.CellTypeUnset, "", "2024-11-02 03:04:05"},
		"L3": {excelize.CellTypeUnset, "-179.9999999", "-179.9999999"},
		"M3": {excelize.CellTypeUnset, "-0.5", "-0.5"},
		"M4": {excelize.CellTypeUnset, "", ""},
	} {
		kind, err := f.GetCellType("incidents", cell)
		if err != nil || kind != want.kind {
			t.Errorf("%s is of type %v, want %v (%v)", cell, kind, want.kind, err)
		}
		raw, err := f.GetCellValue("incidents", cell, excelize.Options{RawCellValue: true})
		if err != nil || want.raw != "" && raw != want.raw {
			t.Errorf("%s holds %q, want %q (%v)", cell, raw, want.raw, err)
		}
		show, err := f.GetCellValue("incidents", cell)
		if err != nil || want.show != "" && show != want.show {
			t.Errorf("%s shows %q, want %q (%v)", cell, show, want.show, err)
		}
		if formula, _ := f.GetCellFormula("incidents", cell); formula != "" {
			t.Errorf("%s runs %q", cell, formula)
		}
	}
	panes, err := f.GetPanes("incidents")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes are %+v, %v", panes, err)
	}
	names := f.GetDefinedName()
	if len(names) != 1 || names[0].RefersTo != "'incidents'!$A$1:$M$5" {
		t.Errorf("filter is %+v", names)
	}
}

func TestWorkbookDescribesItself(t *testing.T) {
	m := meta(incidentSchema())
	m.Layer = "Provenance" // a name that is taken
	f := workbook(t, m, nil)
	if got := f.GetSheetList()[0]; got != "data" {
		t.Errorf("first sheet is %q", got)
	}
	rows, err := f.GetRows("Fields")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range [][]string{
		{"border_km", "Distance to the border", "number", "km"},
		{"kind", "", "", "", "", "airstrike", "Air strike", "Air/drone strike", "1"},
		{"lat", "Latitude", "number", "degrees", "WGS 84, north positive"},
	} {
		if !slices.ContainsFunc(rows, func(r []string) bool { return slices.Equal(r, want) }) {
			t.Errorf("fields lack %v: %v", want, rows)
		}
	}
	rows, err = f.GetRows("Provenance")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(slices.Concat(rows...), "|")
	for _, want := range []string{m.Query, "Known at|2024-11-05T06:07:08Z", "Rows|0", "ODbL-1.0", "3 rows, because"} {
		if !strings.Contains(text, want) {
			t.Errorf("provenance lacks %q: %s", want, text)
		}
	}
}

func TestWorkbookCutsWhatACellCanNotHold(t *testing.T) {
	s := mixedSchema()
	long := strings.Repeat("\U0001F4A5", 16384) // 32,768 UTF-16 units
	ring := `[[0,0],` + strings.Repeat(`[1.1234567,1.1234567],`, 2000) + `[1,1],[0,0]]`
	f := workbook(t, meta(s), [][]byte{feature(t, s, `{"type":"Polygon","coordinates":[`+ring+`]}`, "a", long)})
	if got, _ := f.GetCellValue("control", "B2"); got != long[:len(long)-4] {
		t.Errorf("cut to %d bytes", len(got))
	}
	if got, _ := f.GetCellValue("control", "C2"); got != "" {
		t.Errorf("a broken geometry of %d bytes", len(got))
	}
	rows, err := f.GetRows("Provenance")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(slices.Concat(rows...), "|")
	if !strings.Contains(text, "Cut|1 texts") || !strings.Contains(text, "Without geometry|1 rows") {
		t.Errorf("not told: %s", text)
	}
}

func TestWorkbookRefusesTooManyRows(t *testing.T) {
	in := incidents(t)
	for name, known := range map[string]int64{"count known": 4, "count not known": 0} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			m := meta(incidentSchema())
			m.TempDir, m.Rows = t.TempDir(), known
			w, err := codec.NewXLSXWriter(&out, m, 3)
			for i := 0; err == nil && i < len(in); i++ {
				err = w.Write(in[i])
			}
			if !errors.Is(err, codec.ErrTooLarge) {
				t.Errorf("error is %v", err)
			}
			if known == 0 {
				if err := w.Close(); !errors.Is(err, codec.ErrTooLarge) {
					t.Errorf("Close gives %v", err)
				}
			}
			if out.Len() > 0 {
				t.Errorf("%d bytes were written before the error", out.Len())
			}
		})
	}
}
