import type { Columns } from './columns.ts';

/** What stands at one spot of the map: one incident, or a count of several. */
export interface Spot {
  /** Rows, in the order of the columns. */
  rows: number[];
  lon: number;
  lat: number;
}

/** World size in pixels at a zoom, as the map library counts it. */
export function worldPixels(zoom: number): number {
  return 512 * 2 ** zoom;
}

/** Joins rows that would overprint each other: a spot takes in every row
 *  within `radius` pixels of its first. Rows without a place have no spot.
 *  A grid of cells of that radius keeps it near O(rows). */
export function cluster(c: Columns, rows: Uint32Array, zoom: number, radius: number): Spot[] {
  const size = worldPixels(Math.floor(zoom * 2) / 2) / radius;
  const cells = new Map<number, Spot[]>();
  const spots: Spot[] = [];
  for (const i of rows) {
    const x = c.x[i]! * size;
    const y = c.y[i]! * size;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    const near = nearest(c, cells, x, y, size);
    if (near) {
      near.rows.push(i);
      // A number stands in the middle of what it counts.
      near.lon += (c.lon[i]! - near.lon) / near.rows.length;
      near.lat += (c.lat[i]! - near.lat) / near.rows.length;
      continue;
    }
    const spot: Spot = { rows: [i], lon: c.lon[i]!, lat: c.lat[i]! };
    spots.push(spot);
    const key = cellKey(Math.floor(x), Math.floor(y));
    const cell = cells.get(key);
    if (cell) cell.push(spot);
    else cells.set(key, [spot]);
  }
  return spots;
}

function cellKey(x: number, y: number): number {
  return x * 67_108_864 + y;
}

function nearest(c: Columns, cells: Map<number, Spot[]>, x: number, y: number, size: number): Spot | null {
  let best: Spot | null = null;
  let least = 1;
  const [cx, cy] = [Math.floor(x), Math.floor(y)];
  // Mostly the spot of the very cell is near enough, and no other is looked at.
  for (const spot of cells.get(cellKey(cx, cy)) ?? []) {
    const first = spot.rows[0]!;
    if ((c.x[first]! * size - x) ** 2 + (c.y[first]! * size - y) ** 2 < 0.3) return spot;
  }
  for (let dx = -1; dx <= 1; dx++) {
    for (let dy = -1; dy <= 1; dy++) {
      for (const spot of cells.get(cellKey(cx + dx, cy + dy)) ?? []) {
        const first = spot.rows[0]!;
        const d = (c.x[first]! * size - x) ** 2 + (c.y[first]! * size - y) ** 2;
        if (d < least) {
          least = d;
          best = spot;
        }
      }
    }
  }
  return best;
}
