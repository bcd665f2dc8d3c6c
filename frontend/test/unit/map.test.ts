import { describe, expect, it } from 'vitest';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { bandOf } from '../../src/state/band.ts';
import { Grid, type Extent } from '../../src/state/cluster.ts';
import { disksOf, marksOf } from '../../src/map/marks.ts';
import { dark, inkOf, light } from '../../src/map/palette.ts';
import { archiveLayers } from '../../src/map/layers/archive.ts';
import { styleOf } from '../../src/map/style.ts';
import { columnsOf, incident, seeded } from './samples.ts';

describe('the style', () => {
  it.each([['light', light], ['dark', dark]] as const)('is valid, %s', (_, palette) => {
    expect(validateStyleMin(styleOf(palette))).toEqual([]);
  });

  it.each([
    ['pictures', null],
    ['the layers of Protomaps', ['earth', 'landcover', 'landuse', 'water', 'roads', 'buildings', 'boundaries', 'places', 'pois']],
    ['those of OpenMapTiles and an own one', ['water', 'waterway', 'landcover', 'transportation', 'building', 'boundary', 'place', 'clinics']],
  ] as const)('is valid over an archive with %s', (_, names) => {
    const source = names ? { type: 'vector' as const, tiles: ['https://x/{z}'] } : { type: 'raster' as const, tiles: ['https://x/{z}'], tileSize: 256 };
    for (const palette of [light, dark]) {
      const layers = archiveLayers(palette, 'archive', names);
      expect(layers.length).toBeGreaterThan(0);
      expect(validateStyleMin(styleOf(palette, { sources: { archive: source }, layers: () => layers, attribution: [] }))).toEqual([]);
    }
  });

  it('asks nothing of any host', () => {
    expect(JSON.stringify(styleOf(light))).not.toMatch(/https?:|glyphs|sprite/);
  });

  it('darkens names by day and lightens them by night', () => {
    expect([inkOf('#ff8000', false), inkOf('#ff8000', true)]).toEqual(['#804000', '#ffc080']);
  });
});

describe('spots', () => {
  const random = seeded(11);
  const c = columnsOf(Array.from({ length: 500 }, (_, k) => incident(`i${k}`, {}, [95 + random() * 5, 18 + random() * 6])));
  const all = Uint32Array.from({ length: 500 }, (_, i) => i);

  const grid = new Grid(c);
  const asia: Extent = [0.75, 0.4, 0.8, 0.47];

  it('hold each incident once at every zoom', () => {
    for (const zoom of [3, 5.5, 8, 11]) {
      const spots = grid.spots(all, zoom, 30, asia);
      expect(spots.flatMap((s) => grid.rowsOf(s)).sort((a, b) => a - b)).toEqual([...all]);
      for (const s of spots) expect(grid.rowsOf(s)).toHaveLength(s.n);
    }
  });

  it('part as the map comes nearer', () => {
    expect(grid.spots(all, 3, 30, asia).length).toBeLessThan(grid.spots(all, 8, 30, asia).length);
    expect(grid.spots(all, 13, 30, asia).length).toBe(500);
  });

  it('stand where their incidents are, and apart from each other', () => {
    const spots = grid.spots(all, 6, 30, asia);
    for (const s of spots) {
      const rows = grid.rowsOf(s);
      expect(s.x).toBeCloseTo(rows.reduce((sum, i) => sum + c.x[i]!, 0) / s.n, 9);
    }
    const close = spots.filter((a) => spots.some((b) => a !== b && Math.hypot(a.x - b.x, a.y - b.y) * 512 * 2 ** 6 < 20));
    expect(close.length).toBeLessThan(spots.length / 20);
  });

  it('stay as they are when the map moves', () => {
    const at = (left: number): string[] =>
      grid.spots(all, 7, 30, [left, 0.4, left + 0.06, 0.47]).map((s) => grid.rowsOf(s).join()).sort();
    expect(at(0.7512)).toEqual(at(0.7469));
  });

  it('leave out what is far outside the view', () => {
    expect(grid.spots(all, 8, 30, [0.1, 0.1, 0.2, 0.2])).toEqual([]);
  });

  it('show a number for several, kind and harm for one', () => {
    const few = columnsOf([
      incident('a', { location_precision: 'township', uncertainty_m: 20000 }),
      incident('b', { killed_min: 3, killed_max: 6 }, [100, 20]),
      incident('c', {}, [100, 20]),
      incident('d', {}, null),
    ]);
    const marks = marksOf(few, new Grid(few).spots(Uint32Array.of(0, 1, 2, 3), 6, 30, asia));
    expect(marks.map((m) => [m.image, m.n])).toEqual([['i|airstrike|unknown|1', 1], ['', 2]]);
  });

  it('draw a disk only where it is wider than its icon', () => {
    const one = columnsOf([incident('a', { uncertainty_m: 20000 })]);
    const alone = new Grid(one);
    const disks = (zoom: number): number => disksOf(one, alone, alone.spots(Uint32Array.of(0), zoom, 30, asia), zoom, null).length;
    expect([disks(4), disks(8)]).toEqual([0, 1]);
    expect(disksOf(one, alone, [], 8, 0)).toHaveLength(1);
    // 20 km at latitude 22.9, of the circumference of that parallel.
    expect(disksOf(one, alone, [], 8, 0)[0]!.radius).toBeCloseTo(20_000 / (40_075_017 * Math.cos((22.9359 * Math.PI) / 180)), 9);
  });
});

describe('shapes', () => {
  const km = (a: number[], b: number[]): number =>
    Math.hypot((a[0]! - b[0]!) * Math.cos((((a[1]! + b[1]!) / 2) * Math.PI) / 180), a[1]! - b[1]!) * 111.195;

  it('keep the band at its distance from the line', () => {
    const line = [[97, 22], [98, 22], [98, 24]];
    const edge = bandOf([line], 50).coordinates.flat(2);
    expect(edge.length).toBeGreaterThan(50);
    const toSegment = (p: number[]): number => {
      let least = Infinity;
      for (let k = 0; k <= 400; k++) {
        least = Math.min(least, km(p, [97 + k / 400, 22]), km(p, [98, 22 + k / 200]));
      }
      return least;
    };
    for (const p of edge) expect(Math.abs(toSegment(p) - 50)).toBeLessThan(1.5);
  });
});
