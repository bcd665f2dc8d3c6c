import { parseDay, type Day } from './day.ts';
import type { IncidentFeature } from './feature.ts';
import { lower } from './text.ts';

/** Values of a column, first come first numbered. At most 31 bits are apart;
 *  what comes later shares the last bit (no column of the data has so many). */
export interface Dictionary {
  values: readonly string[];
  /** Bits of the values that stand in row i. */
  bits: Uint32Array;
}

/** The incidents as typed columns, in the order (earliest, id): what filters,
 *  counts and drawing scan. NaN in a float column = not known. */
export interface Columns {
  count: number;
  features: readonly IncidentFeature[];
  ids: ReadonlyMap<string, number>;
  lon: Float64Array;
  lat: Float64Array;
  /** Web Mercator in [0, 1], y down; NaN without a place. */
  x: Float64Array;
  y: Float64Array;
  from: Int32Array;
  to: Int32Array;
  /** Metres that the point may be off. */
  uncertainty: Float32Array;
  killedMin: Float32Array;
  killedMax: Float32Array;
  injuredMin: Float32Array;
  injuredMax: Float32Array;
  kind: Dictionary;
  attacker: Dictionary;
  held: Dictionary;
  certainty: Dictionary;
  status: Dictionary;
  target: Dictionary;
  state: Dictionary;
  /** Kilometres to each border by code, as far as the data says. */
  borders: ReadonlyMap<string, Float32Array>;
  /** Lower-case text that q is looked for in. */
  text: readonly string[];
}

/** Stands for "not known" in list filters; the data's own empty value. */
export const unknown = '?';

const fallbackUncertainty: Readonly<Record<string, number>> = {
  exact: 10, vicinity: 250, locality: 3000, township: 20000, region: 80000,
};

export function columnsOf(items: readonly IncidentFeature[]): Columns {
  const rows = items
    .map((feature) => ({ feature, from: earliest(feature), to: latest(feature) }))
    .sort((a, b) => a.from - b.from || (a.feature.id < b.feature.id ? -1 : 1));
  const features = rows.map((r) => r.feature);
  const n = rows.length;
  const p = (i: number): IncidentFeature['properties'] => features[i]!.properties;
  const float = (read: (i: number) => number | null | undefined): Float32Array =>
    Float32Array.from({ length: n }, (_, i) => read(i) ?? NaN);
  const lon = Float64Array.from(features, (f) => f.geometry?.coordinates[0] ?? NaN);
  const lat = Float64Array.from(features, (f) => f.geometry?.coordinates[1] ?? NaN);
  const words = (key: 'kind' | 'attacker' | 'held_by' | 'held_certainty' | 'status' | 'target' | 'state_region') =>
    dictionary(n, (i) => p(i)[key]);
  return {
    count: n,
    features,
    ids: new Map(features.map((f, i) => [f.id, i])),
    lon, lat,
    x: lon.map(mercatorX), y: lat.map(mercatorY),
    from: Int32Array.from(rows, (r) => r.from),
    to: Int32Array.from(rows, (r) => r.to),
    uncertainty: float((i) => p(i).uncertainty_m ?? fallbackUncertainty[p(i).location_precision ?? '']),
    killedMin: float((i) => p(i).killed_min),
    killedMax: float((i) => p(i).killed_max),
    injuredMin: float((i) => p(i).injured_min),
    injuredMax: float((i) => p(i).injured_max),
    kind: words('kind'), attacker: words('attacker'), held: words('held_by'),
    certainty: words('held_certainty'), status: words('status'), target: words('target'),
    state: words('state_region'),
    borders: borderColumns(n, (i) => p(i).border_distances, (i) => [p(i).border, p(i).border_km]),
    text: features.map((f) => textOf(f)),
  };
}

export function mercatorX(lon: number): number {
  return lon / 360 + 0.5;
}

export function mercatorY(lat: number): number {
  const s = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI);
}

function earliest(f: IncidentFeature): Day {
  return parseDay(f.properties.date_earliest) ?? parseDay(f.properties.date_start) ?? 0;
}

function latest(f: IncidentFeature): Day {
  return parseDay(f.properties.date_latest) ?? parseDay(f.properties.date_end) ?? earliest(f);
}

/** A value may be several, joined by ","; an empty one is `unknown`. */
function dictionary(n: number, read: (i: number) => string | null): Dictionary {
  const index = new Map<string, number>();
  const values: string[] = [];
  const bits = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    for (const value of (read(i) || unknown).split(',')) {
      let at = index.get(value);
      if (at === undefined) {
        at = Math.min(values.length, 30);
        index.set(value, at);
        values[at] ??= value;
      }
      bits[i]! |= 1 << at;
    }
  }
  return { values, bits };
}

/** Bits of the asked values; values the data does not hold match nothing. */
export function bitsOf(dictionary: Dictionary, asked: readonly string[]): number {
  let bits = 0;
  for (const value of asked) {
    const at = dictionary.values.indexOf(value);
    if (at >= 0) bits |= 1 << at;
  }
  return bits;
}

function borderColumns(
  n: number,
  all: (i: number) => string | null,
  nearest: (i: number) => [string | null, number | null],
): Map<string, Float32Array> {
  const out = new Map<string, Float32Array>();
  const put = (code: string, i: number, km: number): void => {
    let column = out.get(code);
    if (!column) out.set(code, (column = new Float32Array(n).fill(NaN)));
    column[i] = km;
  };
  for (let i = 0; i < n; i++) {
    const [code, km] = nearest(i);
    if (code && km !== null) put(code, i, km);
    for (const part of (all(i) ?? '').split(',')) {
      const cut = part.lastIndexOf(':');
      if (cut > 0) put(part.slice(0, cut), i, Number(part.slice(cut + 1)));
    }
  }
  return out;
}

/** Properties that hold codes or days, not words: q does not look there. */
const wordless = new Set([
  'kind', 'date_start', 'date_end', 'date_precision', 'date_earliest', 'date_latest', 'location_precision', 'response',
  'status', 'held_certainty', 'recorded_at',
]);

function textOf(f: IncidentFeature): string {
  const said = [];
  for (const [key, value] of Object.entries(f.properties)) {
    if (typeof value === 'string' && !wordless.has(key)) said.push(value);
  }
  return lower(said.join('\n'));
}
