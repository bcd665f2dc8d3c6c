package columns

import "testing"

// TestKeepRangeOfBytes compares every range with the comparison of one code.
func TestKeepRangeOfBytes(t *testing.T) {
	codes := make([]uint8, 256)
	for i := range codes {
		codes[i] = uint8(i * 37)
	}
	for low := range 256 {
		for high := low; high < 256; high++ {
			got, want := bitmap{}, bitmap{}
			for i, c := range codes {
				if i%3 == 0 {
					got.set(i)
					if int(c) >= low && int(c) <= high {
						want.set(i)
					}
				}
			}
			keepRangeOfBytes(&got, codes, uint8(low), uint8(high-low))
			if got != want {
				t.Fatalf("codes from %d to %d: got %x, want %x", low, high, got[:4], want[:4])
			}
		}
	}
}
