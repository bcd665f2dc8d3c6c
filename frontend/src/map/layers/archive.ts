import type { LayerSpecification } from 'maplibre-gl';
import type { Palette } from '../palette.ts';

/** Layers of an archive by the names that Protomaps and OpenMapTiles give
 *  theirs. Names of places are left to the gazetteer, which has them in three
 *  scripts. */
const roles: Readonly<Record<string, Role>> = {
  earth: 'land', land: 'land',
  water: 'water', ocean: 'water', waterway: 'stream',
  landcover: 'green', landuse: 'green', park: 'green',
  roads: 'road', transportation: 'road',
  buildings: 'building', building: 'building',
  boundaries: 'boundary', boundary: 'boundary',
  places: 'none', place: 'none', pois: 'none', poi: 'none', natural: 'none', physical_point: 'none', water_name: 'none',
  transportation_name: 'none', housenumber: 'none', mountain_peak: 'none', aerodrome_label: 'none', aeroway: 'none', transit: 'none',
};

type Role = 'land' | 'water' | 'stream' | 'green' | 'road' | 'building' | 'boundary' | 'other' | 'none';

const order: readonly Role[] = ['land', 'green', 'water', 'stream', 'building', 'road', 'boundary', 'other'];

/** Quiet layers for a vector archive with these layers, or for pictures when
 *  `names` is null. */
export function archiveLayers(c: Palette, source: string, names: readonly string[] | null): LayerSpecification[] {
  if (names === null) {
    return [{
      id: 'basemap-picture', type: 'raster', source,
      paint: c.dark ? { 'raster-brightness-max': 0.5, 'raster-saturation': -0.4 } : { 'raster-saturation': -0.25 },
    }];
  }
  const known = names.map((name) => ({ name, role: roles[name] ?? 'other' }));
  return order.flatMap((role) => known.filter((k) => k.role === role).flatMap(({ name }) => layersOf(c, source, name, role)));
}

function layersOf(c: Palette, source: string, name: string, role: Role): LayerSpecification[] {
  const base = { source, 'source-layer': name };
  const id = `basemap-${name}`;
  const surface = (color: string, opacity = 1): LayerSpecification =>
    ({ ...base, id, type: 'fill', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': color, 'fill-opacity': opacity, 'fill-antialias': false } });
  const line = (color: string, width: number, opacity = 1): LayerSpecification =>
    ({ ...base, id: `${id}-line`, type: 'line', filter: ['!=', ['geometry-type'], 'Point'], paint: { 'line-color': color, 'line-width': width, 'line-opacity': opacity } });
  switch (role) {
    case 'land': return [surface(c.land)];
    case 'green': return [surface(c.coast, 0.16)];
    case 'water': return [surface(c.water), { ...line(c.river, 1), filter: ['==', ['geometry-type'], 'LineString'] } as LayerSpecification];
    case 'stream': return [line(c.river, 1)];
    case 'building': return [{ ...surface(c.coast, 0.55), minzoom: 13 } as LayerSpecification];
    case 'road': return [{
      ...base, id: `${id}-line`, type: 'line', minzoom: 6, filter: ['==', ['geometry-type'], 'LineString'],
      paint: { 'line-color': c.labelSoft, 'line-opacity': 0.45, 'line-width': ['interpolate', ['exponential', 1.4], ['zoom'], 6, 0.3, 10, 0.8, 14, 2.5] },
    }];
    case 'boundary': return [{ ...line(c.borderLine, 0.6, 0.6), minzoom: 5 } as LayerSpecification];
    case 'other': return [
      line(c.labelSoft, 0.8, 0.6),
      { ...base, id: `${id}-dot`, type: 'circle', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 1.6, 'circle-color': c.labelSoft } },
    ];
    case 'none': return [];
  }
}
