import { contours } from 'd3-contour';
import type { MultiPolygon, Position } from 'geojson';

const kmPerDegree = 111.195; // mean; the drawn band is within 0.5 % of its width

type Box = [west: number, south: number, east: number, north: number];

/** The area within `km` of the lines, for drawing only (what counts as within
 *  is decided by the distances of the data). A grid of distances is contoured;
 *  its cells are a twelfth of the band or finer than a hundredth of the whole,
 *  whichever is coarser. */
export function bandOf(lines: readonly (readonly Position[])[], km: number): MultiPolygon {
  const box = boxOf(lines, km * 1.2);
  const cell = Math.max(km / 12, ((box[3] - box[1]) * kmPerDegree) / 700) / kmPerDegree;
  const columns = Math.ceil((box[2] - box[0]) / cell) + 1;
  const rows = Math.ceil((box[3] - box[1]) / cell) + 1;
  const near = new Float64Array(columns * rows).fill(km * 2);
  for (const line of lines) {
    const thin = thinned(line, km / 30);
    for (let i = 1; i < thin.length; i++) stamp(near, columns, rows, box, cell, thin[i - 1]!, thin[i]!, km * 1.2);
  }
  const inside = Array.from(near, (d) => km - d);
  const shape = contours().size([columns, rows]).thresholds([0])(inside)[0];
  const place = ([x = 0, y = 0]: Position): Position => [box[0] + (x - 0.5) * cell, box[1] + (y - 0.5) * cell];
  return {
    type: 'MultiPolygon',
    coordinates: (shape?.coordinates ?? []).map((rings) => rings.map((ring) => ring.map(place))),
  };
}

function boxOf(lines: readonly (readonly Position[])[], km: number): Box {
  const box: Box = [180, 90, -180, -90];
  for (const line of lines) {
    for (const [x = 0, y = 0] of line) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  }
  const [dy, dx] = [km / kmPerDegree, km / kmPerDegree / Math.cos((box[3] * Math.PI) / 180)];
  return [box[0] - dx, box[1] - dy, box[2] + dx, box[3] + dy];
}

/** Drops vertices nearer than `km` to the last kept one; keeps both ends. */
function thinned(line: readonly Position[], km: number): Position[] {
  const out: Position[] = [];
  for (const p of line) {
    const last = out.at(-1);
    if (!last || p === line.at(-1) || Math.hypot((p[0]! - last[0]!) * 0.92, p[1]! - last[1]!) * kmPerDegree >= km) {
      out.push(p);
    }
  }
  return out;
}

/** Lowers the distances of the cells around one segment. */
function stamp(
  near: Float64Array, columns: number, rows: number, box: Box, cell: number,
  a: Position, b: Position, reach: number,
): void {
  const squeeze = Math.cos((((a[1]! + b[1]!) / 2) * Math.PI) / 180);
  const kx = kmPerDegree * squeeze;
  const [ry, rx] = [reach / kmPerDegree, reach / kx];
  const clamp = (n: number, most: number): number => Math.max(0, Math.min(most - 1, n));
  const x0 = clamp(Math.floor((Math.min(a[0]!, b[0]!) - rx - box[0]) / cell), columns);
  const x1 = clamp(Math.ceil((Math.max(a[0]!, b[0]!) + rx - box[0]) / cell), columns);
  const y0 = clamp(Math.floor((Math.min(a[1]!, b[1]!) - ry - box[1]) / cell), rows);
  const y1 = clamp(Math.ceil((Math.max(a[1]!, b[1]!) + ry - box[1]) / cell), rows);
  const [vx, vy] = [(b[0]! - a[0]!) * kx, (b[1]! - a[1]!) * kmPerDegree];
  const length = vx * vx + vy * vy;
  for (let y = y0; y <= y1; y++) {
    const py = (box[1] + y * cell - a[1]!) * kmPerDegree;
    for (let x = x0; x <= x1; x++) {
      const px = (box[0] + x * cell - a[0]!) * kx;
      const t = length === 0 ? 0 : Math.max(0, Math.min(1, (px * vx + py * vy) / length));
      const d = Math.hypot(px - t * vx, py - t * vy);
      const at = y * columns + x;
      if (d < near[at]!) near[at] = d;
    }
  }
}
