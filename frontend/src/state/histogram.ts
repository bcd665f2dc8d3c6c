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
  const column = c[by];
  const values = column.values;
  const bins = edges.length - 1;
  const counts = new Uint32Array(bins * values.length);
  const totals = new Uint32Array(bins);
  for (const i of rows) {
    const bin = binOf(edges, (c.from[i]! + c.to[i]!) >> 1);
    if (bin < 0) continue;
    const bits = column.bits[i]!;
    counts[bin * values.length + (31 - Math.clz32(bits & -bits))]!++;
    totals[bin]!++;
  }
  return { edges, values, counts, most: totals.reduce((a, b) => Math.max(a, b), 0) };
}

/** The bin that holds the day, -1 outside. */
export function binOf(edges: readonly Day[], day: Day): number {
  let low = 0;
  let high = edges.length - 1;
  if (day < edges[0]! || day >= edges[high]!) return -1;
  while (high - low > 1) {
    const mid = (low + high) >> 1;
    if (edges[mid]! <= day) low = mid;
    else high = mid;
  }
  return low;
}
