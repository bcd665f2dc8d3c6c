import type { Grid, Spot } from '../state/cluster.ts';
import { textOf, unknown, type Columns } from '../state/columns.ts';
import { metresPerPixel } from '../state/disk.ts';
import { harmOf, imageName } from './images.ts';

/** An icon of one incident, or the number of several. Places are Web Mercator
 *  in [0, 1]. */
export interface Mark {
  x: number;
  y: number;
  row: number;
  n: number;
  /** The image of a single one; '' where the number stands. */
  image: string;
}

/** How far a point may be off; the radius is of the world's width. */
export interface Disk {
  x: number;
  y: number;
  radius: number;
  chosen: boolean;
}

/** The image of a name, in the midst of what it names. */
export interface Name {
  x: number;
  y: number;
  image: string;
}

/** All that is painted over the land. */
export interface Marks {
  marks: readonly Mark[];
  disks: readonly Disk[];
  /** Names of holders, while the map's own are out of date. */
  names: readonly Name[];
  /** The ring about the incident that is open. */
  ring: { x: number; y: number } | null;
}

export const noMarks: Marks = { marks: [], disks: [], names: [], ring: null };

export function marksOf(c: Columns, spots: readonly Spot[]): Mark[] {
  const marks = spots.map(({ x, y, n, row }) => ({ x, y, n, row, image: n > 1 ? '' : imageOf(c, row) }));
  // The larger stand above the smaller.
  return marks.sort((a, b) => a.n - b.n);
}

function imageOf(c: Columns, i: number): string {
  const precision = textOf(c.locationPrecision, i);
  const killed = Number.isNaN(c.killedMax[i]!) ? c.killedMin[i]! : c.killedMax[i]!;
  return imageName.incident(textOf(c.kind, i) ?? unknown, harmOf(killed), precision === 'township' || precision === 'region');
}

/** Where more than this many stand in one spot, their number is drawn alone:
 *  so many disks would hide each other and the land. */
const mostDisksOfSpot = 12;
const mostDisks = 300;

/** Disks of uncertainty that are wider than the icon on them, each once; that
 *  of the chosen row always. */
export function disksOf(c: Columns, grid: Grid, spots: readonly Spot[], zoom: number, chosen: number | null): Disk[] {
  const seen = new Set<string>();
  const out: Disk[] = [];
  const add = (i: number): void => {
    const pixels = c.uncertainty[i]! / metresPerPixel(c.lat[i]!, zoom);
    if (!(pixels > 16)) return;
    const key = `${c.x[i]},${c.y[i]},${c.uncertainty[i]}`;
    if (seen.has(key)) return;
    seen.add(key);
    out.push({ x: c.x[i]!, y: c.y[i]!, radius: pixels / (512 * 2 ** zoom), chosen: i === chosen });
  };
  if (chosen !== null) add(chosen);
  for (const spot of spots) {
    if (out.length >= mostDisks) break;
    if (spot.n <= mostDisksOfSpot) grid.rowsOf(spot).forEach(add);
  }
  return out;
}
