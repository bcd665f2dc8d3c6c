import { formatDay } from './day.ts';
import type { IncidentProperties } from './feature.ts';
import type { Ids } from './ids.ts';

export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** A column of texts that repeat. */
export interface Texts {
  /** The distinct texts; the first is '' and stands for "not known". */
  texts: readonly string[];
  /** Per row, the place of its text in `texts`. */
  codes: Codes;
}

/** A column of texts that are filtered by: a text may be several values,
 *  joined by ",". What is not known has the value `unknown`. */
export interface Dictionary extends Texts {
  values: readonly string[];
  /** Per text, the places of its values in `values`. */
  members: readonly (readonly number[])[];
}

/** The incidents as typed columns, in the order of their first day: what
 *  filters, counts, drawing and tables scan. NaN in a float column = not known.
 *  What is not here is read from the incident's feature when it is opened. */
export interface Columns {
  count: number;
  ids: Ids;
  lon: Float64Array;
  lat: Float64Array;
  /** Web Mercator in [0, 1], y down; NaN without a place. */
  x: Float64Array;
  y: Float64Array;
  /** First and last day that it may have been. */
  from: Int32Array;
  to: Int32Array;
  /** The longest of these windows in days. */
  longest: number;
  /** The days that are said. */
  start: Int32Array;
  end: Int32Array;
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
  place: Texts;
  placeCode: Texts;
  township: Texts;
  datePrecision: Texts;
  locationPrecision: Texts;
  /** The nearest border and the kilometres to it. */
  border: Texts;
  borderKm: Float64Array;
  /** Metres to each border by code, as far as the data says. */
  borders: ReadonlyMap<string, Float32Array>;
}

/** Stands for "not known" in list filters; the data's own empty value. */
export const unknown = '?';

/** What lists, tables and tips say of an incident. */
export type Brief = Pick<IncidentProperties,
  'id' | 'kind' | 'date_start' | 'date_end' | 'date_precision' | 'place' | 'township' | 'state_region' | 'killed_min' |
  'killed_max' | 'injured_min' | 'injured_max' | 'held_by' | 'held_certainty' | 'border' | 'border_km' | 'status'>;

export function briefOf(c: Columns, i: number): Brief {
  const number = (column: Float32Array | Float64Array): number | null => (Number.isNaN(column[i]!) ? null : column[i]!);
  return {
    id: c.ids.at(i), kind: textOf(c.kind, i) ?? unknown, date_start: formatDay(c.start[i]!), date_end: formatDay(c.end[i]!),
    date_precision: textOf(c.datePrecision, i), place: textOf(c.place, i), township: textOf(c.township, i),
    state_region: textOf(c.state, i), killed_min: number(c.killedMin), killed_max: number(c.killedMax),
    injured_min: number(c.injuredMin), injured_max: number(c.injuredMax), held_by: textOf(c.held, i),
    held_certainty: textOf(c.certainty, i), border: textOf(c.border, i), border_km: number(c.borderKm),
    status: textOf(c.status, i) ?? unknown,
  };
}

/** The text of a row, null when it is not known. */
export function textOf(column: Texts, i: number): string | null {
  return column.texts[column.codes[i]!] || null;
}

export function mercatorX(lon: number): number {
  return lon / 360 + 0.5;
}

export function mercatorY(lat: number): number {
  const s = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI);
}

/** Splits the texts of a column into the values that they list. */
export function dictionaryOf({ texts, codes }: Texts): Dictionary {
  const index = new Map<string, number>();
  const members = texts.map((text) =>
    (text || unknown).split(',').map((value) => {
      const at = index.get(value) ?? index.size;
      index.set(value, at);
      return at;
    }),
  );
  return { texts, codes, values: [...index.keys()], members };
}

/** Per text of the column, 1 when it has any of the asked values. */
export function holding(dictionary: Dictionary, asked: readonly string[]): Uint8Array {
  const wanted = new Set(asked.map((value) => dictionary.values.indexOf(value)));
  return Uint8Array.from(dictionary.members, (list) => (list.some((at) => wanted.has(at)) ? 1 : 0));
}
