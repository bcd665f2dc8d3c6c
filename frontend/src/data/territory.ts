import type { TerritoryFeature } from '../state/feature.ts';

const mark = '"properties":';

/** Territory states of lines of GeoJSON. Most of what a line holds is its
 *  outline, and most states stand on other days than the one that is shown: an
 *  outline is read when it is asked for, which whoever draws it does once. */
export function territoryOf(lines: string): TerritoryFeature[] {
  return lines.split('\n').filter(Boolean).map(stateOf);
}

function stateOf(line: string): TerritoryFeature {
  // The last of its members: within a text the quotes of another such mark
  // would stand behind a backslash.
  const at = line.lastIndexOf(mark);
  const { properties } = JSON.parse(`{${line.slice(at)}`) as TerritoryFeature;
  return {
    type: 'Feature',
    id: properties.id,
    properties,
    get geometry() {
      return (JSON.parse(line) as TerritoryFeature).geometry;
    },
  };
}
