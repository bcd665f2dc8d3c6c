import { holding, type Columns, type Dictionary } from './columns.ts';
import type { Day } from './day.ts';
import { listKeys, type Filters, type ListKey } from './view.ts';

/** How near an incident is to the asked border: the API's `certainty`. */
export type Near = 'certain' | 'possible' | 'out' | 'unsaid';

/** certain: the farthest it may be is still within; possible: the nearest is.
 *  Metres, compared in whole millimetres as the API does. */
export function nearness(metres: number, uncertainty: number, within: number): Near {
  if (Number.isNaN(metres)) return 'unsaid';
  const off = Number.isNaN(uncertainty) ? 0 : uncertainty;
  if (Math.round((metres + off) * 1000) <= within * 1000) return 'certain';
  return Math.round(Math.max(0, metres - off) * 1000) <= within * 1000 ? 'possible' : 'out';
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
 *  repeat this. `found` are the rows, 1 each, that hold the text of q. */
export function select(c: Columns, f: Filters, found: Uint8Array | null): Selection {
  const refused = new Uint8Array(c.count);
  listKeys.forEach((key, k) => {
    if (f[key].length === 0) return;
    const { codes } = c[key];
    const pass = holding(c[key], f[key]);
    for (let i = 0; i < c.count; i++) if (pass[codes[i]!] === 0) refused[i]! |= 1 << k;
  });
  for (const test of tests(c, f, found)) {
    for (let i = 0; i < c.count; i++) if (!test(i)) refused[i]! |= otherBit;
  }
  let n = 0;
  const rows = new Uint32Array(c.count);
  for (let i = 0; i < c.count; i++) if (refused[i] === 0) rows[n++] = i;
  return { rows: rows.subarray(0, n), refused };
}

function tests(c: Columns, f: Filters, found: Uint8Array | null): ((i: number) => boolean)[] {
  const out: ((i: number) => boolean)[] = [];
  if (f.killed !== null) {
    const least = f.killed;
    // By the least figure, as the API's killed_min; NaN (unknown) is never at
    // least anything.
    out.push((i) => c.killedMin[i]! >= least);
  }
  if (f.border !== null && f.within !== null) {
    const metres = c.borders.get(f.border);
    const { near } = f;
    const within = f.within * 1000;
    out.push((i) => {
      const is = metres ? nearness(metres[i]!, c.uncertainty[i]!, within) : 'unsaid';
      return near === '' ? is === 'certain' || is === 'possible' : is === near;
    });
  }
  if (f.bbox) {
    const [w, s, e, n] = f.bbox;
    out.push((i) => c.lon[i]! >= w && c.lon[i]! <= e && c.lat[i]! >= s && c.lat[i]! <= n);
  }
  if (found) out.push((i) => found[i] === 1);
  return out;
}

/** The rows whose own window of days touches from..to, both inclusive. Rows
 *  are in the order of their first day and no window is longer than the
 *  longest, so that only those about the days are looked at. */
export function within(c: Columns, rows: Uint32Array, from: Day, to: Day): Uint32Array {
  const start = firstFrom(c, rows, from - c.longest);
  const end = firstFrom(c, rows, to + 1);
  const out = new Uint32Array(end - start);
  let n = 0;
  for (let at = start; at < end; at++) if (c.to[rows[at]!]! >= from) out[n++] = rows[at]!;
  return out.subarray(0, n);
}

/** How many rows of all touch from..to. */
export function countWithin(c: Columns, from: Day, to: Day): number {
  const [start, end] = [firstFrom(c, null, from - c.longest), firstFrom(c, null, to + 1)];
  let n = 0;
  for (let i = start; i < end; i++) if (c.to[i]! >= from) n++;
  return n;
}

/** The place of the first of the rows (null: all) that begins on `day` or later. */
function firstFrom(c: Columns, rows: Uint32Array | null, day: Day): number {
  let low = 0;
  let high = rows ? rows.length : c.count;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (c.from[rows ? rows[mid]! : mid]! < day) low = mid + 1;
    else high = mid;
  }
  return low;
}

/** The rows whose point lies in west, south, east, north. */
export function inBox(c: Columns, rows: Uint32Array, [w, s, e, n]: readonly [number, number, number, number]): Uint32Array {
  return rows.filter((i) => c.lon[i]! >= w && c.lon[i]! <= e && c.lat[i]! >= s && c.lat[i]! <= n);
}

export type Facets = Record<ListKey, Map<string, number>>;

/** For each list filter, how many rows of the window each value would show
 *  with the other filters as they are: the count before the click. */
export function facets(c: Columns, refused: Uint8Array, from: Day, to: Day): Facets {
  const start = firstFrom(c, null, from - c.longest);
  const end = firstFrom(c, null, to + 1);
  const out = {} as Facets;
  listKeys.forEach((key, k) => {
    const { codes, texts } = c[key];
    const others = ~(1 << k);
    const tally = new Uint32Array(texts.length);
    for (let i = start; i < end; i++) if ((refused[i]! & others) === 0 && c.to[i]! >= from) tally[codes[i]!]!++;
    out[key] = countsOf(c[key], tally);
  });
  return out;
}

function countsOf({ values, members }: Dictionary, tally: Uint32Array): Map<string, number> {
  const counts = new Uint32Array(values.length);
  members.forEach((list, text) => {
    if (tally[text]! > 0) for (const at of new Set(list)) counts[at]! += tally[text]!;
  });
  return new Map(values.map((value, at): [string, number] => [value, counts[at]!]));
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
