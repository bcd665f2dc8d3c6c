import { columnFromArray, dateDay, dictionary, float64, int64, struct, tableFromColumns, tableToIPC, utf8, type Column, type DataType } from '@uwdata/flechette';
import { columnsOf as read } from '../../src/data/arrow.ts';
import { properties } from '../../src/data/opening.ts';
import type { Columns } from '../../src/state/columns.ts';
import { parseDay } from '../../src/state/day.ts';
import type { IncidentFeature, IncidentProperties, PlaceFeature, TerritoryFeature } from '../../src/state/feature.ts';

const blank: IncidentProperties = {
  id: '', kind: 'airstrike', date_start: '2024-11-01', date_end: '2024-11-01', date_precision: 'day',
  date_earliest: '', date_latest: '', time_local: null, place: 'Lashio', place_code: null, township: 'Lashio',
  township_code: null, state_region: 'Shan (North)', location_precision: 'locality', uncertainty_m: 3000,
  attacker: 'SAC', target: 'homes', munitions_count: null, munitions: null, killed_min: null, killed_max: null,
  injured_min: null, injured_max: null, civilians_killed_min: null, civilians_killed_max: null,
  children_killed_min: null, children_killed_max: null, women_killed_min: null, women_killed_max: null,
  combatants_killed_min: null, combatants_killed_max: null, response: null, status: 'reported', held_by: 'MNDAA',
  held_certainty: 'certain', held_shares: 'MNDAA:1', held_records: null, said_held_by: null, border: 'mmr-chn',
  border_km: 101.9, border_km_min: 98.9, border_km_max: 104.9, border_distances: 'mmr-chn:101.9,mmr-lao:310.2',
  summary: null, notes: null, sources: null, version: 1, recorded_at: null,
};

export function incident(id: string, change: Partial<IncidentProperties> = {}, at: [number, number] | null = [97.7498, 22.9359]): IncidentFeature {
  const p = { ...blank, id, ...change };
  p.date_end = change.date_end ?? p.date_start;
  p.date_earliest ||= p.date_start;
  p.date_latest ||= p.date_end;
  return { type: 'Feature', id, geometry: at && { type: 'Point', coordinates: at }, properties: p };
}

export function territory(
  actor: string, from: string | null, to: string | null, area: number, places: string, status = 'controlled',
): TerritoryFeature {
  return {
    type: 'Feature', id: `${actor}-${status}-${from}`,
    geometry: { type: 'Polygon', coordinates: [[[97, 22], [98, 22], [98, 23], [97, 22]]] },
    properties: {
      id: `${actor}-${status}-${from}`, actor, actor_name: actor, color: '#336699', status, valid_from: from, valid_to: to,
      area_km2: area, places, place_count: places.split(';').length, accuracy_m: 15000, generalised: true,
    },
  };
}

export function place(code: string, name: string, my: string | null, zh: string | null, change: Partial<PlaceFeature['properties']> = {}): PlaceFeature {
  return {
    type: 'Feature', id: code, geometry: { type: 'Point', coordinates: [97, 22] },
    properties: {
      code, name, name_my: my, name_zh: zh, kind: 'town', township_code: null, township: name, state_region: 'Shan (North)',
      aliases: null, ...change,
    },
  };
}

const days = ['date_start', 'date_end', 'date_earliest', 'date_latest'];
const counts = ['killed_min', 'killed_max', 'injured_min', 'injured_max'];
const reals = ['uncertainty_m', 'border_km'];
const plain = ['id', 'border_distances'];

function typeOf(name: string): DataType {
  if (days.includes(name)) return dateDay();
  if (counts.includes(name)) return int64();
  if (reals.includes(name)) return float64();
  return plain.includes(name) ? utf8() : dictionary(utf8());
}

/** The incidents as the page holds them, by way of the stream that the server
 *  would send. */
export function columnsOf(features: readonly IncidentFeature[]): Columns {
  const out: [string, Column<unknown>][] = properties.map((name) => {
    const values = features.map((f) => {
      const value = f.properties[name];
      return days.includes(name) ? new Date(parseDay(String(value))! * 86_400_000) : value === '' ? null : value;
    });
    return [name, columnFromArray(values, typeOf(name))];
  });
  const points = features.map((f) => f.geometry && { x: f.geometry.coordinates[0], y: f.geometry.coordinates[1] });
  out.push(['geometry', columnFromArray(points, struct({ x: float64(), y: float64() }))]);
  return read(tableToIPC(tableFromColumns(out), { format: 'stream' })!);
}

/** A repeatable stream of numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
