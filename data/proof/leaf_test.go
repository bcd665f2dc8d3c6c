package proof_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"strikewatch/data/proof"
)

func sample() proof.Entry {
	return proof.Entry{
		Seq: 17, Time: "2024-11-04T06:30:00.000000Z", Author: "nilar", Operation: "update",
		Reason: "second source", Collection: "incidents", ID: "mm-0119", Version: 3,
		PublicFrom: "2024-11-05T00:00:00.000000Z", Doc: []byte(`{"id":"mm-0119"}`),
		Feature: []byte(`{"type":"Feature","id":"mm-0119"}`), Salt: [16]byte{1, 2, 3},
	}
}

// The text is a published format: it must never change.
func TestLeafText(t *testing.T) {
	e := sample()
	l := e.Leaf()
	want := `{"seq":17,"time":"2024-11-04T06:30:00.000000Z","operation":"update","collection":"incidents","id":"mm-0119","version":3,` +
		`"public_from":"2024-11-05T00:00:00.000000Z","public":"PUBLIC",` +
		`"doc":"DOC","author":"AUTHOR","reason":"REASON"}`
	for _, f := range []string{"author", "reason", "doc"} {
		o, err := e.Open(f)
		if err != nil {
			t.Fatal(err)
		}
		nonce := sha256.Sum256(append(bytes.Clone(e.Salt[:]), f...))
		if o.Nonce != nonce {
			t.Errorf("nonce of %s", f)
		}
		sum := proof.Digest{Sum: sha256.Sum256(append(nonce[:], o.Value...)), Present: true}
		want = strings.Replace(want, strings.ToUpper(f), sum.String(), 1)
		if err := l.CheckOpening(o); err != nil {
			t.Error(err)
		}
		o.Value = append(bytes.Clone(o.Value), 'x')
		if l.CheckOpening(o) == nil {
			t.Errorf("a false %s opens the leaf", f)
		}
	}
	want = strings.Replace(want, "PUBLIC", proof.DigestOf(e.Feature).String(), 1)
	if string(l.Text()) != want {
		t.Errorf("text is\n%s, want\n%s", l.Text(), want)
	}
	if l.Hash() != tlog.RecordHash(l.Text()) || e.Hash() != l.Hash() {
		t.Error("hash is not the record hash of the text")
	}
	if _, err := e.Open("id"); err == nil {
		t.Error("opens a member that is no commitment")
	}
}

func TestLeafTextIsJSON(t *testing.T) {
	src := newSource(4)
	r := rand.New(src)
	for seq := int64(1); seq < 200; seq++ {
		e := randomEntry(t, r, src, seq)
		e.ID += "\"\\\n\x1f<&>ရွာ"
		l := e.Leaf()
		var again proof.Leaf
		if err := json.Unmarshal(l.Text(), &again); err != nil || again != l {
			t.Fatalf("%s decodes as %+v, %v", l.Text(), again, err)
		}
		parsed, err := proof.ParseLeaf(l.Text())
		if err != nil || parsed != l {
			t.Fatalf("%s parses as %+v, %v", l.Text(), parsed, err)
		}
	}
}

func TestLeafRefused(t *testing.T) {
	e := sample()
	l := e.Leaf()
	good := string(l.Text())
	for _, change := range [][2]string{
		{`"seq":17`, `"seq":017`}, {`"seq":17`, `"seq":0`}, {`"seq":17`, `"Seq":17`}, {`"seq":17`, `"seq": 17`},
		{`06:30:00.000000Z`, `06:30:00Z`}, {`"update"`, `""`}, {`"mm-0119"`, "\"mm-\xff\""}, {`"version":3`, `"version":-3`},
		{`"public_from":"2024-11-05T00:00:00.000000Z"`, `"public_from":""`}, {`2024-11-05T00`, `2024-13-05T00`},
		{`}`, `,"more":1}`}, {`}`, "}\n"}, {`"mm-0119"`, `"mm\u002d0119"`},
	} {
		if _, err := proof.ParseLeaf([]byte(strings.Replace(good, change[0], change[1], 1))); err == nil {
			t.Errorf("%s for %s is accepted", change[1], change[0])
		}
	}
	if _, err := proof.ParseLeaf([]byte(strings.ToUpper(good))); err == nil {
		t.Error("upper case is accepted")
	}
}

func FuzzParseLeaf(f *testing.F) {
	e := sample()
	l := e.Leaf()
	f.Add(l.Text())
	e.Doc, e.Feature, e.PublicFrom = nil, nil, ""
	l = e.Leaf()
	f.Add(l.Text())
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := proof.ParseLeaf(text)
		if err == nil && !bytes.Equal(l.Text(), text) {
			t.Errorf("%q parses but is written %q", text, l.Text())
		}
	})
}
