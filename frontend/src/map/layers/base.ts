import type { LayerSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import type { Palette } from '../palette.ts';

/** Water, land and coast of the offline basemap. */
export function baseLayers(c: Palette): LayerSpecification[] {
  return [
    { id: 'water', type: 'background', paint: { 'background-color': c.water } },
    {
      id: 'land', type: 'fill', source: 'land',
      paint: { 'fill-color': ['case', ['get', 'home'], c.land, c.neighbour], 'fill-antialias': false },
    },
    {
      id: 'rivers', type: 'line', source: 'rivers', layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: {
        'line-color': c.river, 'line-width': ['interpolate', ['linear'], ['zoom'], 4, 0.5, 7, 1.2, 11, 2.4],
        'line-opacity': ['interpolate', ['linear'], ['zoom'], 4, 0.5, 6, 0.9],
      },
    },
    { id: 'coast', type: 'line', source: 'land', paint: { 'line-color': c.coast, 'line-width': 0.75 } },
  ];
}

/** Towns that the record speaks of often; their names go before all others. */
const often = 12;

const townLayout: NonNullable<SymbolLayerSpecification['layout']> = {
  'icon-image': ['get', 'image'], 'icon-anchor': 'top',
  // Below the incidents of the town, where there are any.
  'icon-offset': ['case', ['>=', ['get', 'weight'], 1], ['literal', [0, 21]], ['literal', [0, 3]]],
  'icon-padding': 4, 'symbol-sort-key': ['-', 0, ['get', 'weight']],
};

/** Names of countries and of the many towns, the weightier the sooner. */
export function nameLayers(): LayerSpecification[] {
  return [
    {
      id: 'town-dots', type: 'circle', source: 'places', minzoom: 7.5,
      filter: ['!=', ['get', 'kind'], 'village'],
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 7, 1.4, 11, 3],
        'circle-color': ['get', 'dot'], 'circle-opacity': 0.8,
      },
    },
    {
      id: 'countries', type: 'symbol', source: 'countries', maxzoom: 8,
      layout: { 'icon-image': ['get', 'image'], 'icon-padding': 10 },
      paint: { 'icon-opacity': 0.75 },
    },
    {
      id: 'towns', type: 'symbol', source: 'places', minzoom: 5.2,
      filter: ['all', ['<', ['get', 'weight'], often],
        ['step', ['zoom'], ['>=', ['get', 'weight'], 3], 6.5, ['>=', ['get', 'weight'], 1], 8, true]],
      layout: townLayout,
    },
  ];
}

/** Names that even those of the holders make room for. */
export function mainTownLayers(): LayerSpecification[] {
  return [
    {
      id: 'main-towns', type: 'symbol', source: 'places', minzoom: 4.8,
      filter: ['>=', ['get', 'weight'], often], layout: townLayout,
    },
  ];
}
