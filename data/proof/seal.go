package proof

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// sealed names the columns that a seal keeps a check of, in its order.
var sealed = [...]string{
	"salt", "time", "author", "operation", "reason", "collection", "id",
	"version", "public_from", "doc", "feature",
}

// SealSize is the length in bytes of a seal.
const SealSize = SaltSize + 4*len(sealed)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Seal returns what the database keeps beside the entry's columns: its salt,
// then a CRC-32C of the salt and of each column. The log's hash shows that a
// row was altered; the checks tell which column. They protect nothing by
// themselves: whoever alters a row can alter them as well.
func (e *Entry) Seal() []byte {
	b := append(make([]byte, 0, SealSize), e.Salt[:]...)
	for _, c := range e.checks() {
		b = binary.BigEndian.AppendUint32(b, c)
	}
	return b
}

// Unseal takes the salt out of a stored seal.
func (e *Entry) Unseal(seal []byte) error {
	if len(seal) != SealSize {
		return fmt.Errorf("entry %d: seal of %d bytes, want %d", e.Seq, len(seal), SealSize)
	}
	copy(e.Salt[:], seal)
	return nil
}

// broken returns the columns that disagree with the stored seal.
func (e *Entry) broken(seal []byte) []string {
	var fields []string
	for i, c := range e.checks() {
		if c != binary.BigEndian.Uint32(seal[SaltSize+4*i:]) {
			fields = append(fields, sealed[i])
		}
	}
	return fields
}

func (e *Entry) checks() [len(sealed)]uint32 {
	var version [8]byte
	binary.BigEndian.PutUint64(version[:], uint64(e.Version))
	return [...]uint32{
		check(e.Salt[:]),
		check([]byte(e.Time)), check([]byte(e.Author)), check([]byte(e.Operation)),
		check([]byte(e.Reason)), check([]byte(e.Collection)), check([]byte(e.ID)),
		check(version[:]), check([]byte(e.PublicFrom)), check(e.Doc), check(e.Feature),
	}
}

// check tells nil from empty, since the leaf does.
func check(b []byte) uint32 {
	if b == nil {
		return 0
	}
	return crc32.Update(1, castagnoli, b)
}
