package proof_test

import (
	"bytes"
	"fmt"
	"iter"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"strikewatch/data/proof"
)

// big is a log of typical rows: a document of 900 bytes, a feature of 1,600.
func big(size int) ([]proof.Row, chunks, []tlog.Hash) {
	rows := make([]proof.Row, size)
	leaves := make([]tlog.Hash, size)
	doc, feature := []byte(strings.Repeat("d", 900)), []byte(strings.Repeat("f", 1600))
	for i := range rows {
		e := proof.Entry{
			Seq: int64(i + 1), Time: began.Format(proof.TimeLayout), Author: "importer", Operation: "create",
			Reason: "bulk import", Collection: "incidents", ID: fmt.Sprintf("mm-%07d", i), Version: 1,
			PublicFrom: began.Format(proof.TimeLayout), Doc: doc, Feature: feature,
		}
		rows[i] = proof.Row{Entry: e, Seal: e.Seal()}
		leaves[i] = e.Hash()
	}
	_, changed := proof.Tree{}.Append(leaves)
	store := chunks{}
	store.write(changed)
	return rows, store, leaves
}

func perLeaf(b *testing.B, leaves int) {
	b.ReportMetric(float64(leaves)*float64(b.N)/b.Elapsed().Seconds(), "leaves/s")
}

func BenchmarkAppend(b *testing.B) {
	_, _, leaves := big(100_000)
	for b.Loop() {
		tree := proof.Tree{}
		for i := 0; i < len(leaves); i += 5000 {
			tree, _ = tree.Append(leaves[i : i+5000])
		}
	}
	perLeaf(b, len(leaves))
}

// The floor of BenchmarkAppend: as many node hashes and nothing else.
func BenchmarkNodeHashes(b *testing.B) {
	_, _, leaves := big(100_000)
	for b.Loop() {
		h := leaves[0]
		for _, l := range leaves[1:] {
			h = tlog.NodeHash(h, l)
		}
	}
	perLeaf(b, len(leaves))
}

func BenchmarkAppendOne(b *testing.B) {
	_, _, leaves := big(100_000)
	tree, _ := proof.Tree{}.Append(leaves)
	for b.Loop() {
		tree.Append(leaves[:1])
	}
}

func BenchmarkEntry(b *testing.B) {
	rows, _, _ := big(1000)
	b.Run("hash", func(b *testing.B) {
		for b.Loop() {
			for i := range rows {
				rows[i].Hash()
			}
		}
		perLeaf(b, len(rows))
	})
	b.Run("seal", func(b *testing.B) {
		for b.Loop() {
			for i := range rows {
				rows[i].Entry.Seal()
			}
		}
		perLeaf(b, len(rows))
	})
}

func BenchmarkVerify(b *testing.B) {
	rows, store, _ := big(50_000)
	log := proof.Log{Chunks: store, Rows: iter.Seq2[*proof.Row, error](func(yield func(*proof.Row, error) bool) {
		for i := range rows {
			if !yield(&rows[i], nil) {
				return
			}
		}
	})}
	for b.Loop() {
		if report, err := proof.Verify(log); err != nil || !report.Sound() {
			b.Fatal(report, err)
		}
	}
	perLeaf(b, len(rows))
}

func BenchmarkInclusionProof(b *testing.B) {
	_, store, _ := big(100_000)
	hashes := proof.NewReader(store)
	seq := int64(0)
	for b.Loop() {
		seq = seq%100_000 + 1
		if _, err := proof.InclusionProof(seq, 100_000, hashes); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBundle(b *testing.B) {
	h := newHistory(b, 80, 5000)
	signed := h.tip(b)
	var bundle []byte
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			bundle, _ = h.bundle(b, signed, 5000, false)
		}
		perLeaf(b, 5000)
	})
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			report, err := proof.VerifyBundle(bytes.NewReader(bundle), proof.Trust{Keys: []string{h.key.Verifier}})
			if err != nil || !report.Sound() {
				b.Fatal(report, err)
			}
		}
		perLeaf(b, 5000)
	})
}
