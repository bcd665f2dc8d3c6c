package columns

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
)

// FoldCase maps texts that differ in case only to the same text, by the full
// case folding of Unicode: Straße is STRASSE too.
func FoldCase(text string) string { return string(foldCase([]byte(text))) }

func foldCase(text []byte) []byte {
	folded := make([]byte, len(text))
	for i, b := range text {
		if b >= utf8.RuneSelf {
			return bytes.Map(foldCherokee, cases.Fold().Bytes(text))
		}
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		folded[i] = b
	}
	return folded
}

// foldCherokee folds the one script whose letters fold to capitals; cases.Fold
// turns them into their other case, whichever they have.
func foldCherokee(r rune) rune {
	if unicode.Is(unicode.Cherokee, r) {
		return unicode.ToUpper(r)
	}
	return r
}

// anyElement widens a test of a text to the elements of a comma-joined list.
func anyElement(match func([]byte) bool) func([]byte) bool {
	return func(text []byte) bool {
		if match(text) {
			return true
		}
		if bytes.IndexByte(text, ',') < 0 {
			return false
		}
		for more := true; more; {
			var element []byte
			element, text, more = bytes.Cut(text, []byte{','})
			if match(element) {
				return true
			}
		}
		return false
	}
}

// folded applies a test to the case-folded text.
func folded(match func([]byte) bool) func([]byte) bool {
	return func(text []byte) bool { return match(foldCase(text)) }
}

// like makes a test of a CQL2 pattern.
func like(pattern string, fold bool) func([]byte) bool {
	parts := parseLike(pattern, fold)
	if fold {
		return folded(func(text []byte) bool { return matchLike(parts, text) })
	}
	return func(text []byte) bool { return matchLike(parts, text) }
}

const (
	anyRun  rune = -1 // %
	anyRune rune = -2 // _
)

func parseLike(pattern string, fold bool) []rune {
	if fold { // leaves %, _ and \ as they are
		pattern = FoldCase(pattern)
	}
	var parts []rune
	literal := false
	for _, r := range pattern {
		switch {
		case literal:
		case r == '\\':
			literal = true
			continue
		case r == '%':
			if len(parts) == 0 || parts[len(parts)-1] != anyRun {
				parts = append(parts, anyRun)
			}
			continue
		case r == '_':
			parts = append(parts, anyRune)
			continue
		}
		parts, literal = append(parts, r), false
	}
	if literal {
		parts = append(parts, '\\')
	}
	return parts
}

// matchLike goes back to the last % only, which is enough: an earlier one can
// not do better.
func matchLike(parts []rune, text []byte) bool {
	at, retryPart, retryText := 0, -1, []byte(nil)
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case at < len(parts) && parts[at] == anyRun:
			retryPart, retryText = at, text
			at++
		case at < len(parts) && (parts[at] == anyRune || parts[at] == r):
			at++
			text = text[size:]
		case retryPart >= 0:
			_, skipped := utf8.DecodeRune(retryText)
			retryText = retryText[skipped:]
			at, text = retryPart+1, retryText
		default:
			return false
		}
	}
	for at < len(parts) && parts[at] == anyRun {
		at++
	}
	return at == len(parts)
}
