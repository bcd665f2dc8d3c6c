package api

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
)

// table is what is told in rows, for people and spreadsheets.
type table struct {
	Title, About string
	Columns      []string
	Rows         [][]cell
}

// add appends a row of texts (string) and numbers (float64).
func (t *table) add(values ...any) {
	row := make([]cell, 0, len(values))
	for _, v := range values {
		switch v := v.(type) {
		case float64:
			row = append(row, cell{Text: strconv.FormatFloat(v, 'f', -1, 64), Number: true})
		case string:
			row = append(row, cell{Text: v})
		}
	}
	t.Rows = append(t.Rows, row)
}

func writeTableCSV(c *gin.Context, f format, name string, t table) error {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	rows := [][]string{t.Columns}
	for _, cells := range t.Rows {
		row := make([]string, len(cells))
		for i, one := range cells {
			row[i] = one.Text
		}
		rows = append(rows, row)
	}
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="`+fileName(c, name, ".csv")+`"`)
	c.Data(http.StatusOK, f.media, out.Bytes())
	return nil
}
