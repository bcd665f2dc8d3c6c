package api_test

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// TestRandomRequests asks every path with random parameters: whatever is
// asked, the answer is one that the document tells of, and never a 500.
func TestRandomRequests(t *testing.T) {
	h := newHandler(t, newStore(t))
	var document openAPI
	if err := json.Unmarshal([]byte(body(t, get(t, h, "/api/openapi.json"))), &document); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	var paths []string
	for path := range document.Paths {
		if !strings.HasSuffix(path, "/events") {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	requests := 4000
	if testing.Short() {
		requests = 500
	}
	statuses := map[int]int{}
	for range requests {
		path := paths[random.IntN(len(paths))]
		operation := document.Paths[path]["get"]
		query := url.Values{}
		for range random.IntN(4) {
			if len(operation.Parameters) == 0 {
				break
			}
			p := operation.Parameters[random.IntN(len(operation.Parameters))]
			if p.In == "query" {
				query.Set(p.Name, randomValue(random, p.Example, p.Schema.Enum))
			}
		}
		target := "/api" + strings.TrimSuffix(path, "/")
		for _, name := range []string{"fid", "tileMatrix", "tileRow", "tileCol"} {
			target = strings.Replace(target, "{"+name+"}", url.PathEscape(randomValue(random, "3", []any{"mm-0119", "0", "1"})), 1)
		}
		if encoded := query.Encode(); encoded != "" {
			target += "?" + encoded
		}
		r := get(t, h, target)
		statuses[r.StatusCode]++
		switch r.StatusCode {
		case http.StatusOK, http.StatusNoContent, http.StatusSeeOther:
		case http.StatusBadRequest, http.StatusNotFound:
			if query.Get("f") != "html" {
				checkProblem(t, r, r.StatusCode)
			}
		default:
			t.Errorf("%s: %d %.300s", target, r.StatusCode, body(t, r))
		}
	}
	if statuses[200] == 0 || statuses[400] == 0 || statuses[404] == 0 {
		t.Errorf("not random enough: %v", statuses)
	}
}

// randomValue is a good value, or one that people and attackers send.
func randomValue(random *rand.Rand, example any, enum []any) string {
	if len(enum) > 0 && random.IntN(2) == 0 {
		return exampleText(enum[random.IntN(len(enum))])
	}
	odd := []string{"", " ", "0", "-1", "1e309", "NaN", "9223372036854775808", "null", "..", "../..", "/", ",", ",,", "a,b", "%", "%00", "\x00", "\xff", "'", "\"",
		"'; DROP TABLE version; --", "<script>", "{}", "[]", "{\"op\":\"and\"}", "(((((", "kind = ", "NOT", "kind = 'airstrike' AND", "2024-02-30", "2024-11-01", "../2024-11-01",
		"2024-11-01/..", "0000-00-00", "9999-12-31", "-5000-01-01", "180,90,-180,-90", "170,-10,-170,10", "97.6,22.8,97.9,23.1", "1,2,3,4,5,6", "ကချင်", "克钦",
		strings.Repeat("9", 400), strings.Repeat("a,", 200), "2024-11-01T00:00:00Z", "mmr-chn", "50", "SAC", "-recorded_at", "month,held_by"}
	if example != nil && random.IntN(3) == 0 {
		return exampleText(example)
	}
	return odd[random.IntN(len(odd))]
}
