import { tableFromIPC, type Batch, type Column, type Table } from '@uwdata/flechette';
import { dictionaryOf, mercatorX, mercatorY, type Columns, type Texts } from '../state/columns.ts';
import { Distances } from '../state/distances.ts';
import { Ids } from '../state/ids.ts';

const fallbackUncertainty: Readonly<Record<string, number>> = {
  exact: 10, vicinity: 250, locality: 3000, township: 20000, region: 80000,
};

/** Incidents of an Arrow stream with the page's properties (opening.ts), in the order of
 *  their first day; those of one day stay as they came. */
export function columnsOf(stream: Uint8Array): Columns {
  const table = tableFromIPC(stream);
  const n = table.numRows;
  const days = (name: string): Float64Array => numbers(table, name);
  const [start, end] = [days('date_start'), days('date_end')];
  const from = days('date_earliest').map((day, i) => or(day, or(start[i]!, 0)));
  const to = days('date_latest').map((day, i) => or(day, or(end[i]!, from[i]!)));
  const order = orderOf(from);
  const float32 = (values: Float64Array): Float32Array => inOrder(new Float32Array(n), values, order);
  const float64 = (values: Float64Array): Float64Array => inOrder(new Float64Array(n), values, order);
  const int32 = (values: Float64Array): Int32Array => inOrder(new Int32Array(n), values, order);
  const words = (name: string): Texts => texts(table, name, order);
  const [lon, lat] = [float64(coordinate(table, 0)), float64(coordinate(table, 1))];
  const locationPrecision = words('location_precision');
  return {
    count: n, ids: idsOf(table, order), lon, lat, x: lon.map(mercatorX), y: lat.map(mercatorY),
    from: int32(from), to: int32(to), longest: from.reduce((most, day, i) => Math.max(most, to[i]! - day), 0),
    start: int32(start.map((day, i) => or(day, from[i]!))), end: int32(end.map((day, i) => or(day, to[i]!))),
    uncertainty: float32(numbers(table, 'uncertainty_m')).map((m, i) =>
      or(m, fallbackUncertainty[locationPrecision.texts[locationPrecision.codes[i]!]!] ?? NaN)),
    killedMin: float32(numbers(table, 'killed_min')), killedMax: float32(numbers(table, 'killed_max')),
    injuredMin: float32(numbers(table, 'injured_min')), injuredMax: float32(numbers(table, 'injured_max')),
    kind: dictionaryOf(words('kind')), attacker: dictionaryOf(words('attacker')), held: dictionaryOf(words('held_by')),
    certainty: dictionaryOf(words('held_certainty')), status: dictionaryOf(words('status')),
    target: dictionaryOf(words('target')), state: dictionaryOf(words('state_region')),
    place: words('place'), placeCode: words('place_code'), township: words('township'),
    datePrecision: words('date_precision'), locationPrecision, border: words('border'),
    borderKm: float64(numbers(table, 'border_km')), borders: distances(table, order),
  };
}

/** The ids alone, of a stream with only these. */
export function idsIn(stream: Uint8Array): Ids {
  const table = tableFromIPC(stream);
  return idsOf(table, Uint32Array.from({ length: table.numRows }, (_, i) => i));
}

function or(value: number, other: number): number {
  return Number.isNaN(value) ? other : value;
}

/** A plain loop: a typed array's own `from` takes ten times as long. */
function inOrder<T extends Float32Array | Float64Array | Int32Array | Uint8Array | Uint16Array | Uint32Array>(
  out: T, values: Float64Array | Uint32Array, order: Uint32Array,
): T {
  for (let i = 0; i < order.length; i++) out[i] = values[order[i]!]!;
  return out;
}

/** Rows by day, stable: days are few, so each row is put where its day begins. */
function orderOf(days: Float64Array): Uint32Array {
  const first = days.reduce((a, b) => Math.min(a, b), Infinity);
  const last = days.reduce((a, b) => Math.max(a, b), -Infinity);
  const places = new Uint32Array(days.length === 0 ? 0 : last - first + 2);
  for (const day of days) places[day - first + 1]!++;
  for (let k = 1; k < places.length; k++) places[k]! += places[k - 1]!;
  const order = new Uint32Array(days.length);
  for (let i = 0; i < days.length; i++) order[places[days[i]! - first]!++] = i;
  return order;
}

function batches(table: Table, name: string): readonly Batch<unknown>[] {
  const column = table.getChild(name) as Column<unknown> | null;
  if (!column) throw new Error(`the server's answer has no ${name}`);
  return column.data;
}

/** Visits the rows of a column that are not null. */
function each(parts: readonly Batch<unknown>[], visit: (part: Batch<unknown>, at: number, row: number) => void): void {
  let row = 0;
  for (const part of parts) {
    const bits = part.nullCount > 0 ? part.validity : null;
    for (let at = 0; at < part.length; at++, row++) {
      if (bits === null || ((bits[at >> 3]! >> (at & 7)) & 1) === 1) visit(part, at, row);
    }
  }
}

/** Days, integers and reals as they are; NaN stands for null. Integers of 64
 *  bits are read as two halves, since a BigInt for each takes longer. */
function numbers(table: Table, name: string): Float64Array {
  const out = new Float64Array(table.numRows).fill(NaN);
  let row = 0;
  for (const part of batches(table, name)) {
    const values = part.values as Int32Array | Float64Array | BigInt64Array;
    const long = values instanceof BigInt64Array;
    const read = long ? new Int32Array(values.buffer, values.byteOffset, values.length * 2) : values;
    const bits = part.nullCount > 0 ? part.validity : null;
    for (let at = 0; at < part.length; at++, row++) {
      if (bits !== null && ((bits[at >> 3]! >> (at & 7)) & 1) === 0) continue;
      out[row] = long ? read[2 * at + 1]! * 4294967296 + (read[2 * at]! >>> 0) : read[at]!;
    }
  }
  return out;
}

function coordinate(table: Table, axis: 0 | 1): Float64Array {
  const out = new Float64Array(table.numRows).fill(NaN);
  each(batches(table, 'geometry'), (part, at, row) => (out[row] = part.children[axis]!.values[at] as number));
  return out;
}

function texts(table: Table, name: string, order: Uint32Array): Texts {
  const parts = batches(table, name) as (Batch<unknown> & { cache: string[] })[];
  // Each part knows the values that came before its own too.
  const known = parts.at(-1)?.cache ?? [];
  const codes = new Uint32Array(order.length);
  each(parts, (part, at, row) => (codes[row] = (part.values[at] as number) + 1));
  const narrow = known.length < 256 ? new Uint8Array(order.length)
    : known.length < 65_536 ? new Uint16Array(order.length) : new Uint32Array(order.length);
  return { texts: ['', ...known], codes: inOrder(narrow, codes, order) };
}

function idsOf(table: Table, order: Uint32Array): Ids {
  const spans = spansOf(batches(table, 'id'));
  const offsets = new Int32Array(order.length + 1);
  order.forEach((at, i) => (offsets[i + 1] = offsets[i]! + spans.to[at]! - spans.from[at]!));
  const bytes = new Uint8Array(offsets.at(-1)!);
  order.forEach((at, i) => bytes.set(spans.bytes.subarray(spans.from[at], spans.to[at]), offsets[i]!));
  return new Ids(bytes, offsets);
}

function distances(table: Table, order: Uint32Array): ReadonlyMap<string, Float32Array> {
  const spans = spansOf(batches(table, 'border_distances'));
  const all = new Distances(order.length);
  order.forEach((at, i) => all.read(i, spans.bytes, spans.from[at]!, spans.to[at]!));
  return all.byBorder;
}

interface Spans { bytes: Uint8Array; from: Uint32Array; to: Uint32Array }

/** All texts of a column in one run of bytes. */
function spansOf(parts: readonly Batch<unknown>[]): Spans {
  const size = parts.reduce((n, p) => n + p.values.length, 0);
  const rows = parts.reduce((n, p) => n + p.length, 0);
  const [bytes, from, to] = [new Uint8Array(size), new Uint32Array(rows), new Uint32Array(rows)];
  let [base, row] = [0, 0];
  for (const part of parts) {
    bytes.set(part.values as Uint8Array, base);
    for (let at = 0; at < part.length; at++, row++) {
      from[row] = base + Number(part.offsets[at]);
      to[row] = base + Number(part.offsets[at + 1]);
    }
    base += part.values.length;
  }
  return { bytes, from, to };
}
