import { describe, expect, it } from 'vitest';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { bandOf } from '../../src/state/band.ts';
import { cluster } from '../../src/state/cluster.ts';
import { columnsOf } from '../../src/state/columns.ts';
import { diskOf } from '../../src/state/disk.ts';
import { diskFeatures, incidentFeatures } from '../../src/map/features.ts';
import { dark, inkOf, light } from '../../src/map/palette.ts';
import { styleOf } from '../../src/map/style.ts';
import { incident, seeded } from './samples.ts';

describe('the style', () => {
  it.each([['light', light], ['dark', dark]] as const)('is valid, %s', (_, palette) => {
    expect(validateStyleMin(styleOf(palette))).toEqual([]);
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

  it('hold each incident once at every zoom', () => {
    for (const zoom of [3, 5.5, 8, 14]) {
      const rows = cluster(c, all, zoom, 30).flatMap((s) => s.rows).sort((a, b) => a - b);
      expect(rows).toEqual([...all]);
    }
  });

  it('part as the map comes nearer', () => {
    expect(cluster(c, all, 3, 30).length).toBeLessThan(cluster(c, all, 8, 30).length);
    expect(cluster(c, all, 20, 30).length).toBe(500);
  });

  it('show a number for several, kind and harm for one', () => {
    const few = columnsOf([
      incident('a', { location_precision: 'township', uncertainty_m: 20000 }),
      incident('b', { killed_min: 3, killed_max: 6 }, [100, 20]),
      incident('c', {}, [100, 20]),
      incident('d', {}, null),
    ]);
    const spots = cluster(few, Uint32Array.of(0, 1, 2, 3), 6, 30);
    expect(incidentFeatures(few, spots).map((f) => f.properties!['image'])).toEqual(['i|airstrike|unknown|1', 'n|2']);
  });

  it('draw a disk only where it is wider than its icon', () => {
    const one = columnsOf([incident('a', { uncertainty_m: 20000 })]);
    expect(diskFeatures(one, cluster(one, Uint32Array.of(0), 4, 30), 4, null)).toHaveLength(0);
    expect(diskFeatures(one, cluster(one, Uint32Array.of(0), 8, 30), 8, null)).toHaveLength(1);
    expect(diskFeatures(one, [], 8, 0)).toHaveLength(1);
  });
});

describe('shapes', () => {
  const km = (a: number[], b: number[]): number =>
    Math.hypot((a[0]! - b[0]!) * Math.cos((((a[1]! + b[1]!) / 2) * Math.PI) / 180), a[1]! - b[1]!) * 111.195;

  it('keep a disk at its radius', () => {
    for (const p of diskOf(97.75, 22.94, 20000).coordinates[0]!) expect(km(p, [97.75, 22.94])).toBeCloseTo(20, 0);
  });

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
