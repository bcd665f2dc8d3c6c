import type { Feature, FeatureCollection } from 'geojson';
import polylabel from 'polylabel';
import type { Columns } from '../state/columns.ts';
import { unknown } from '../state/columns.ts';
import { diskOf, metresPerPixel } from '../state/disk.ts';
import type { AreaFeature, PlaceFeature, TerritoryFeature } from '../state/feature.ts';
import type { Held } from '../state/territory.ts';
import { placesOf } from '../state/territory.ts';
import type { Spot } from '../state/cluster.ts';
import type { Lang } from '../state/view.ts';
import { harmOf, harmSize, imageName } from './images.ts';
import type { Palette } from './palette.ts';

export function collection(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}

export function pointFeature(lon: number, lat: number, properties: Record<string, unknown>): Feature {
  return { type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties };
}

export function killedOf(c: Columns, i: number): number {
  return Number.isNaN(c.killedMax[i]!) ? c.killedMin[i]! : c.killedMax[i]!;
}

export function isCoarse(c: Columns, i: number): boolean {
  const p = c.features[i]!.properties.location_precision;
  return p === 'township' || p === 'region';
}

/** Spots as icons: one incident by its kind and harm, several by their number. */
export function incidentFeatures(c: Columns, spots: readonly Spot[]): Feature[] {
  return spots.map((spot) => {
    const i = spot.rows[0]!;
    const n = spot.rows.length;
    if (n > 1) return pointFeature(spot.lon, spot.lat, { image: imageName.count(n), row: i, n, rank: 100 + n });
    const harm = harmOf(killedOf(c, i));
    const kind = c.features[i]!.properties.kind;
    return pointFeature(spot.lon, spot.lat, {
      image: imageName.incident(kind, harm, isCoarse(c, i)), row: i, n, rank: harmSize[harm],
    });
  });
}

/** Where more than this many stand in one spot, their number is drawn alone:
 *  so many disks would hide each other and the land. */
const mostDisksOfSpot = 12;
const mostDisks = 300;

/** Disks of uncertainty that are wider than the icon on them, each once; that
 *  of the chosen row always. */
export function diskFeatures(c: Columns, spots: readonly Spot[], zoom: number, chosen: number | null): Feature[] {
  const seen = new Set<string>();
  const out: Feature[] = [];
  const add = (i: number): void => {
    const r = c.uncertainty[i]!;
    if (!(r / metresPerPixel(c.lat[i]!, zoom) > 16)) return;
    const key = `${c.lon[i]},${c.lat[i]},${r}`;
    if (seen.has(key)) return;
    seen.add(key);
    out.push({
      type: 'Feature', geometry: diskOf(c.lon[i]!, c.lat[i]!, r), properties: { chosen: i === chosen },
    });
  };
  if (chosen !== null) add(chosen);
  for (const spot of spots) {
    if (out.length >= mostDisks) break;
    if (spot.rows.length <= mostDisksOfSpot) spot.rows.forEach(add);
  }
  return out;
}

export interface HolderStyle {
  color: string;
  /** Which of the two stripes of a contest is this side's. */
  phase: number;
}

export function territoryFeatures(states: readonly Held[], styleFor: (actor: string) => HolderStyle): Feature[] {
  return states.map(({ feature }) => {
    const p = feature.properties;
    const { color, phase } = styleFor(p.actor);
    return {
      type: 'Feature', geometry: feature.geometry!,
      properties: { actor: p.actor, status: p.status, color, image: imageName.hatch(p.status, color, phase) },
    };
  });
}

/** The holder's code in the midst of each large part it controls: a name
 *  tells holders apart where colour cannot. */
export function holderFeatures(
  states: readonly Held[], ink: (actor: string) => string, spots: LabelSpots,
): Feature[] {
  return states
    .filter((s) => s.feature.properties.status === 'controlled')
    .flatMap(({ feature }) =>
      spots.of(feature).map(({ at, area }) =>
        pointFeature(at[0], at[1], {
          image: imageName.label('holder', feature.properties.actor, ink(feature.properties.actor)), area,
        }),
      ),
    );
}

interface LabelSpot { at: [number, number]; area: number }

/** Where names of polygons go; worked out once per feature. */
export class LabelSpots {
  #known = new WeakMap<TerritoryFeature | AreaFeature, LabelSpot[]>();

  of(feature: TerritoryFeature | AreaFeature): LabelSpot[] {
    let spots = this.#known.get(feature);
    if (!spots) {
      const g = feature.geometry;
      const parts = g === null ? [] : g.type === 'Polygon' ? [g.coordinates] : g.coordinates;
      spots = parts
        .map((rings) => ({ rings, area: boxArea(rings[0] ?? []) }))
        .sort((a, b) => b.area - a.area)
        .filter((p, k) => k === 0 || (k < 6 && p.area > 0.35))
        .map(({ rings, area }) => {
          const at = polylabel(rings as number[][][], 0.05);
          return { at: [at[0] ?? 0, at[1] ?? 0] as [number, number], area };
        });
      this.#known.set(feature, spots);
    }
    return spots;
  }
}

function boxArea(ring: readonly number[][]): number {
  const x = ring.map((p) => p[0]!);
  const y = ring.map((p) => p[1]!);
  const span = (v: number[]): number => v.reduce((a, b) => Math.max(a, b), -Infinity) - v.reduce((a, b) => Math.min(a, b), Infinity);
  return ring.length ? span(x) * span(y) : 0;
}

export function placeName(p: PlaceFeature['properties'], lang: Lang): string {
  return (lang === 'my' ? p.name_my : lang === 'zh' ? p.name_zh : null) || p.name;
}

/** How much the record speaks of each place: incidents there, and towns whose
 *  holder is known. */
export function placeWeights(c: Columns, held: readonly Held[]): Map<string, number> {
  const by = new Map<string, number>();
  const add = (key: string, n: number): void => void by.set(key, (by.get(key) ?? 0) + n);
  for (const f of c.features) {
    if (f.properties.place_code) add(f.properties.place_code, 2);
    else if (f.properties.township) add(f.properties.township, 1);
  }
  for (const name of new Set(held.flatMap((h) => placesOf(h.feature)))) add(name, 3);
  by.delete(unknown);
  return by;
}

export function placeFeatures(
  places: readonly PlaceFeature[], weights: ReadonlyMap<string, number>, lang: Lang, c: Palette,
): Feature[] {
  return places.flatMap((place) => {
    if (!place.geometry) return [];
    const p = place.properties;
    const [lon = 0, lat = 0] = place.geometry.coordinates;
    const village = p.kind === 'village';
    const weight = Math.min(99, (weights.get(p.code) ?? 0) + (village ? 0 : (weights.get(p.name) ?? 0)));
    return [pointFeature(lon, lat, {
      image: imageName.label(village ? 'village' : 'town', placeName(p, lang)), weight, kind: p.kind, dot: c.labelSoft,
    })];
  });
}
