package proof_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"strikewatch/data/proof"
)

func TestKeys(t *testing.T) {
	key, err := proof.NewKey(newSource(5), origin)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := proof.VerifierOf(key.Signer); err != nil || v != key.Verifier {
		t.Errorf("verifier of the signer is %q, %v", v, err)
	}
	for i := range key.Verifier {
		for bit := range 8 {
			b := []byte(key.Verifier)
			b[i] ^= 1 << bit
			if _, err := proof.ParseVerifier(string(b)); err == nil {
				t.Errorf("verifier key %q is accepted", b)
			}
		}
	}
	for i := range key.Signer {
		b := []byte(key.Signer)
		b[i] ^= 0x20
		if _, err := proof.ParseSigner(string(b)); err == nil {
			t.Errorf("signer key with byte %d changed is accepted", i)
		}
	}
	for _, name := range []string{"", "a b", "a+b", "a\nb", "a\xff"} {
		if _, err := proof.NewKey(newSource(5), name); err == nil {
			t.Errorf("name %q is accepted", name)
		}
	}
}

// The key and origin are the example of the note format.
func TestKeyOfTheNoteFormat(t *testing.T) {
	if _, err := proof.ParseVerifier("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"); err != nil {
		t.Error(err)
	}
}

func TestCheckpoint(t *testing.T) {
	h := newHistory(t, 6, 30)
	signed := h.tip(t)
	lines := strings.Split(string(signed), "\n")
	if len(lines) != 7 || lines[0] != origin || lines[1] != "30" || lines[2] != h.root(30).String() ||
		lines[3] != "time 2024-11-04T06:30:00.000000Z" || lines[4] != "" || !strings.HasPrefix(lines[5], "— "+origin+" ") {
		t.Fatalf("checkpoint reads %q", signed)
	}
	key := h.verifier(t)
	c, err := proof.OpenExact(signed, key)
	if err != nil || c.Root != h.root(30) || c.Size != 30 || c.Time == "" {
		t.Fatalf("opens as %+v, %v", c, err)
	}
	for i := range signed {
		for bit := range 8 {
			b := bytes.Clone(signed)
			b[i] ^= 1 << bit
			if _, err := proof.OpenExact(b, key); err == nil {
				t.Errorf("byte %d, bit %d: %q opens", i, bit, b)
			}
		}
	}
	other := newHistory(t, 7, 1)
	if _, err := proof.Open(signed, other.verifier(t)); err == nil {
		t.Error("opens with another key")
	}
	if _, err := proof.Open(signed); err == nil {
		t.Error("opens without a key")
	}
}

func TestWitness(t *testing.T) {
	h := newHistory(t, 8, 5)
	signed := h.tip(t)
	witness, err := proof.NewKey(newSource(9), "witness.example")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := proof.ParseSigner(witness.Signer)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := note.Open(signed, note.VerifierList(h.verifier(t)))
	if err != nil {
		t.Fatal(err)
	}
	both, err := note.Sign(opened, signer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := proof.Open(both, h.verifier(t)); err != nil {
		t.Errorf("a witness's signature stands in the way: %v", err)
	}
	if _, err := proof.OpenExact(both, h.verifier(t)); err == nil {
		t.Error("an unknown signature passes as exact")
	}
	verifier, err := proof.ParseVerifier(witness.Verifier)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := proof.Open(both, verifier); err == nil {
		t.Error("a witness's signature passes for the log's")
	}
}

func TestCheckpointText(t *testing.T) {
	root := base64.StdEncoding.EncodeToString(make([]byte, 32))
	for _, good := range []string{
		"o\n0\n" + root + "\n", "a b c\n7\n" + root + "\nx\ny\n",
		"o\n1\n" + root + "\ntime 2024-11-04T06:30:00.000000Z\nx\n", "o\n1\n" + root + "\ntime flies\n",
	} {
		c, err := proof.ParseCheckpoint(good)
		if err != nil || c.Text() != good {
			t.Errorf("%q: %+v, %v", good, c, err)
		}
	}
	for _, bad := range []string{
		"", "o\n", "o\n1\n" + root, "\n1\n" + root + "\n", "o\n01\n" + root + "\n", "o\n-1\n" + root + "\n", "o\n+1\n" + root + "\n",
		"o\n9223372036854775807\n" + root + "\n", "o\n1\n" + root[1:] + "\n", "o\n1\n" + root + "\n\n", "o\n1\n" + root + "\n\nx\n",
		"o\n1\n" + root[:42] + "B=\n", "o\r\n1\n" + root + "\n",
	} {
		if c, err := proof.ParseCheckpoint(bad); err == nil {
			t.Errorf("%q is accepted as %+v", bad, c)
		}
	}
}

func TestSignRefuses(t *testing.T) {
	h := newHistory(t, 10, 3)
	signer, err := proof.ParseSigner(h.key.Signer)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []proof.Checkpoint{
		{Origin: "elsewhere"}, {Origin: origin, Size: -1}, {Origin: origin, Time: "now"}, {Origin: origin, Extensions: []string{""}},
		{Origin: origin, Extensions: []string{"a\nb"}},
	} {
		if _, err := proof.Sign(c, signer); err == nil {
			t.Errorf("%+v is signed", c)
		}
	}
}

func FuzzCheckpoint(f *testing.F) {
	h := newHistory(f, 11, 9)
	f.Add(string(h.tip(f)))
	f.Add("o\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nx\n")
	key := h.verifier(f)
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := proof.ParseCheckpoint(text); err == nil && c.Text() != text {
			t.Errorf("%q is written %q", text, c.Text())
		}
		if c, err := proof.OpenExact([]byte(text), key); err == nil && c.Root != h.root(9) {
			t.Errorf("%q opens", text)
		}
	})
}

func FuzzParseKeys(f *testing.F) {
	key, err := proof.NewKey(newSource(12), origin)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(key.Verifier)
	f.Add(key.Signer)
	f.Fuzz(func(t *testing.T, text string) {
		if v, err := proof.ParseVerifier(text); err == nil && !strings.HasPrefix(text, v.Name()+"+") {
			t.Errorf("%q has the name %q", text, v.Name())
		}
		if s, err := proof.ParseSigner(text); err == nil {
			if v, err := proof.VerifierOf(text); err != nil || !strings.HasPrefix(v, s.Name()+"+") {
				t.Errorf("%q: %q, %v", text, v, err)
			}
		}
	})
}
