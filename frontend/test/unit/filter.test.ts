import { describe, expect, it } from 'vitest';
import { parseDay } from '../../src/state/day.ts';
import { countWithin, facets, nearness, select, toll, within } from '../../src/state/filter.ts';
import { alternatives, holdsAny, searched } from '../../src/state/text.ts';
import { listKeys, noFilters, type Filters } from '../../src/state/view.ts';
import { columnsOf, incident, seeded } from './samples.ts';

const day = (text: string): number => parseDay(text)!;

const c = columnsOf([
  incident('a', { date_start: '2024-10-30', killed_min: 2, killed_max: 4 }),
  incident('b', { date_start: '2024-11-01', held_by: 'MNDAA,TNLA', held_certainty: 'ambiguous', kind: 'shelling' }),
  incident('c', {
    date_start: '2024-11-04', date_precision: 'month', date_earliest: '2024-11-01', date_latest: '2024-11-30', held_by: '',
    held_certainty: 'unknown', killed_min: 0, killed_max: 0, uncertainty_m: 20000, border_distances: 'mmr-chn:45',
  }),
  incident('d', { date_start: '2025-01-01', summary: "A school in Nam Hpat Kar, Ta'ang area" }, null),
]);
const shown = (change: Partial<Filters>): string[] =>
  Array.from(select(c, { ...noFilters, ...change }, null).rows, (i) => c.ids.at(i));

describe('filters', () => {
  it('pass by any of the listed values', () => {
    expect(shown({ kind: ['shelling'] })).toEqual(['b']);
    expect(shown({ held: ['TNLA'] })).toEqual(['b']);
    expect(shown({ held: ['MNDAA'] })).toEqual(['a', 'b', 'd']);
    expect(shown({ held: ['?'] })).toEqual(['c']);
    expect(shown({ held: ['AA'] })).toEqual([]);
  });

  it('never take an unknown toll for a number', () => {
    expect(shown({ killed: 0 })).toEqual(['a', 'c']);
    expect(shown({ killed: 2 })).toEqual(['a']);
    expect(shown({ killed: 3 })).toEqual([]);
  });

  it('look for all words of an alternative, in any text', () => {
    const record = { summary: "A school in Nam Hpat Kar, Ta'ang area", state_region: 'Shan (North)', kind: 'airstrike', killed_min: 2 };
    const holds = (q: string): boolean => holdsAny(searched(record), alternatives(q));
    for (const q of ["ta'ang SCHOOL", 'nowhere, school', 'shan']) expect(holds(q), q).toBe(true);
    for (const q of ['airstrike', 'school nowhere', '2', 'kar, ']) expect(holds(q), q).toBe(q === 'kar, ');
    expect(shown({ q: 'school' })).toEqual(['a', 'b', 'c', 'd']);
    expect(Array.from(select(c, noFilters, Uint8Array.of(0, 1, 0, 1)).rows)).toEqual([1, 3]);
  });

  it('tell certainly from possibly within', () => {
    expect(nearness(101_900, 3000, 110_000)).toBe('certain');
    expect(nearness(101_900, 3000, 102_000)).toBe('possible');
    expect(nearness(101_900, 3000, 95_000)).toBe('out');
    expect(nearness(NaN, 3000, 95_000)).toBe('unsaid');
    expect(shown({ border: 'mmr-chn', within: 50 })).toEqual(['c']);
    expect(shown({ border: 'mmr-chn', within: 50, near: 'certain' })).toEqual([]);
    expect(shown({ border: 'mmr-ind', within: 500 })).toEqual([]);
  });

  it('take whoever touches the window of days', () => {
    const all = select(c, noFilters, null).rows;
    const ids = (from: string, to: string): string[] =>
      Array.from(within(c, all, day(from), day(to)), (i) => c.ids.at(i));
    expect(countWithin(c, day('2024-10-30'), day('2024-11-02'))).toBe(3);
    expect(ids('2024-11-20', '2024-11-25')).toEqual(['c']);
    expect(ids('2024-10-30', '2024-10-31')).toEqual(['a']);
    expect(ids('2024-12-01', '2024-12-31')).toEqual([]);
  });

  it('leave an unsaid toll out of the sums and count it', () => {
    expect(toll(select(c, noFilters, null).rows, c.killedMin, c.killedMax)).toEqual({ min: 2, max: 4, unsaid: 2 });
  });
});

describe('counts before the click', () => {
  it('equal what the click then shows', () => {
    const random = seeded(3);
    const pick = (of: readonly string[]): string => of[Math.floor(random() * of.length)]!;
    const many = columnsOf(Array.from({ length: 400 }, (_, k) => incident(`i${k}`, {
      date_start: `2024-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}-10`,
      kind: pick(['airstrike', 'shelling', 'battle']), held_by: pick(['', 'AA', 'AA,SAC', 'SAC']),
      status: pick(['reported', 'verified']), target: pick(['homes', 'school', '']),
    })));
    for (let k = 0; k < 60; k++) {
      const f: Filters = {
        ...noFilters, kind: random() < 0.5 ? [] : [pick(['airstrike', 'battle'])], held: random() < 0.5 ? [] : [pick(['AA', 'SAC', '?'])],
        status: random() < 0.5 ? [] : ['verified'],
      };
      const [from, to] = [day('2024-03-01'), day('2024-09-30')];
      const counts = facets(many, select(many, f, null).refused, from, to);
      for (const key of listKeys) {
        for (const [value, n] of counts[key]) {
          const rows = select(many, { ...f, [key]: [value] }, null).rows;
          expect(within(many, rows, from, to).length, `${key}=${value}`).toBe(n);
        }
      }
    }
  });
});
