package columns

import (
	"encoding/binary"
	"math/bits"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
)

// string reads a string whose opening quote comes next.
func (c *scanner) string() (span, error) {
	c.at++
	s := span{from: c.at}
	for {
		if c.at+8 > len(c.data) {
			if c.at >= len(c.data) {
				return s, errEnd
			}
		} else if plain := plainBytes(binary.LittleEndian.Uint64(c.data[c.at:])); plain > 0 {
			c.at += plain
			continue
		}
		switch b := c.data[c.at]; {
		case b == '"':
			s.to = c.at
			c.at++
			return s, nil
		case b == '\\':
			s.escaped = true
			if err := c.escape(); err != nil {
				return s, err
			}
		case b < 0x20:
			return s, c.wrong("no control character")
		default:
			c.at++
		}
	}
}

// plainBytes is how many of eight bytes come before the first that is a quote,
// a backslash or a control character
// (https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord: the lowest
// byte found is right, those above need not be).
func plainBytes(word uint64) int {
	quote, slash := word^(lowBits*'"'), word^(lowBits*'\\')
	special := (quote-lowBits)&^quote | (slash-lowBits)&^slash | (word-lowBits*0x20)&^word
	return bits.TrailingZeros64(special&highBits) / 8
}

func (c *scanner) escape() error {
	if c.at+1 >= len(c.data) {
		return errEnd
	}
	switch c.data[c.at+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		c.at += 2
		return nil
	case 'u':
		if c.at+6 > len(c.data) {
			return errEnd
		}
		if _, err := strconv.ParseUint(string(c.data[c.at+2:c.at+6]), 16, 16); err != nil {
			return c.wrong("four hexadecimal digits")
		}
		c.at += 6
		return nil
	}
	return c.wrong("an escape")
}

// unescape appends what the string means. A lone surrogate becomes U+FFFD, as
// in encoding/json.
func (c *scanner) unescape(dst []byte, s span) []byte {
	text := c.data[s.from:s.to]
	for i := 0; i < len(text); {
		if text[i] != '\\' {
			dst = append(dst, text[i])
			i++
			continue
		}
		switch text[i+1] {
		case 'b':
			dst = append(dst, '\b')
		case 'f':
			dst = append(dst, '\f')
		case 'n':
			dst = append(dst, '\n')
		case 'r':
			dst = append(dst, '\r')
		case 't':
			dst = append(dst, '\t')
		case 'u':
			r := hex4(text[i+2:])
			i += 6
			if utf16.IsSurrogate(r) {
				low := rune(0)
				if i+6 <= len(text) && text[i] == '\\' && text[i+1] == 'u' {
					low = hex4(text[i+2:])
				}
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					i += 6
				}
			}
			dst = utf8.AppendRune(dst, r)
			continue
		default:
			dst = append(dst, text[i+1])
		}
		i += 2
	}
	return dst
}

// hex4 reads four digits that escape has checked.
func hex4(digits []byte) rune {
	n, _ := strconv.ParseUint(string(digits[:4]), 16, 16)
	return rune(n)
}
