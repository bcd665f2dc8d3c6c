package api_test

import "testing"

// TestDurations: a duration counts the day that it begins or ends with.
func TestDurations(t *testing.T) {
	h := newHandler(t, newStore(t))
	for period, want := range map[string]int{
		"2024-12-01/P2D": 2, "2024-12-01/P1W": 7, "2024-12-01/P1M": 11, "2024-11-01/P1M1D": 2, "2024-11-01/P1Y": 12, "2024-12-05/P0D": 1,
		"P2D/2024-12-02": 2, "P1Y/2024-12-11": 12, "2024-12-01T/2024-12-03T": 3, "2024-12-01T00:00:00Z/P2D": 2,
	} {
		if got := decode[collection](t, get(t, h, "/api/collections/incidents/items?datetime="+period)).NumberMatched; got != want {
			t.Errorf("%s: %d, want %d", period, got, want)
		}
	}
	for _, period := range []string{"2024-12-01/P", "2024-12-01/PT5H", "P1D/P1D", "../P1D", "2024-12-01/P9999Y"} {
		checkProblem(t, get(t, h, "/api/collections/incidents/items?datetime="+period), 400)
	}
}
