package api

import (
	"cmp"
	"slices"
	"strings"
)

// nearest returns the candidate with the least edits to s, or "" when none is
// close enough to have been meant: half of the letters may differ.
func nearest(s string, candidates []string) string {
	best, least := "", len(s)/2+1
	for _, c := range candidates {
		if d := editDistance(strings.ToLower(s), strings.ToLower(c)); d < least {
			best, least = c, d
		}
	}
	return best
}

// editDistance counts insertions, deletions and replacements of bytes
// (Levenshtein).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// nearestRoutes returns up to three routes whose paths look like path, with
// the path's own values in place of parameters.
func (s *server) nearestRoutes(path string) []string {
	if len(path) > 200 {
		return nil
	}
	asked := strings.Split(strings.Trim(path, "/"), "/")
	type candidate struct {
		path  string
		edits int
	}
	var all []candidate
	for _, r := range s.routes {
		parts := strings.Split(strings.Trim("/api"+r.path, "/"), "/")
		if r.method != "GET" || len(parts) > len(asked)+1 || len(asked) > len(parts)+1 {
			continue
		}
		edits, letters := 0, 0
		for i, part := range parts {
			switch {
			case i >= len(asked):
				edits += 2
			case strings.HasPrefix(part, "{"):
				parts[i] = asked[i]
			default:
				edits += editDistance(strings.ToLower(asked[i]), part)
				letters += len(part)
			}
		}
		edits += 4 * max(0, len(asked)-len(parts))
		if edits <= max(2, letters/2) {
			all = append(all, candidate{"/" + strings.Join(parts, "/"), edits})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(a.edits, b.edits) })
	var near []string
	for _, c := range all[:min(3, len(all))] {
		near = append(near, c.path)
	}
	return near
}
