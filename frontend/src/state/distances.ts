const [colon, comma, point, zero] = [58, 44, 46, 48];
const decoder = new TextDecoder();

/** Reads "mmr-chn:101.873,mmr-lao:310.2" of many rows from their bytes: metres
 *  by border, NaN where nothing is said. Whole metres stay exact. */
export class Distances {
  readonly byBorder = new Map<string, Float32Array>();
  readonly #rows: number;
  /** Codes by the letters that they begin with; texts repeat the same few. */
  readonly #known: { bytes: Uint8Array; metres: Float32Array }[] = [];

  constructor(rows: number) {
    this.#rows = rows;
  }

  read(row: number, bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to; ) {
      let end = at;
      while (end < to && bytes[end] !== colon) end++;
      const metres = this.#column(bytes, at, end);
      let [digits, scale] = [0, 0];
      for (at = end + 1; at < to && bytes[at] !== comma; at++) {
        if (bytes[at] === point) scale = 1;
        else {
          digits = digits * 10 + bytes[at]! - zero;
          scale *= 10;
        }
      }
      if (end < to) metres[row] = Math.round((digits * 1000) / (scale || 1));
      at++;
    }
  }

  #column(bytes: Uint8Array, from: number, to: number): Float32Array {
    for (const known of this.#known) {
      if (known.bytes.length !== to - from) continue;
      let k = to - from;
      // Codes differ at their end.
      while (k > 0 && known.bytes[k - 1] === bytes[from + k - 1]) k--;
      if (k === 0) return known.metres;
    }
    const added = { bytes: bytes.slice(from, to), metres: new Float32Array(this.#rows).fill(NaN) };
    this.#known.push(added);
    this.byBorder.set(decoder.decode(added.bytes), added.metres);
    return added.metres;
  }
}
