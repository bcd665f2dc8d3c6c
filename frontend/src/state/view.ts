import type { Day } from './day.ts';

export type Lang = 'en' | 'my' | 'zh';
export type Theme = 'auto' | 'light' | 'dark';
export type Panel = 'map' | 'table';
export type StackBy = 'kind' | 'held';

/** What a reader narrowed the incidents to. An empty list means any. */
export interface Filters {
  kind: readonly string[];
  attacker: readonly string[];
  /** Holder of the place that day; '?' stands for nobody known. */
  held: readonly string[];
  certainty: readonly string[];
  status: readonly string[];
  target: readonly string[];
  state: readonly string[];
  /** At least so many killed, by the least figure; null = any, known or not. */
  killed: number | null;
  /** Border code, with `within` km; null = no limit of distance. */
  border: string | null;
  within: number | null;
  /** '' = certainly or possibly within; else only that. */
  near: '' | 'certain' | 'possible';
  q: string;
  /** west, south, east, north in degrees; null = everywhere. */
  bbox: readonly [number, number, number, number] | null;
}

/** Where the map looks; null = the deployment's own first view. */
export interface Camera {
  lon: number;
  lat: number;
  zoom: number;
}

/** The whole state of the page. Incidents shown are those whose window touches
 *  the `span` days that end on `day`; territory is that of `day`. */
export interface View {
  day: Day;
  span: number;
  /** The other day of a comparison; null = none. */
  versus: Day | null;
  /** The data as it stood at this RFC 3339 instant; null = now. */
  knownAt: string | null;
  filters: Filters;
  camera: Camera | null;
  /** The incident whose details are open. */
  id: string | null;
  panel: Panel;
  stack: StackBy;
  lang: Lang;
  theme: Theme;
  /** The map alone, in a frame of another page. */
  embed: boolean;
}

/** What the view is measured against: the period of the data. */
export interface Period {
  first: Day;
  last: Day;
}

export const noFilters: Filters = {
  kind: [], attacker: [], held: [], certainty: [], status: [], target: [], state: [],
  killed: null, border: null, within: null, near: '', q: '', bbox: null,
};

/** The window that a bare address opens with, in days: a year for the newest
 *  day; a month when a day is asked for, so that what is seen is near it. */
export const spanOfLatest = 365;
export const spanOfDay = 30;
export const spans = [1, 7, 30, 90, 365] as const;

export function initialView(period: Period): View {
  return {
    day: period.last, span: spanOfLatest, versus: null, knownAt: null, filters: noFilters,
    camera: null, id: null, panel: 'map', stack: 'kind', lang: 'en', theme: 'auto', embed: false,
  };
}

/** First and last day of the window, both inclusive. */
export function windowOf(view: Pick<View, 'day' | 'span'>): [Day, Day] {
  return [view.day - view.span + 1, view.day];
}

export const listKeys = ['kind', 'attacker', 'held', 'certainty', 'status', 'target', 'state'] as const;
export type ListKey = (typeof listKeys)[number];

/** Adds the value to the list filter, or takes it out. */
export function toggle(filters: Filters, key: ListKey, value: string): Filters {
  const has = filters[key].includes(value);
  const list = has ? filters[key].filter((v) => v !== value) : [...filters[key], value].sort();
  return { ...filters, [key]: list };
}

/** One removable filter: the filters without it are `without`. */
export interface Chip {
  key: keyof Filters;
  value: string;
  without: Filters;
}

/** The active filters, each removable on its own. */
export function chips(filters: Filters): Chip[] {
  const out: Chip[] = [];
  for (const key of listKeys) {
    for (const value of filters[key]) out.push({ key, value, without: toggle(filters, key, value) });
  }
  if (filters.killed !== null) {
    out.push({ key: 'killed', value: String(filters.killed), without: { ...filters, killed: null } });
  }
  if (filters.border !== null && filters.within !== null) {
    out.push({
      key: 'border', value: filters.border,
      without: { ...filters, border: null, within: null, near: '' },
    });
  }
  if (filters.q) out.push({ key: 'q', value: filters.q, without: { ...filters, q: '' } });
  if (filters.bbox) {
    out.push({ key: 'bbox', value: filters.bbox.join(','), without: { ...filters, bbox: null } });
  }
  return out;
}
