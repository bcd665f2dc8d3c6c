import { describe, expect, it } from 'vitest';
import { parseDay } from '../../src/state/day.ts';
import { searchOf, viewOf } from '../../src/state/url.ts';
import { initialView, noFilters, type View } from '../../src/state/view.ts';
import { seeded } from './samples.ts';

const period = { first: parseDay('2021-12-01')!, last: parseDay('2026-03-31')! };

describe('the address', () => {
  it('is empty for the first view', () => {
    expect(searchOf(initialView(period), period)).toBe('');
    expect(viewOf('', period)).toEqual(initialView(period));
  });

  it('shows the month before a day that is asked for', () => {
    const view = viewOf('?day=2024-11-01', period);
    expect([view.day, view.span]).toEqual([parseDay('2024-11-01'), 30]);
  });

  it.each([
    ['?day=2024-13-01', 'day', period.last],
    ['?day=1999-01-01', 'day', period.first],
    ['?span=-4', 'span', 365],
    ['?at=200,1,4', 'camera', null],
    ['?lang=fr', 'lang', 'en'],
    ['?known_at=2026-11-01', 'knownAt', null],
    ['?known_at=soon', 'knownAt', null],
  ] as const)('opens %s by its default', (search, key, value) => {
    expect(viewOf(search, period)[key]).toEqual(value);
  });

  it('gives back every view it wrote', () => {
    const random = seeded(7);
    const pick = <T>(...of: T[]): T => of[Math.floor(random() * of.length)]!;
    for (let k = 0; k < 500; k++) {
      const border = pick(null, 'mmr-chn');
      const within = border && pick(null, 30, 102);
      const view: View = {
        day: period.first + Math.floor(random() * (period.last - period.first + 1)),
        span: 1 + Math.floor(random() * 400),
        versus: pick(null, parseDay('2023-10-01')),
        knownAt: pick(null, '2026-11-01T10:00:00Z'),
        filters: {
          ...noFilters,
          kind: pick<string[]>([], ['airstrike'], ['airstrike', 'shelling']),
          held: pick<string[]>([], ['?'], ['AA', 'MNDAA']),
          state: pick<string[]>([], ['Shan (North)']),
          killed: pick(null, 0, 5),
          border, within,
          near: within ? pick('', 'certain', 'possible') : '',
          q: pick('', 'school & monastery', 'လားရှိုး', '100%'),
          bbox: pick(null, [97.5, 22, 98, 23.25] as const),
        },
        embed: pick(false, true), camera: pick(null, { lon: 97.75, lat: 22.936, zoom: 7.5 }),
        id: pick(null, 'mm-0119'),
        panel: pick('map', 'table'), stack: pick('kind', 'held'),
        lang: pick('en', 'my', 'zh'), theme: pick('auto', 'light', 'dark'),
      };
      expect(viewOf(searchOf(view, period), period)).toEqual(view);
    }
  });
});
