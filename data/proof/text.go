package proof

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const proofHeader = "c2sp.org/tlog-proof@v1"

// Text returns the proof in the format of c2sp.org/tlog-proof, for other
// tools; the extra data is the leaf's text, the index is Seq-1.
func (p *Inclusion) Text() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\nextra %s\nindex %d\n", proofHeader,
		base64.StdEncoding.EncodeToString(p.Leaf.Text()), p.Leaf.Seq-1)
	for _, h := range p.Path {
		fmt.Fprintf(&b, "%s\n", h)
	}
	b.WriteByte('\n')
	b.Write(p.Checkpoint)
	return b.Bytes()
}

// ParseProof reads what Text writes. Whether it proves anything, Check says.
func ParseProof(text []byte) (*Inclusion, error) {
	if len(text) > 2*maxNote {
		return nil, errors.New("proof is too long")
	}
	head, checkpoint, ok := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !ok || len(lines) < 3 || lines[0] != proofHeader {
		return nil, errors.New("proof does not begin with " + proofHeader + ", extra and index")
	}
	extra, ok := strings.CutPrefix(lines[1], "extra ")
	if !ok {
		return nil, errors.New("proof carries no leaf in its extra line")
	}
	record, err := base64.StdEncoding.DecodeString(extra)
	if err != nil {
		return nil, fmt.Errorf("proof: extra: %w", err)
	}
	p := &Inclusion{Path: tlog.RecordProof{}, Checkpoint: []byte(checkpoint)}
	if p.Leaf, err = ParseLeaf(record); err != nil {
		return nil, err
	}
	for _, line := range lines[3:] {
		h, err := tlog.ParseHash(line)
		if err != nil {
			return nil, fmt.Errorf("proof: path: %w", err)
		}
		p.Path = append(p.Path, h)
	}
	if !bytes.Equal(p.Text(), text) {
		return nil, errors.New("proof is not spelt as it should be, or its index is not that of its leaf")
	}
	return p, nil
}
