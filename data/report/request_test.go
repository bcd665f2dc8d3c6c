package report_test

import (
	"errors"
	"strings"
	"testing"

	"strikewatch/data"
	"strikewatch/data/report"
)

func TestRequestsThatCanNotStand(t *testing.T) {
	s := openStore(t, copyStarter(t), nil)
	for _, c := range []struct{ query, field string }{
		{"within_km=30&datetime=2024-09-01/2024-11-30", "border"},
		{"border=mmr-xyz&within_km=30&datetime=2024-09-01/2024-11-30", "border"},
		{"border=mmr-chn&datetime=2024-09-01/2024-11-30", "within_km"},
		{"border=mmr-chn&within_km=0&datetime=2024-09-01/2024-11-30", "within_km"},
		{"border=mmr-chn&within_km=-3&datetime=2024-09-01/2024-11-30", "within_km"},
		{"border=mmr-chn&within_km=NaN&datetime=2024-09-01/2024-11-30", "within_km"},
		{"border=mmr-chn&within_km=1001&datetime=2024-09-01/2024-11-30", "within_km"},
		{"border=mmr-chn&within=30miles&datetime=2024-09-01/2024-11-30", "within_km"},
		{"border=mmr-chn&within=30km&within_km=30&datetime=2024-09-01/2024-11-30", "within"},
		{"border=mmr-chn&within_km=30", "datetime"},
		{"border=mmr-chn&within_km=30&datetime=2024-09-01/..", "datetime"},
		{"border=mmr-chn&within_km=30&datetime=2024-13-01", "datetime"},
		{"border=mmr-chn&within_km=30&datetime=2024-11-30/2024-09-01", "datetime"},
		{"border=mmr-chn&within_km=30&datetime=1990-01-01/2024-11-30", "datetime"},
		{"border=mmr-chn&within_km=30&datetime=2024-11-01&limit=5", "limit"},
		{"border=mmr-chn&within_km=30&datetime=2024-11-01&colour=red", "colour"},
		{"border=mmr-chn&within_km=30&datetime=2024-11-01&known_at=now", "known_at"},
	} {
		_, err := report.ParseBorder(s, query(t, c.query))
		var invalid *data.InvalidError
		if !errors.As(err, &invalid) || invalid.Field != c.field || invalid.Hint == "" {
			t.Errorf("%s: %v, want an invalid %s with a fix", c.query, err, c.field)
		}
	}
	_, _, err := report.Render(t.Context(), s, query(t, "border=mmr-chn&within_km=30&datetime=2024-11-01"), "pdf")
	if err == nil || !strings.Contains(err.Error(), "html") {
		t.Errorf("an unknown format: %v, want the known ones named", err)
	}
}
