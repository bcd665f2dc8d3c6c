package columns

import (
	"bytes"
	"hash/maphash"
	"sync"
)

// dictionary numbers the distinct texts of one field in order of appearance.
// It only grows: one writer adds while readers look up. Texts lie in one
// buffer, so a million distinct ids cost their bytes and some 14 more each.
type dictionary struct {
	mu    sync.RWMutex
	seed  maphash.Seed
	bytes []byte
	ends  []uint32 // where each text ends in bytes
	slots []uint32 // open addressing: code + 1, 0 is free
	ranks ranking
}

func newDictionary() *dictionary {
	return &dictionary{seed: maphash.MakeSeed(), slots: make([]uint32, 16)}
}

// texts is what a dictionary held at one time. It never changes.
type texts struct {
	bytes []byte
	ends  []uint32
}

func (d *dictionary) texts() texts {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return texts{d.bytes, d.ends}
}

func (t texts) len() int { return len(t.ends) }

// at is the text of a code; it must not be changed.
func (t texts) at(code int) []byte {
	from := uint32(0)
	if code > 0 {
		from = t.ends[code-1]
	}
	return t.bytes[from:t.ends[code]]
}

// find returns the code of a text, or -1.
func (d *dictionary) find(text []byte) int {
	d.mu.RLock()
	defer d.mu.RUnlock()
	_, code := d.probe(text)
	return code
}

// probe finds the slot of a text, or the free one where it belongs and -1.
func (d *dictionary) probe(text []byte) (slot int, code int) {
	mask := len(d.slots) - 1
	t := texts{d.bytes, d.ends}
	for i := int(maphash.Bytes(d.seed, text)) & mask; ; i = (i + 1) & mask {
		switch c := d.slots[i]; {
		case c == 0:
			return i, -1
		case bytes.Equal(t.at(int(c)-1), text):
			return i, int(c) - 1
		}
	}
}

// add returns the code of a text, which may be new. Only the one writer calls
// it, so reading needs no lock.
func (d *dictionary) add(text []byte) int {
	slot, code := d.probe(text)
	if code >= 0 {
		return code
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.bytes = append(d.bytes, text...)
	d.ends = append(d.ends, uint32(len(d.bytes)))
	d.slots[slot] = uint32(len(d.ends))
	if len(d.ends)*4 > len(d.slots)*3 {
		d.grow()
	}
	return len(d.ends) - 1
}

func (d *dictionary) grow() {
	t := texts{d.bytes, d.ends}
	d.slots = make([]uint32, len(d.slots)*2)
	mask := len(d.slots) - 1
	for code := range t.len() {
		i := int(maphash.Bytes(d.seed, t.at(code))) & mask
		for d.slots[i] != 0 {
			i = (i + 1) & mask
		}
		d.slots[i] = uint32(code + 1)
	}
}

func (d *dictionary) size() int {
	ranks := d.ranks.size() // before d.mu, which whoever ranks takes within: the other way round both wait for ever
	d.mu.RLock()
	defer d.mu.RUnlock()
	return cap(d.bytes) + 4*cap(d.ends) + 4*cap(d.slots) + ranks
}
