package data

import (
	"slices"
	"strings"

	"strikewatch/data/columns"
)

// words is what the q parameter asks for: any of the alternatives, of which all
// words must occur.
type words [][]wanted

// wanted is a word as it stands in a text and within a JSON string.
type wanted struct{ plain, escaped needle }

func wordsOf(text string) words {
	var all words
	for alternative := range strings.SplitSeq(text, ",") {
		var each []wanted
		for _, word := range strings.Fields(alternative) {
			each = append(each, wanted{newNeedle(word), newNeedle(inJSON(word))})
		}
		if len(each) > 0 {
			all = append(all, each)
		}
	}
	return all
}

// in tells whether any alternative has all its words, each found by has.
func (w words) in(has func(wanted) bool) bool {
	return slices.ContainsFunc(w, func(each []wanted) bool {
		return !slices.ContainsFunc(each, func(one wanted) bool { return !has(one) })
	})
}

// lookup finds the features with the words in their texts. Most are told apart
// by their bytes alone; of the others each text is looked through, since a word
// may stand in a name or a code too.
func (w words) lookup(schema *columns.Schema) lookup {
	var record columns.Record
	var texts [][]byte
	return func(feature []byte) (bool, error) {
		if !w.in(func(one wanted) bool { return one.escaped.in(feature) }) {
			return false, nil
		}
		if err := schema.Decode(feature, &record); err != nil {
			return false, err
		}
		texts = texts[:0]
		for i, f := range schema.Fields {
			if f.Type == columns.Text && len(f.Codes) == 0 && record.Values[i].Kind == columns.TextValue {
				texts = append(texts, []byte(record.Values[i].Text))
			}
		}
		return w.in(func(one wanted) bool { return slices.ContainsFunc(texts, one.plain.in) }), nil
	}
}
