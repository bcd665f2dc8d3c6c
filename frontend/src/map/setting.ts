import type { Feature } from 'geojson';
import type { AreaFeature, BorderFeature, GateFeature, RiverFeature } from '../state/feature.ts';
import type { LabelSpots } from './features.ts';
import { pointFeature } from './features.ts';
import { imageName } from './images.ts';

/** The deployment's own country, which the borders are the borders of: their
 *  codes begin with it, as in "mmr-chn". */
export function homeOf(borders: readonly BorderFeature[]): string {
  return borders[0]?.properties.code.split('-')[0] ?? '';
}

export function landFeatures(land: readonly AreaFeature[], home: string): Feature[] {
  return land.flatMap((f) =>
    f.geometry
      ? [{ type: 'Feature' as const, geometry: f.geometry, properties: { home: f.properties.code.toLowerCase() === home } }]
      : [],
  );
}

/** Rivers, as lines or as water with two banks. */
export function riverFeatures(rivers: readonly RiverFeature[]): Feature[] {
  return rivers.flatMap((f) => (f.geometry ? [{ type: 'Feature' as const, geometry: f.geometry, properties: {} }] : []));
}

/** Names of the neighbours; the home country needs none. */
export function countryFeatures(
  land: readonly AreaFeature[], home: string, names: Readonly<Record<string, string>>, spots: LabelSpots,
): Feature[] {
  return land.flatMap((f) => {
    const code = f.properties.code.toLowerCase();
    const spot = code === home ? undefined : spots.of(f)[0];
    if (!spot) return [];
    return [pointFeature(spot.at[0], spot.at[1], { image: imageName.label('country', names[code] ?? f.properties.name) })];
  });
}

export function borderFeatures(borders: readonly BorderFeature[], chosen: string | null): Feature[] {
  return borders.flatMap((b) =>
    b.geometry
      ? [{ type: 'Feature' as const, geometry: b.geometry, properties: { chosen: b.properties.code === chosen } }]
      : [],
  );
}

export function gateFeatures(gates: readonly GateFeature[], border: string): Feature[] {
  return gates.flatMap((g) => {
    if (!g.geometry || g.properties.border !== border) return [];
    const [lon = 0, lat = 0] = g.geometry.coordinates;
    return [pointFeature(lon, lat, { gate: g.properties.name })];
  });
}

/** The outline of west, south, east, north. */
export function boxFeature([w, s, e, n]: readonly [number, number, number, number]): Feature {
  return { type: 'Feature', geometry: { type: 'Polygon', coordinates: [[[w, s], [e, s], [e, n], [w, n], [w, s]]] }, properties: {} };
}
