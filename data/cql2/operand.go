package cql2

import (
	"strconv"
	"strings"

	"strikewatch/data/columns"
)

// operand reads a property, literal, function or filter in parentheses.
func (p *textParser) operand() (*term, error) {
	if p.depth++; p.depth > deepest {
		return nil, p.wrong(p.now.at, "", "the filter is nested too deeply")
	}
	defer func() { p.depth-- }()
	now := p.now
	switch {
	case p.is("("):
		if err := p.advance(); err != nil {
			return nil, err
		}
		t, err := p.or()
		if err != nil {
			return nil, err
		}
		if p.is(",") {
			return nil, p.wrong(now.at, listsInstead, "a list stands after IN alone: array functions are not supported")
		}
		return t, p.expect(")")
	case p.is("-") || p.is("+") || now.kind == number:
		return p.number()
	case now.kind == text:
		return p.value(now, columns.Value{Kind: columns.TextValue, Text: now.text})
	case now.kind == quoted:
		return p.named(now)
	case now.kind != word:
		return nil, p.unexpected("a property or value")
	}
	switch strings.ToLower(now.text) {
	case "true":
		return p.value(now, columns.Value{Kind: columns.BoolValue, Int: 1})
	case "false":
		return p.value(now, columns.Value{Kind: columns.BoolValue})
	case "and", "or", "like", "between", "in", "is", "null":
		return nil, p.wrong(now.at, `write a property of that name as "`+now.text+`"`, "%s where a property or value is expected", now)
	}
	if geometryNames[strings.ToLower(now.text)] {
		return p.geometry()
	}
	return p.function()
}

func (p *textParser) value(now token, v columns.Value) (*term, error) {
	t := p.term(now.at, literal, "")
	t.value = v
	return t, p.advance()
}

func (p *textParser) named(now token) (*term, error) {
	t := p.term(now.at, property, "")
	t.name = now.text
	return t, p.advance()
}

// number reads a number with its sign.
func (p *textParser) number() (*term, error) {
	now, sign := p.now, ""
	for p.is("-") || p.is("+") {
		if p.is("-") {
			sign = "-"
		}
		if err := p.advance(); err != nil {
			return nil, err
		}
		if p.now.kind != number {
			return nil, p.wrong(now.at, numbersInstead, noArithmetic)
		}
	}
	v, err := numberValue(sign + p.now.text)
	if err != nil {
		return nil, p.wrong(now.at, "", "%v", err)
	}
	return p.value(now, v)
}

func numberValue(digits string) (columns.Value, error) {
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
		return columns.Value{Kind: columns.IntValue, Int: n}, nil
	}
	r, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return columns.Value{}, &Error{Problem: digits + " is out of range"}
	}
	return columns.Value{Kind: columns.RealValue, Real: r}, nil
}

// function reads a property name, or a function with its arguments.
func (p *textParser) function() (*term, error) {
	now := p.now
	name, err := p.named(now)
	if err != nil || !p.is("(") {
		return name, err
	}
	args, err := p.arguments()
	if err != nil {
		return nil, err
	}
	t := p.term(now.at, operation, strings.ToLower(now.text), args...)
	return t, t.settle()
}

// arguments reads a list in parentheses.
func (p *textParser) arguments() ([]*term, error) {
	if err := p.expect("("); err != nil {
		return nil, err
	}
	var args []*term
	if done, err := p.take(")"); err != nil || done {
		return args, err
	}
	for {
		arg, err := p.or()
		if err != nil {
			return nil, err
		}
		args = append(args, arg)
		if more, err := p.take(","); err != nil {
			return nil, err
		} else if !more {
			return args, p.expect(")")
		}
	}
}
