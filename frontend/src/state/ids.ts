const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The ids of all rows as one run of bytes: a million of them cost their
 *  letters and eight bytes more each, not an object each. */
export class Ids {
  readonly count: number;
  readonly #bytes: Uint8Array;
  readonly #offsets: Int32Array;
  /** Open addressing: row + 1, 0 is free. Made when first asked. */
  #slots: Uint32Array | null = null;

  /** `offsets` has one entry more than there are rows. */
  constructor(bytes: Uint8Array, offsets: Int32Array) {
    this.#bytes = bytes;
    this.#offsets = offsets;
    this.count = offsets.length - 1;
  }

  at(row: number): string {
    return decoder.decode(this.bytes(row));
  }

  bytes(row: number): Uint8Array {
    return this.#bytes.subarray(this.#offsets[row], this.#offsets[row + 1]);
  }

  /** The row of an id, -1 when there is none. */
  row(id: string): number {
    return this.rowOf(encoder.encode(id));
  }

  rowOf(id: Uint8Array): number {
    const slots = (this.#slots ??= this.#index());
    const mask = slots.length - 1;
    for (let at = hash(id, 0, id.length) & mask; slots[at] !== 0; at = (at + 1) & mask) {
      const row = slots[at]! - 1;
      if (this.#equals(row, id)) return row;
    }
    return -1;
  }

  #equals(row: number, id: Uint8Array): boolean {
    const from = this.#offsets[row]!;
    if (this.#offsets[row + 1]! - from !== id.length) return false;
    for (let k = 0; k < id.length; k++) if (this.#bytes[from + k] !== id[k]) return false;
    return true;
  }

  #index(): Uint32Array {
    const slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(4, this.count * 1.5))));
    const mask = slots.length - 1;
    for (let row = 0; row < this.count; row++) {
      let at = hash(this.#bytes, this.#offsets[row]!, this.#offsets[row + 1]!) & mask;
      while (slots[at] !== 0) at = (at + 1) & mask;
      slots[at] = row + 1;
    }
    return slots;
  }
}

/** FNV-1a, with its high bits mixed into the low ones that are used. */
function hash(bytes: Uint8Array, from: number, to: number): number {
  let h = 0x811c9dc5;
  for (let k = from; k < to; k++) h = Math.imul(h ^ bytes[k]!, 0x01000193);
  return (h ^ (h >>> 15)) >>> 0;
}
