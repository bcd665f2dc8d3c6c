package codec

import "unicode/utf8"

// appendXML appends s as XML 1.0 character data or attribute value. What XML
// can not hold (control characters, broken UTF-8) becomes U+FFFD; a carriage
// return is written as a reference, since parsers turn a plain one into a
// line feed.
func appendXML(dst []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c < utf8.RuneSelf && c != '&' && c != '<' && c != '>' && c != '"' || c == '\n' || c == '\t' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if c >= utf8.RuneSelf && (r != utf8.RuneError || size > 1) && r != 0xFFFE && r != 0xFFFF {
			i += size
			continue
		}
		dst = append(dst, s[from:i]...)
		switch c {
		case '&':
			dst = append(dst, "&amp;"...)
		case '<':
			dst = append(dst, "&lt;"...)
		case '>':
			dst = append(dst, "&gt;"...)
		case '"':
			dst = append(dst, "&#34;"...)
		case '\r':
			dst = append(dst, "&#13;"...)
		default:
			dst = append(dst, "\uFFFD"...)
		}
		i += size
		from = i
	}
	return append(dst, s[from:]...)
}

// escapeXML is appendXML for the odd string.
func escapeXML(s string) string { return string(appendXML(nil, s)) }
