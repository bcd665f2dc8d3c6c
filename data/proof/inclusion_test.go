package proof_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"strikewatch/data/proof"
)

func TestInclusionForms(t *testing.T) {
	h := newHistory(t, 70, 21)
	signed := h.tip(t)
	key := h.verifier(t)
	for seq := int64(1); seq <= 21; seq++ {
		p, err := proof.Prove(h.leaf(seq), signed, proof.NewReader(h.chunks))
		if err != nil {
			t.Fatal(err)
		}
		if c, err := p.Check(key); err != nil || c.Size != 21 {
			t.Fatalf("%d: %+v, %v", seq, c, err)
		}
		text := p.Text()
		fromText, err := proof.ParseProof(text)
		if err != nil {
			t.Fatal(err)
		}
		view, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var fromJSON proof.Inclusion
		if err := json.Unmarshal(view, &fromJSON); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(fromText.Text(), text) || !bytes.Equal(fromJSON.Text(), text) {
			t.Errorf("%d: forms differ", seq)
		}
		if seq != 9 {
			continue
		}
		for i := range bytes.Index(text, []byte("\n— ")) {
			b := bytes.Clone(text)
			b[i] ^= 1
			q, err := proof.ParseProof(b)
			if err == nil {
				_, err = q.Check(key)
			}
			if err == nil {
				t.Errorf("byte %d changed: %q passes", i, b)
			}
		}
	}
	if _, err := proof.Prove(h.leaf(21), h.checkpoints[0].Note, proof.NewReader(h.chunks)); err == nil && h.checkpoints[0].Size < 21 {
		t.Error("proves a leaf that is younger than the checkpoint")
	}
}

func TestConsistencyView(t *testing.T) {
	h := newHistory(t, 71, 90)
	h.tip(t)
	key := h.verifier(t)
	for i, old := range h.checkpoints {
		for _, new := range h.checkpoints[i:] {
			v, err := proof.ViewConsistency(old.Note, new.Note, h.key.Verifier, proof.NewReader(h.chunks))
			if err != nil {
				t.Fatal(err)
			}
			b, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			var again proof.ConsistencyView
			if err := json.Unmarshal(b, &again); err != nil {
				t.Fatal(err)
			}
			o, err1 := proof.Open([]byte(again.Old.Note), key)
			n, err2 := proof.Open([]byte(again.New.Note), key)
			if err1 != nil || err2 != nil || proof.CheckConsistency(o, n, again.Path) != nil {
				t.Errorf("%d to %d: %s", old.Size, new.Size, b)
			}
		}
	}
}

// The recipe for people without this program: a shell script of coreutils and
// openssl must come to the signed root and find the signature good.
func TestByHand(t *testing.T) {
	for _, tool := range []string{"sh", "sha256sum", "basenc", "base64", "openssl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed", tool)
		}
	}
	h := newHistory(t, 72, 45)
	signed := h.tip(t)
	run := func(seq int64, spoil func([]byte) []byte) (string, error) {
		p, err := proof.Prove(h.leaf(seq), signed, proof.NewReader(h.chunks))
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "p.tlog-proof")
		if err := os.WriteFile(file, spoil(p.Text()), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("sh", "by-hand.sh", file, h.key.Verifier).CombinedOutput()
		return string(out), err
	}
	for _, seq := range []int64{1, 2, 32, 33, 44, 45} {
		out, err := run(seq, func(b []byte) []byte { return b })
		l := h.leaf(seq)
		if err != nil || !strings.Contains(out, string(l.Text())) || !strings.Contains(out, "The log holds this leaf.") {
			t.Errorf("leaf %d: %v\n%s", seq, err, out)
		}
	}
	for name, spoil := range map[string]func([]byte) []byte{
		"index": func(b []byte) []byte { return bytes.Replace(b, []byte("index 31"), []byte("index 30"), 1) },
		"size":  func(b []byte) []byte { return bytes.Replace(b, []byte("\n45\n"), []byte("\n46\n"), 1) },
		"leaf":  func(b []byte) []byte { return bytes.Replace(b, []byte("extra eyJ"), []byte("extra eyK"), 1) },
		"time":  func(b []byte) []byte { return bytes.Replace(b, []byte("time 2024"), []byte("time 2025"), 1) },
	} {
		if out, err := run(32, spoil); err == nil {
			t.Errorf("%s spoilt, and yet:\n%s", name, out)
		}
	}
}

func FuzzInclusion(f *testing.F) {
	h := newHistory(f, 73, 11)
	p, err := proof.Prove(h.leaf(4), h.tip(f), proof.NewReader(h.chunks))
	if err != nil {
		f.Fatal(err)
	}
	view, err := json.Marshal(p)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(p.Text())
	f.Add(view)
	key := h.verifier(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		q, err := proof.ParseProof(b)
		if err != nil {
			q = new(proof.Inclusion)
			if json.Unmarshal(b, q) != nil {
				return
			}
		}
		if _, err := q.Check(key); err == nil && q.Leaf.Hash() != p.Leaf.Hash() {
			t.Errorf("%q passes", b)
		}
	})
}
