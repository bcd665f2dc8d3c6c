import type { Columns } from './columns.ts';

/** What stands at one spot of the map: one incident, or a count of several. */
export interface Spot {
  /** Web Mercator in [0, 1]: of the incident, or the middle of several. */
  x: number;
  y: number;
  n: number;
  /** One of its rows, by which it is picked. */
  row: number;
  /** Cells of the grid that it takes up. */
  cells: number[];
}

/** A part of the world in Web Mercator: left, top, right, bottom. */
export type Extent = readonly [number, number, number, number];

/** World size in pixels at a zoom, as the map library counts it. */
export function worldPixels(zoom: number): number {
  return 512 * 2 ** zoom;
}

/** Joins rows that would overprint each other. Rows fall into cells of a grid
 *  that is fixed to the world, so that spots stay as they are when the map
 *  moves; a cell whose middle is too near to that of a neighbour joins it.
 *  One pass over the rows with plain arrays: a million take some 10 ms. */
export class Grid {
  readonly #columns: Columns;
  /** The last row of each cell, and of each row the one before it; -1 ends. */
  #heads = new Int32Array();
  readonly #before: Int32Array;

  constructor(columns: Columns) {
    this.#columns = columns;
    this.#before = new Int32Array(columns.count);
  }

  /** The spots within the extent, `radius` pixels apart or nearly so. Rows
   *  outside it or without a place have none. */
  spots(rows: Uint32Array, zoom: number, radius: number, extent: Extent): Spot[] {
    const { x, y } = this.#columns;
    const size = worldPixels(Math.floor(zoom * 2) / 2) / radius;
    const [left, top] = [Math.floor(extent[0] * size), Math.floor(extent[1] * size)];
    const wide = Math.floor(extent[2] * size) - left + 1;
    const tall = Math.floor(extent[3] * size) - top + 1;
    const cells = wide * tall;
    if (this.#heads.length < cells) this.#heads = new Int32Array(cells);
    const heads = this.#heads.fill(-1, 0, cells);
    const [counts, sumX, sumY] = [new Uint32Array(cells), new Float64Array(cells), new Float64Array(cells)];
    const before = this.#before;
    for (let k = 0; k < rows.length; k++) {
      const i = rows[k]!;
      const [cx, cy] = [Math.floor(x[i]! * size) - left, Math.floor(y[i]! * size) - top];
      // NaN, of a row without a place, is not within either.
      if (!(cx >= 0 && cx < wide && cy >= 0 && cy < tall)) continue;
      const cell = cy * wide + cx;
      before[i] = heads[cell]!;
      heads[cell] = i;
      counts[cell]!++;
      sumX[cell]! += x[i]!;
      sumY[cell]! += y[i]!;
    }
    return this.#joined(cells, wide, counts, sumX, sumY, (0.8 / size) ** 2);
  }

  #joined(cells: number, wide: number, counts: Uint32Array, sumX: Float64Array, sumY: Float64Array, least: number): Spot[] {
    const spots: Spot[] = [];
    const taken: (Spot | undefined)[] = new Array(cells);
    for (let cell = 0; cell < cells; cell++) {
      const n = counts[cell]!;
      if (n === 0) continue;
      const [mx, my] = [sumX[cell]! / n, sumY[cell]! / n];
      const column = cell % wide;
      const around = [
        column > 0 ? taken[cell - 1] : undefined, taken[cell - wide],
        column > 0 ? taken[cell - wide - 1] : undefined, column + 1 < wide ? taken[cell - wide + 1] : undefined,
      ];
      const near = around.find((s) => s && (s.x - mx) ** 2 + (s.y - my) ** 2 < least);
      if (near) {
        near.x += ((mx - near.x) * n) / (near.n + n);
        near.y += ((my - near.y) * n) / (near.n + n);
        near.n += n;
        near.cells.push(cell);
        taken[cell] = near;
        continue;
      }
      const spot = { x: mx, y: my, n, row: this.#heads[cell]!, cells: [cell] };
      taken[cell] = spot;
      spots.push(spot);
    }
    return spots;
  }

  /** The rows of a spot of the last call, in the order of the columns. */
  rowsOf(spot: Spot): number[] {
    const rows: number[] = [];
    for (const cell of spot.cells) {
      for (let i = this.#heads[cell]!; i >= 0; i = this.#before[i]!) rows.push(i);
    }
    return rows.sort((a, b) => a - b);
  }
}
