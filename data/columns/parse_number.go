package columns

import (
	"fmt"
	"math"
	"strconv"
)

// number is a JSON number: an integer when it is written as one and fits, and
// its nearest float64 in any case.
type number struct {
	whole bool
	int   int64
	real  float64
}

// Powers of ten that float64 holds exactly; a quotient of two exact numbers is
// rounded once, so it is the nearest.
var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

func (c *scanner) number() (number, error) {
	start := c.at
	negative := c.at < len(c.data) && c.data[c.at] == '-'
	if negative {
		c.at++
	}
	mantissa, digits, err := c.digits()
	if err != nil {
		return number{}, err
	}
	if digits > 1 && c.data[c.at-digits] == '0' {
		c.at -= digits
		return number{}, c.wrong("a number without leading zeros")
	}
	decimals := 0
	if c.at < len(c.data) && c.data[c.at] == '.' {
		c.at++
		var fraction uint64
		if fraction, decimals, err = c.digits(); err != nil {
			return number{}, err
		}
		if digits+decimals <= 15 {
			mantissa = mantissa*uint64(tens[decimals]) + fraction
		}
	}
	exponent := c.at < len(c.data) && c.data[c.at]|0x20 == 'e'
	if exponent {
		c.at++
		if c.at < len(c.data) && (c.data[c.at] == '+' || c.data[c.at] == '-') {
			c.at++
		}
		if _, _, err := c.digits(); err != nil {
			return number{}, err
		}
	}
	if !exponent && digits+decimals <= 15 {
		n := number{whole: decimals == 0, int: int64(mantissa), real: float64(mantissa) / tens[decimals]}
		if negative {
			n.int, n.real = -n.int, -n.real
		}
		return n, nil
	}
	return c.slowNumber(start, decimals == 0 && !exponent)
}

func (c *scanner) slowNumber(start int, whole bool) (number, error) {
	text := string(c.data[start:c.at])
	real, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(real, 0) {
		return number{}, fmt.Errorf("number %s is out of range", text)
	}
	n := number{real: real}
	if whole {
		if n.int, err = strconv.ParseInt(text, 10, 64); err == nil {
			n.whole = true
		}
	}
	return n, nil
}

// digits reads at least one digit. The value is right up to 18 of them.
func (c *scanner) digits() (value uint64, count int, err error) {
	start := c.at
	for c.at < len(c.data) && c.data[c.at]-'0' <= 9 {
		value = value*10 + uint64(c.data[c.at]-'0')
		c.at++
	}
	if c.at == start {
		return 0, 0, c.wrong("a digit")
	}
	return value, c.at - start, nil
}
