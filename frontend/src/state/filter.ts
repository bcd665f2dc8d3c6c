import { bitsOf, type Columns, type Dictionary } from './columns.ts';
import type { Day } from './day.ts';
import { alternatives, holdsAny } from './text.ts';
import { listKeys, type Filters, type ListKey } from './view.ts';

/** How near an incident is to the asked border: the API's `certainty`. */
export type Near = 'certain' | 'possible' | 'out' | 'unsaid';

/** certain: the farthest it may be is still within; possible: the nearest is. */
export function nearness(km: number, uncertaintyM: number, within: number): Near {
  if (Number.isNaN(km)) return 'unsaid';
  const off = (Number.isNaN(uncertaintyM) ? 0 : uncertaintyM) / 1000;
  if (km + off <= within) return 'certain';
  return Math.max(0, km - off) <= within ? 'possible' : 'out';
}

/** Which rows each filter refuses, so that one pass gives the rows that pass,
 *  and for each list filter the counts its values would have. */
export interface Selection {
  /** Rows that pass every filter, of all days. */
  rows: Uint32Array;
  /** Per row: bit k set when filter k refuses it (k as in listKeys; the last
   *  bit stands for all filters that are not lists). */
  refused: Uint8Array;
}

const otherBit = 1 << listKeys.length;

/** O(rows); the window of days is applied apart, so that scrubbing does not
 *  repeat this. */
export function select(c: Columns, f: Filters): Selection {
  const refused = new Uint8Array(c.count);
  listKeys.forEach((key, k) => {
    if (f[key].length === 0) return;
    const dictionary = c[key];
    const asked = bitsOf(dictionary, f[key]);
    for (let i = 0; i < c.count; i++) if ((dictionary.bits[i]! & asked) === 0) refused[i]! |= 1 << k;
  });
  for (const test of tests(c, f)) {
    for (let i = 0; i < c.count; i++) if (!test(i)) refused[i]! |= otherBit;
  }
  let n = 0;
  const rows = new Uint32Array(c.count);
  for (let i = 0; i < c.count; i++) if (refused[i] === 0) rows[n++] = i;
  return { rows: rows.subarray(0, n), refused };
}

function tests(c: Columns, f: Filters): ((i: number) => boolean)[] {
  const out: ((i: number) => boolean)[] = [];
  if (f.killed !== null) {
    const least = f.killed;
    // By the least figure, as the API's killed_min; NaN (unknown) is never at
    // least anything.
    out.push((i) => c.killedMin[i]! >= least);
  }
  if (f.border !== null && f.within !== null) {
    const km = c.borders.get(f.border);
    const { within, near } = f;
    out.push((i) => {
      const is = km ? nearness(km[i]!, c.uncertainty[i]!, within) : 'unsaid';
      return near === '' ? is === 'certain' || is === 'possible' : is === near;
    });
  }
  if (f.bbox) {
    const [w, s, e, n] = f.bbox;
    out.push((i) => c.lon[i]! >= w && c.lon[i]! <= e && c.lat[i]! >= s && c.lat[i]! <= n);
  }
  const asked = alternatives(f.q);
  if (asked.length) out.push((i) => holdsAny(c.text[i]!, asked));
  return out;
}

/** The rows whose own window of days touches from..to, both inclusive. */
export function within(c: Columns, rows: Uint32Array, from: Day, to: Day): Uint32Array {
  const out = new Uint32Array(rows.length);
  let n = 0;
  for (const i of rows) {
    if (c.from[i]! > to) break; // rows are in the order of `from`
    if (c.to[i]! >= from) out[n++] = i;
  }
  return out.subarray(0, n);
}

/** The rows whose point lies in west, south, east, north. */
export function inBox(c: Columns, rows: Uint32Array, [w, s, e, n]: readonly [number, number, number, number]): Uint32Array {
  return rows.filter((i) => c.lon[i]! >= w && c.lon[i]! <= e && c.lat[i]! >= s && c.lat[i]! <= n);
}

export type Facets = Record<ListKey, Map<string, number>>;

/** For each list filter, how many rows of the window each value would show
 *  with the other filters as they are: the count before the click. */
export function facets(c: Columns, refused: Uint8Array, from: Day, to: Day): Facets {
  const tallies = listKeys.map((key) => new Uint32Array(c[key].values.length));
  for (let i = 0; i < c.count; i++) {
    if (c.from[i]! > to) break;
    if (c.to[i]! < from) continue;
    const no = refused[i]!;
    for (let k = 0; k < listKeys.length; k++) {
      if ((no & ~(1 << k)) === 0) add(tallies[k]!, c[listKeys[k]!].bits[i]!);
    }
  }
  const out = {} as Facets;
  listKeys.forEach((key, k) => {
    out[key] = countsOf(c[key], tallies[k]!);
  });
  return out;
}

function add(tally: Uint32Array, bits: number): void {
  for (let b = bits; b !== 0; b &= b - 1) tally[31 - Math.clz32(b & -b)]!++;
}

function countsOf(dictionary: Dictionary, tally: Uint32Array): Map<string, number> {
  return new Map(dictionary.values.map((value, i): [string, number] => [value, tally[i]!]));
}

/** Sums a casualty range. `unsaid` rows have no figure: they are counted
 *  apart, never as zero. */
export interface Toll {
  min: number;
  max: number;
  unsaid: number;
}

export function toll(rows: Uint32Array, low: Float32Array, high: Float32Array): Toll {
  const sum = { min: 0, max: 0, unsaid: 0 };
  for (const i of rows) {
    const [a, b] = [low[i]!, high[i]!];
    if (Number.isNaN(a) && Number.isNaN(b)) sum.unsaid++;
    else {
      sum.min += Number.isNaN(a) ? 0 : a;
      sum.max += Number.isNaN(b) ? a : b;
    }
  }
  return sum;
}
