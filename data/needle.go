package data

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"
)

// needle is a word that is looked for in texts regardless of the case of ASCII
// letters, as SQLite's LIKE does.
type needle struct {
	lower []byte
	pivot int // the place of the letter that texts have least often; -1 without any letter
}

// rarest are letters by how seldom English, and names, have them.
const rarest = "qzxjvkwbfpycgmudlhrstnoiea"

func newNeedle(word string) needle {
	n := needle{[]byte(word), -1}
	rank := len(rarest)
	for i, c := range n.lower {
		n.lower[i] = lowerASCII(c)
		if r := strings.IndexByte(rarest, n.lower[i]); r >= 0 && r < rank {
			n.pivot, rank = i, r
		}
	}
	return n
}

func (n needle) in(text []byte) bool {
	if n.pivot < 0 {
		return bytes.Contains(text, n.lower)
	}
	c := n.lower[n.pivot]
	return n.around(text, c) || n.around(text, c-'a'+'A')
}

// around looks for the word where the letter at its pivot stands, written so.
func (n needle) around(text []byte, letter byte) bool {
	last := len(text) - len(n.lower) // where the word may begin
	for from := 0; from <= last; {
		at := bytes.IndexByte(text[from+n.pivot:last+n.pivot+1], letter)
		if at < 0 {
			return false
		}
		if from += at; n.is(text[from : from+len(n.lower)]) {
			return true
		}
		from++
	}
	return false
}

func (n needle) is(text []byte) bool {
	for i, c := range n.lower {
		if lowerASCII(text[i]) != c {
			return false
		}
	}
	return true
}

func lowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// ascii tells whether a text is of ASCII alone.
func ascii(text []byte) bool {
	for ; len(text) >= 8; text = text[8:] {
		if binary.NativeEndian.Uint64(text)&0x8080808080808080 != 0 {
			return false
		}
	}
	return !slices.ContainsFunc(text, func(c byte) bool { return c >= utf8.RuneSelf })
}
