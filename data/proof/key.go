package proof

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
)

// Key is a pair of Ed25519 note keys as texts. The name is that of the log,
// by custom a URL without scheme, such as example.org/strikewatch.
type Key struct {
	Signer   string // PRIVATE+KEY+name+hash+key; whoever has it can sign for the log
	Verifier string // name+hash+key; to be published
}

// NewKey makes a key pair from the source, which must be cryptographically
// random.
func NewKey(random io.Reader, name string) (Key, error) {
	if err := checkName(name); err != nil {
		return Key{}, fmt.Errorf("new key: %w", err)
	}
	signer, verifier, err := note.GenerateKey(random, name)
	if err != nil {
		return Key{}, fmt.Errorf("new key: %w", err)
	}
	return Key{Signer: signer, Verifier: verifier}, nil
}

// ParseSigner reads the text of a signer key, spelt exactly as NewKey does.
func ParseSigner(text string) (note.Signer, error) {
	if _, err := VerifierOf(text); err != nil {
		return nil, err
	}
	signer, err := note.NewSigner(text)
	if err != nil {
		return nil, errSignerKey
	}
	return signer, nil
}

// VerifierOf returns the verifier key that belongs to a signer key.
func VerifierOf(signer string) (string, error) {
	parts := strings.Split(signer, "+")
	if len(parts) < 5 || parts[0] != "PRIVATE" || parts[1] != "KEY" {
		return "", errSignerKey
	}
	name, hash, encoded := parts[2], parts[3], strings.Join(parts[4:], "+")
	seed, err := decodeKey(encoded)
	if err != nil {
		return "", errSignerKey
	}
	public, ok := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	if !ok {
		return "", errSignerKey
	}
	verifier, err := note.NewEd25519VerifierKey(name, public)
	if err != nil {
		return "", errSignerKey
	}
	if checkName(name) != nil || !strings.HasPrefix(verifier, name+"+"+hash+"+") {
		return "", errSignerKey
	}
	return verifier, nil
}

// ParseVerifier reads the text of a verifier key, spelt exactly as NewKey
// does: no other spelling of the same key is accepted.
func ParseVerifier(text string) (note.Verifier, error) {
	name, rest, _ := strings.Cut(text, "+")
	_, encoded, _ := strings.Cut(rest, "+")
	public, err := decodeKey(encoded)
	if err != nil || checkName(name) != nil {
		return nil, errVerifierKey
	}
	if exact, err := note.NewEd25519VerifierKey(name, public); err != nil || exact != text {
		return nil, errVerifierKey
	}
	verifier, err := note.NewVerifier(text)
	if err != nil {
		return nil, fmt.Errorf("verifier key: %w", err)
	}
	return verifier, nil
}

// The texts of keys are left out of these errors on purpose.
var (
	errSignerKey   = errors.New("signer key is malformed or does not match its hash; it has the form PRIVATE+KEY+name+hash+key")
	errVerifierKey = errors.New("verifier key is malformed or does not match its hash; it has the form name+hash+key")
)

// ed25519Key is the algorithm byte before an encoded key.
const ed25519Key = 1

func decodeKey(encoded string) ([]byte, error) {
	b, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, err
	}
	if len(b) != 33 || b[0] != ed25519Key || base64.StdEncoding.EncodeToString(b) != encoded {
		return nil, errors.New("not an Ed25519 key")
	}
	return b[1:], nil
}

func checkName(name string) error {
	bad := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '+' }
	if name == "" || !utf8.ValidString(name) || strings.ContainsFunc(name, bad) {
		return fmt.Errorf("log name %q is empty or has spaces, control characters or +", name)
	}
	return nil
}
