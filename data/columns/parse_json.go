package columns

import (
	"errors"
	"fmt"
)

// deepest bounds the nesting of members that are skipped.
const deepest = 200

var (
	errEnd   = errors.New("the text ends too early")
	errDepth = errors.New("nested too deeply")
)

// scanner reads JSON (RFC 8259) strictly, from left to right.
type scanner struct {
	data []byte
	at   int
}

// span is the inside of a JSON string; escaped when it holds a backslash.
type span struct {
	from, to int
	escaped  bool
}

func (c *scanner) wrong(expected string) error {
	if c.at >= len(c.data) {
		return errEnd
	}
	return fmt.Errorf("%s expected at byte %d", expected, c.at)
}

func (c *scanner) space() {
	for c.at < len(c.data) {
		switch c.data[c.at] {
		case ' ', '\t', '\n', '\r':
			c.at++
		default:
			return
		}
	}
}

// peek is the next byte that is not white space, 0 at the end.
func (c *scanner) peek() byte {
	c.space()
	if c.at >= len(c.data) {
		return 0
	}
	return c.data[c.at]
}

// take moves past b, if it comes next.
func (c *scanner) take(b byte) bool {
	if c.peek() != b || c.at >= len(c.data) {
		return false
	}
	c.at++
	return true
}

// word moves past a literal such as null.
func (c *scanner) word(w string) error {
	if len(c.data)-c.at < len(w) || string(c.data[c.at:c.at+len(w)]) != w {
		return c.wrong(w)
	}
	c.at += len(w)
	return nil
}

// key reads a member's name and the colon after it.
func (c *scanner) key() (span, error) {
	if c.peek() != '"' {
		return span{}, c.wrong("a member name")
	}
	name, err := c.string()
	if err != nil {
		return span{}, err
	}
	if !c.take(':') {
		return span{}, c.wrong("a colon")
	}
	c.space()
	return name, nil
}

// skip moves past one value of any kind.
func (c *scanner) skip(depth int) error {
	if depth > deepest {
		return errDepth
	}
	switch c.peek() {
	case '"':
		_, err := c.string()
		return err
	case '{':
		return c.object(func(span) error { return c.skip(depth + 1) })
	case '[':
		return c.array(func() error { return c.skip(depth + 1) })
	case 't':
		return c.word("true")
	case 'f':
		return c.word("false")
	case 'n':
		return c.word("null")
	}
	_, err := c.number()
	return err
}

// object reads the object that comes next; member reads each value.
func (c *scanner) object(member func(name span) error) error {
	if !c.take('{') {
		return c.wrong("an object")
	}
	if c.take('}') {
		return nil
	}
	for {
		name, err := c.key()
		if err != nil {
			return err
		}
		if err := member(name); err != nil {
			return err
		}
		if c.take('}') {
			return nil
		}
		if !c.take(',') {
			return c.wrong("a comma or }")
		}
	}
}

// array reads the array that comes next; element reads each value.
func (c *scanner) array(element func() error) error {
	if !c.take('[') {
		return c.wrong("an array")
	}
	if c.take(']') {
		return nil
	}
	for {
		c.space()
		if err := element(); err != nil {
			return err
		}
		if c.take(']') {
			return nil
		}
		if !c.take(',') {
			return c.wrong("a comma or ]")
		}
	}
}
