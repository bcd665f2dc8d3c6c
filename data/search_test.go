package data_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"strikewatch/data"
	"strikewatch/data/columns"
)

// TestSearchIsThatOfEachText compares with every feature read by another
// reader of JSON, its texts one by one.
func TestSearchIsThatOfEachText(t *testing.T) {
	w := newWorld(t)
	random := rand.New(rand.NewPCG(7, 11))
	pieces := []string{"Market", "MARKET", "market_hall", "100%", `"quoted"`, `back\slash`, "<b>&amp;", "လားရှိုး", "腊戌", "Łódź", "STRASSE", "straße",
		"line\u2028end", "tab\there", "a", "Zq", "qqq", "kind", "summary", "airstrike", "x", "RED", "c1", "..", `\u004d`}
	var edits []data.Edit
	for n := range 300 {
		edits = append(edits, create(strike(func(i *data.Incident) {
			i.ID = fmt.Sprintf("s%03d", n)
			var words []string
			for range 1 + random.IntN(6) {
				words = append(words, pieces[random.IntN(len(pieces))])
			}
			i.Summary = strings.Join(words, []string{" ", "", ", "}[random.IntN(3)])
			i.Place = pieces[random.IntN(len(pieces))]
			i.Withheld = n%17 == 0
		})))
	}
	w.mustWrite(edits...)
	every, err := w.Parse(data.Incidents, url.Values{"limit": {"10000"}})
	if err != nil {
		t.Fatal(err)
	}
	page, err := w.Page(context.Background(), every)
	if err != nil {
		t.Fatal(err)
	}
	texts := textsOf(t, w.features(page), every.Schema())
	found := 0
	for range 400 {
		var parts []string
		for range 1 + random.IntN(3) {
			word := []rune(pieces[random.IntN(len(pieces))])
			from := random.IntN(len(word))
			parts = append(parts, string(word[from:from+1+random.IntN(len(word)-from)]), []string{" ", ",", " , "}[random.IntN(3)])
		}
		text := strings.Join(parts, "")
		query, err := w.Parse(data.Incidents, url.Values{"q": {text}})
		if err != nil {
			t.Fatal(err)
		}
		got, err := w.Count(context.Background(), query)
		if want := matching(texts, text); err != nil || got != want {
			t.Fatalf("q=%q: %d, %v; want %d", text, got, err, want)
		}
		found += got
	}
	if found == 0 {
		t.Error("nothing was ever found")
	}
}

// textsOf are the texts that words are looked for in, by feature.
func textsOf(t *testing.T, features [][]byte, schema *columns.Schema) (all [][]string) {
	for _, f := range features {
		var read struct{ Properties map[string]any }
		if err := json.Unmarshal(f, &read); err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, field := range schema.Fields {
			if text, ok := read.Properties[field.Name].(string); ok && field.Type == columns.Text && len(field.Codes) == 0 {
				texts = append(texts, text)
			}
		}
		all = append(all, texts)
	}
	return all
}

func matching(texts [][]string, asked string) (n int) {
	for _, of := range texts {
		if slices.ContainsFunc(strings.Split(asked, ","), func(alternative string) bool {
			words := strings.Fields(alternative)
			return len(words) > 0 && !slices.ContainsFunc(words, func(word string) bool {
				return !slices.ContainsFunc(of, func(text string) bool { return strings.Contains(lowerLatin(text), lowerLatin(word)) })
			})
		}) {
			n++
		}
	}
	return n
}

func lowerLatin(text string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, text)
}

// TestLikeIsThatOfTheText compares patterns on prose with a reading of every
// summary by regular expressions.
func TestLikeIsThatOfTheText(t *testing.T) {
	w := newWorld(t)
	random := rand.New(rand.NewPCG(3, 5))
	pieces := []string{"Bombs", "bombs", "BOMBS", "100%", "a_b", `b\s`, `"q"`, " ", "လားရှိုး", "é", "É", "\u2028", "\t"}
	var summaries []string
	var edits []data.Edit
	for n := range 200 {
		var b strings.Builder
		for range 1 + random.IntN(5) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		summary := strings.TrimSpace(b.String())
		if summary == "" {
			summary = "x"
		}
		summaries = append(summaries, summary)
		edits = append(edits, create(strike(func(i *data.Incident) { i.ID, i.Summary = fmt.Sprintf("s%03d", n), summary })))
	}
	w.mustWrite(edits...)
	for range 300 {
		var like, expression strings.Builder
		for range 1 + random.IntN(5) {
			switch random.IntN(4) {
			case 0:
				like.WriteString("%")
				expression.WriteString(".*")
			case 1:
				like.WriteString("_")
				expression.WriteString(".")
			default:
				p := pieces[random.IntN(len(pieces))]
				like.WriteString(strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(p))
				expression.WriteString(regexp.QuoteMeta(p))
			}
		}
		for _, c := range []struct{ filter, flags string }{{"summary LIKE '%s'", "(?s)"}, {"CASEI(summary) LIKE CASEI('%s')", "(?is)"}} {
			match := regexp.MustCompile(c.flags + `\A` + expression.String() + `\z`)
			want := 0
			for _, summary := range summaries {
				if match.MatchString(summary) {
					want++
				}
			}
			query, err := w.Parse(data.Incidents, url.Values{"filter": {fmt.Sprintf(c.filter, like.String())}})
			if err != nil {
				t.Fatal(err)
			}
			if got, err := w.Count(context.Background(), query); err != nil || got != want {
				t.Fatalf(c.filter+": %d, %v; want %d", like.String(), got, err, want)
			}
		}
	}
}
