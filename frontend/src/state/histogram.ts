import type { Columns } from './columns.ts';
import { monthStart, weekday, type Day } from './day.ts';
import type { Period, StackBy } from './view.ts';

/** Counts per step of time, stacked by the values of a column. */
export interface Histogram {
  /** First day of each bin, and the day after the last bin. */
  edges: readonly Day[];
  values: readonly string[];
  /** counts[bin * values.length + value] */
  counts: Uint32Array;
  /** The largest bin in all. */
  most: number;
}

export type Step = 'day' | 'week' | 'month';

/** Steps so that bars are at least about 4 pixels wide. */
export function stepFor(period: Period, width: number): Step {
  const days = period.last - period.first + 1;
  if (days * 4 <= width) return 'day';
  return (days / 7) * 4 <= width ? 'week' : 'month';
}

export function edgesOf(period: Period, step: Step): Day[] {
  const edges: Day[] = [];
  let at = period.first;
  if (step === 'week') at -= weekday(at);
  if (step === 'month') at = monthStart(at);
  while (at <= period.last) {
    edges.push(at);
    at = step === 'day' ? at + 1 : step === 'week' ? at + 7 : monthStart(at, 1);
  }
  edges.push(at);
  return edges;
}

/** Each row counts once, in the bin of the middle of its window: a month-wide
 *  date stands in the midst of its month, not on its first day. A row with
 *  several values (several holders) counts under the first. */
export function histogram(c: Columns, rows: Uint32Array, edges: readonly Day[], by: StackBy): Histogram {
  const { codes, values, members } = c[by];
  const first = Uint32Array.from(members, (list) => list[0]!);
  const start = edges[0] ?? 0;
  const binOfDay = binsOf(edges);
  const counts = new Uint32Array((edges.length - 1) * values.length);
  const totals = new Uint32Array(edges.length - 1);
  for (const i of rows) {
    const bin = binOfDay[((c.from[i]! + c.to[i]!) >> 1) - start];
    if (bin === undefined) continue;
    counts[bin * values.length + first[codes[i]!]!]!++;
    totals[bin]!++;
  }
  return { edges, values, counts, most: totals.reduce((a, b) => Math.max(a, b), 0) };
}

/** The bin of each day from the first edge on. */
function binsOf(edges: readonly Day[]): Uint16Array {
  const bins = new Uint16Array(Math.max(0, (edges.at(-1) ?? 0) - (edges[0] ?? 0)));
  for (let bin = 0; bin + 1 < edges.length; bin++) bins.fill(bin, edges[bin]! - edges[0]!, edges[bin + 1]! - edges[0]!);
  return bins;
}
