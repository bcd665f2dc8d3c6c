package cql2

import "strings"

// textParser reads CQL2 text by recursive descent over one token ahead.
type textParser struct {
	lexer
	now   token
	depth int
}

func parseText(source string) (*term, error) {
	p := &textParser{lexer: lexer{source: source}}
	if err := p.advance(); err != nil {
		return nil, err
	}
	if p.now.kind == end {
		return nil, &Error{Problem: "the filter is empty", Hint: "for example kind = 'airstrike'"}
	}
	t, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.now.kind != end {
		return nil, p.unexpected("AND, OR or the end")
	}
	return t, nil
}

func (p *textParser) advance() (err error) {
	p.now, err = p.next()
	return err
}

func (p *textParser) unexpected(expected string) error {
	if p.now.kind != text && p.now.kind != quoted && isArithmetic(strings.ToLower(p.now.text)) {
		return p.wrong(p.now.at, numbersInstead, noArithmetic)
	}
	return p.wrong(p.now.at, "", "%s where %s is expected", p.now, expected)
}

// is tells whether the next token is a keyword or symbol.
func (p *textParser) is(what string) bool {
	return p.now.kind == symbol && p.now.text == what || p.now.kind == word && strings.EqualFold(p.now.text, what)
}

// take moves past a keyword or symbol, if it comes next.
func (p *textParser) take(what string) (bool, error) {
	if !p.is(what) {
		return false, nil
	}
	return true, p.advance()
}

func (p *textParser) expect(what string) error {
	if !p.is(what) {
		return p.unexpected(what)
	}
	return p.advance()
}

func (p *textParser) term(at int, k kind, op string, args ...*term) *term {
	return &term{where: p.position(at), kind: k, op: op, args: args}
}

// or reads terms joined by OR.
func (p *textParser) or() (*term, error) { return p.joined("or", p.and) }

func (p *textParser) and() (*term, error) { return p.joined("and", p.not) }

func (p *textParser) joined(op string, part func() (*term, error)) (*term, error) {
	at := p.now.at
	first, err := part()
	if err != nil || !p.is(op) {
		return first, err
	}
	all := p.term(at, operation, op, first)
	for {
		if more, err := p.take(op); err != nil || !more {
			return all, err
		}
		next, err := part()
		if err != nil {
			return nil, err
		}
		all.args = append(all.args, next)
	}
}

func (p *textParser) not() (*term, error) {
	at := p.now.at
	negated, err := p.take("not")
	if err != nil {
		return nil, err
	}
	if !negated {
		return p.comparison()
	}
	if p.depth++; p.depth > deepest {
		return nil, p.wrong(at, "", "the filter is nested too deeply")
	}
	defer func() { p.depth-- }()
	t, err := p.not()
	return p.term(at, operation, "not", t), err
}

// comparison reads an operand and what it is compared with, if anything.
func (p *textParser) comparison() (*term, error) {
	at := p.now.at
	left, err := p.operand()
	if err != nil {
		return nil, err
	}
	for _, op := range []string{"=", "<>", "!=", "<", "<=", ">", ">="} {
		found, err := p.take(op)
		if err != nil {
			return nil, err
		}
		if found {
			right, err := p.operand()
			if op == "!=" {
				op = "<>"
			}
			return p.term(at, operation, op, left, right), err
		}
	}
	if p.is("is") {
		return p.isNull(at, left)
	}
	negated, err := p.take("not")
	if err != nil {
		return nil, err
	}
	t, err := p.advanced(at, left, negated)
	if negated && err == nil {
		t = p.term(at, operation, "not", t)
	}
	return t, err
}

func (p *textParser) isNull(at int, left *term) (*term, error) {
	if err := p.expect("is"); err != nil {
		return nil, err
	}
	negated, err := p.take("not")
	if err != nil {
		return nil, err
	}
	t := p.term(at, operation, "isnull", left)
	if negated {
		t = p.term(at, operation, "not", t)
	}
	return t, p.expect("null")
}

// advanced reads LIKE, BETWEEN and IN.
func (p *textParser) advanced(at int, left *term, required bool) (*term, error) {
	switch {
	case p.is("like"):
		if err := p.advance(); err != nil {
			return nil, err
		}
		pattern, err := p.operand()
		return p.term(at, operation, "like", left, pattern), err
	case p.is("between"):
		if err := p.advance(); err != nil {
			return nil, err
		}
		low, err := p.operand()
		if err != nil {
			return nil, err
		}
		if err := p.expect("and"); err != nil {
			return nil, err
		}
		high, err := p.operand()
		return p.term(at, operation, "between", left, low, high), err
	case p.is("in"):
		if err := p.advance(); err != nil {
			return nil, err
		}
		open := p.now.at
		if !p.is("(") {
			return nil, p.unexpected("(")
		}
		items, err := p.arguments()
		return p.term(at, operation, "in", left, p.term(open, list, "", items...)), err
	case required:
		return nil, p.unexpected("LIKE, BETWEEN or IN")
	}
	return left, nil
}
