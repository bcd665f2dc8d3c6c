import type { LayerSpecification } from 'maplibre-gl';
import type { Palette } from '../palette.ts';

/** Country borders, the chosen one with its band, and the area that the reader
 *  narrowed the incidents to. */
export function borderLayers(c: Palette): LayerSpecification[] {
  return [
    { id: 'band', type: 'fill', source: 'band', paint: { 'fill-color': c.band, 'fill-opacity': 0.1 } },
    {
      id: 'band-edge', type: 'line', source: 'band',
      paint: { 'line-color': c.band, 'line-width': 1.2, 'line-dasharray': [3, 2.5], 'line-opacity': 0.8 },
    },
    { id: 'box', type: 'line', source: 'box', paint: { 'line-color': c.accent, 'line-width': 1.6, 'line-dasharray': [4, 2] } },
    {
      id: 'borders', type: 'line', source: 'borders', layout: { 'line-join': 'round' },
      paint: {
        'line-color': ['case', ['get', 'chosen'], c.borderChosen, c.borderLine],
        'line-width': ['case', ['get', 'chosen'], 2.4, 1],
      },
    },
  ];
}

export function gateLayers(): LayerSpecification[] {
  return [
    {
      id: 'gates', type: 'symbol', source: 'gates',
      layout: { 'icon-image': 'g', 'icon-allow-overlap': true, 'icon-ignore-placement': true },
    },
  ];
}
