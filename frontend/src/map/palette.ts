/** Colours of the map's own drawing; holders bring their own. */
export interface Palette {
  dark: boolean;
  water: string;
  river: string;
  neighbour: string;
  land: string;
  coast: string;
  borderLine: string;
  borderChosen: string;
  band: string;
  ink: string;
  paper: string;
  label: string;
  labelSoft: string;
  halo: string;
  accent: string;
  disk: string;
  /** How strongly a holder's colour covers the land. */
  fill: number;
}

export const light: Palette = {
  dark: false,
  water: '#dbe4e8', river: '#c3d3da', neighbour: '#ecebe6', land: '#fbfaf7', coast: '#b9c4ca',
  borderLine: '#8b8f92', borderChosen: '#7a2e6b', band: '#7a2e6b',
  ink: '#18222d', paper: '#ffffff', label: '#2c3641', labelSoft: '#66707a', halo: '#fbfaf7',
  accent: '#b3400e', disk: '#18222d', fill: 0.46,
};

export const dark: Palette = {
  dark: true,
  water: '#0c1116', river: '#2a3742', neighbour: '#151b21', land: '#1b222a', coast: '#34404b',
  borderLine: '#69747f', borderChosen: '#e29ad2', band: '#e29ad2',
  ink: '#eef1f3', paper: '#10161c', label: '#d3d9de', labelSoft: '#93a0ab', halo: '#12181e',
  accent: '#ffab73', disk: '#eef1f3', fill: 0.46,
};

/** `color` (#rrggbb) moved by `share` toward black (0) or white (255). */
export function mixed(color: string, toward: 0 | 255, share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const v = parseInt(color.slice(at, at + 2), 16);
    return Math.round(v + (toward - v) * share).toString(16).padStart(2, '0');
  });
  return `#${parts.join('')}`;
}

/** A holder's colour as ink for its name: darkened by day, lightened by night,
 *  so that it reads on its own fill. */
export function inkOf(color: string, onDark: boolean): string {
  return mixed(color, onDark ? 255 : 0, 0.5);
}
