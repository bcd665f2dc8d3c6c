package cql2

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind tells tokens apart.
type tokenKind uint8

const (
	end    tokenKind = iota
	word             // identifier or keyword
	quoted           // identifier in double quotes
	text             // character literal, unquoted
	number           // without sign
	symbol           // operator or punctuation
)

type token struct {
	kind tokenKind
	text string
	at   int // byte offset
}

func (t token) String() string {
	switch t.kind {
	case end:
		return "the end"
	case text:
		return "'" + t.text + "'"
	}
	return `"` + t.text + `"`
}

// lexer cuts text into tokens.
type lexer struct {
	source string
	at     int
}

// position counts characters from 1, as people do.
func (l *lexer) position(at int) string {
	return fmt.Sprintf("character %d", utf8.RuneCountInString(l.source[:at])+1)
}

func (l *lexer) wrong(at int, hint, problem string, args ...any) error {
	return &Error{Where: l.position(at), Problem: fmt.Sprintf(problem, args...), Hint: hint}
}

func (l *lexer) next() (token, error) {
	l.at += len(l.source[l.at:]) - len(strings.TrimLeftFunc(l.source[l.at:], unicode.IsSpace))
	start := l.at
	if start == len(l.source) {
		return token{end, "", start}, nil
	}
	r, size := utf8.DecodeRuneInString(l.source[start:])
	switch {
	case r == utf8.RuneError && size == 1:
		return token{}, l.wrong(start, "", "the text is not valid UTF-8")
	case r == '\'':
		return l.literal()
	case r == '"':
		return l.quotedName()
	case isDigit(r) || r == '.' && start+1 < len(l.source) && isDigit(rune(l.source[start+1])):
		return l.number(), nil
	case startsName(r):
		for l.at < len(l.source) {
			r, size := utf8.DecodeRuneInString(l.source[l.at:])
			if !continuesName(r) {
				break
			}
			l.at += size
		}
		return token{word, l.source[start:l.at], start}, nil
	}
	for _, s := range []string{"<>", "<=", ">=", "!=", "=", "<", ">", "(", ")", ",", "-", "+", "*", "/", "%", "^"} {
		if strings.HasPrefix(l.source[start:], s) {
			l.at += len(s)
			return token{symbol, s, start}, nil
		}
	}
	return token{}, l.wrong(start, "", "%q has no meaning here", r)
}

// literal reads a text in single quotes; a quote inside is doubled or follows
// a backslash.
func (l *lexer) literal() (token, error) {
	start := l.at
	var content strings.Builder
	for i := start + 1; i < len(l.source); i++ {
		switch c := l.source[i]; {
		case (c == '\\' || c == '\'') && i+1 < len(l.source) && l.source[i+1] == '\'':
			content.WriteByte('\'')
			i++
		case c == '\'':
			l.at = i + 1
			return token{text, content.String(), start}, nil
		default:
			content.WriteByte(c)
		}
	}
	return token{}, l.wrong(start, "close it with '", "this text has no end")
}

func (l *lexer) quotedName() (token, error) {
	start := l.at
	length := strings.IndexByte(l.source[start+1:], '"')
	if length < 0 {
		return token{}, l.wrong(start, `close it with "`, "this name has no end")
	}
	l.at = start + length + 2
	return token{quoted, l.source[start+1 : l.at-1], start}, nil
}

func (l *lexer) number() token {
	start := l.at
	digits := func() {
		for l.at < len(l.source) && isDigit(rune(l.source[l.at])) {
			l.at++
		}
	}
	digits()
	if l.at < len(l.source) && l.source[l.at] == '.' {
		l.at++
		digits()
	}
	if rest := l.source[l.at:]; len(rest) > 1 && (rest[0] == 'e' || rest[0] == 'E') {
		sign := 0
		if rest[1] == '+' || rest[1] == '-' {
			sign = 1
		}
		if len(rest) > 1+sign && isDigit(rune(rest[1+sign])) {
			l.at += 1 + sign
			digits()
		}
	}
	return token{number, l.source[start:l.at], start}
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// startsName and continuesName follow the names of XML, which CQL2 takes over.
func startsName(r rune) bool {
	switch {
	case r == ':' || r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
		return true
	case r < 0xC0 || r == 0xD7 || r == 0xF7 || 0x300 <= r && r <= 0x36F || r == 0x37E:
		return false
	}
	return 0xC0 <= r && r <= 0x1FFE || 0x200C <= r && r <= 0x200D || 0x2070 <= r && r <= 0x218F ||
		0x2C00 <= r && r <= 0x2FEF || 0x3001 <= r && r <= 0xD7FF || 0xF900 <= r && r <= 0xFDCF ||
		0xFDF0 <= r && r <= 0xFFFD || 0x10000 <= r && r <= 0xEFFFF
}

func continuesName(r rune) bool {
	return startsName(r) || isDigit(r) || r == '.' || 0x300 <= r && r <= 0x36F || 0x203F <= r && r <= 0x2040
}
