package proof_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"strikewatch/data/proof"
)

// The eight leaves and roots by which Certificate Transparency's own
// implementations test themselves.
var rfcLeaves = []string{
	"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
}

var rfcRoots = []string{
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
	"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
	"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
	"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
	"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
	"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
	"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
	"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}

func TestRootsOfCertificateTransparency(t *testing.T) {
	var leaves []tlog.Hash
	for _, text := range rfcLeaves {
		b, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		leaves = append(leaves, tlog.RecordHash(b))
	}
	for size, want := range rfcRoots {
		tree, _ := proof.Tree{}.Append(leaves[:size])
		if got := tree.Root(); hex.EncodeToString(got[:]) != want {
			t.Errorf("root of %d leaves is %x, want %s", size, got, want)
		}
	}
}

// mth, path and subproof are RFC 6962 sections 2.1, 2.1.1 and 2.1.2 as they
// are written there.
func mth(d []tlog.Hash) tlog.Hash {
	switch n := len(d); n {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return d[0]
	default:
		k := split(n)
		return tlog.NodeHash(mth(d[:k]), mth(d[k:]))
	}
}

func split(n int) int {
	k := 1
	for 2*k < n {
		k *= 2
	}
	return k
}

func path(m int, d []tlog.Hash) []tlog.Hash {
	n := len(d)
	if n == 1 {
		return nil
	}
	if k := split(n); m < k {
		return append(path(m, d[:k]), mth(d[k:]))
	} else {
		return append(path(m-k, d[k:]), mth(d[:k]))
	}
}

func subproof(m int, d []tlog.Hash, whole bool) []tlog.Hash {
	n := len(d)
	if m == n {
		if whole {
			return nil
		}
		return []tlog.Hash{mth(d)}
	}
	if k := split(n); m <= k {
		return append(subproof(m, d[:k], whole), mth(d[k:]))
	} else {
		return append(subproof(m-k, d[k:], false), mth(d[:k]))
	}
}

func TestProofsEqualThoseOfTheRFC(t *testing.T) {
	const size = 130
	h := newHistory(t, 1, size)
	var leaves []tlog.Hash
	for seq := range int64(size) {
		l := h.leaf(seq + 1)
		leaves = append(leaves, l.Hash())
	}
	var roots []tlog.Hash
	for n := range int64(size + 1) {
		roots = append(roots, h.root(n))
	}
	hashes := proof.NewReader(h.chunks)
	for n := int64(0); n <= size; n++ {
		root, err := proof.RootAt(n, hashes)
		if err != nil || root != mth(leaves[:n]) || root != roots[n] {
			t.Fatalf("root at %d is %v, %v", n, root, err)
		}
		now := proof.Checkpoint{Origin: origin, Size: n, Root: root}
		for m := int64(1); m <= n; m++ {
			got, err := proof.InclusionProof(m, n, hashes)
			if err != nil || !slices.Equal([]tlog.Hash(got), path(int(m-1), leaves[:n])) {
				t.Fatalf("inclusion of %d in %d: %v, %v", m, n, got, err)
			}
			leaf := h.leaf(m)
			if err := proof.CheckInclusion(&leaf, got, now); err != nil {
				t.Fatal(err)
			}
		}
		for m := int64(0); m <= n; m++ {
			got, err := proof.ConsistencyProof(m, n, hashes)
			if err != nil {
				t.Fatal(err)
			}
			if m > 0 && !slices.Equal([]tlog.Hash(got), subproof(int(m), leaves[:n], true)) {
				t.Fatalf("consistency of %d and %d: %v", m, n, got)
			}
			before := proof.Checkpoint{Origin: origin, Size: m, Root: roots[m]}
			if err := proof.CheckConsistency(before, now, got); err != nil {
				t.Fatal(err)
			}
			before.Root[7] ^= 4
			if proof.CheckConsistency(before, now, got) == nil {
				t.Fatalf("%d and %d: a false old root passes", m, n)
			}
		}
	}
}

func TestChunksAreTheStoredOrderOfTlog(t *testing.T) {
	const size = 700
	h := newHistory(t, 2, size)
	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			out[i] = stored[x]
		}
		return out, nil
	})
	for seq := int64(1); seq <= size; seq++ {
		l := h.leaf(seq)
		more, err := tlog.StoredHashes(seq-1, l.Text(), read)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, more...)
	}
	for i, want := range stored {
		chunk := h.chunks[int64(i/proof.ChunkHashes)]
		at := i % proof.ChunkHashes * tlog.HashSize
		if tlog.Hash(chunk[at:at+tlog.HashSize]) != want {
			t.Fatalf("stored hash %d differs", i)
		}
	}
}

func TestLoad(t *testing.T) {
	h := newHistory(t, 3, 600)
	tree := proof.Tree{}
	store := chunks{}
	for seq := int64(1); seq <= h.size(); seq++ {
		l := h.leaf(seq)
		next, changed := tree.Append([]tlog.Hash{l.Hash()})
		store.write(changed)
		loaded, err := proof.Load(seq, store)
		if err != nil || loaded.Root() != next.Root() || loaded.Size() != seq {
			t.Fatalf("load %d: %v", seq, err)
		}
		tree = loaded
	}
	if tree.Root() != h.root(600) {
		t.Error("a tree that is loaded after each leaf ends elsewhere")
	}
	for _, size := range []int64{-1, 599, 601, 700, proof.MaxSize + 1} {
		if _, err := proof.Load(size, store); err == nil {
			t.Errorf("a store of 600 loads as %d", size)
		}
	}
	if _, err := proof.Load(0, chunks{}); err != nil {
		t.Error(err)
	}
	if _, err := proof.Load(600, chunks{}); !errors.Is(err, proof.ErrNoChunk) {
		t.Errorf("load without chunks: %v", err)
	}
}
