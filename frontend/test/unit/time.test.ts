import { describe, expect, it } from 'vitest';
import { formatDay, monthStart, parseDay, sayDates, sayDay, weekday } from '../../src/state/day.ts';
import { edgesOf, histogram, stepFor } from '../../src/state/histogram.ts';
import { columnsOf, incident } from './samples.ts';

describe('days', () => {
  it('are read and written without a time zone', () => {
    for (const text of ['1970-01-01', '2024-02-29', '2024-11-01', '1969-12-31']) {
      expect(formatDay(parseDay(text)!)).toBe(text);
    }
    expect(parseDay('2023-02-29')).toBeNull();
    expect(parseDay('soon')).toBeNull();
    expect(weekday(parseDay('2026-11-23')!)).toBe(0);
    expect(formatDay(monthStart(parseDay('2024-12-15')!, 1))).toBe('2025-01-01');
  });

  it('are said no more exactly than they are known', () => {
    const [a, b] = [parseDay('2024-11-01')!, parseDay('2024-11-30')!];
    expect(sayDates(a, b, 'month', 'en')).toBe('November 2024');
    expect(sayDates(a, b, 'year', 'en')).toBe('2024');
    expect(sayDates(a, a, 'day', 'en')).toBe('1 November 2024');
    expect(sayDay(a, 'zh')).toBe('2024年11月1日');
    expect(sayDay(a, 'my')).toBe('၂၀၂၄၊ နိုဝင်ဘာ ၁');
  });
});

describe('the histogram', () => {
  const period = { first: parseDay('2024-01-03')!, last: parseDay('2024-12-30')! };

  it('covers the period without gaps', () => {
    for (const step of ['day', 'week', 'month'] as const) {
      const edges = edgesOf(period, step);
      expect(edges[0]).toBeLessThanOrEqual(period.first);
      expect(edges.at(-1)).toBeGreaterThan(period.last);
      for (let day = period.first; day <= period.last; day += 3) {
        const one = histogram(columnsOf([incident('a', { date_start: formatDay(day) })]), Uint32Array.of(0), edges, 'kind');
        const bin = Math.floor(one.counts.indexOf(1) / one.values.length);
        expect(edges[bin]! <= day && day < edges[bin + 1]!).toBe(true);
      }
    }
    expect([stepFor(period, 2000), stepFor(period, 800), stepFor(period, 100)]).toEqual(['day', 'week', 'month']);
  });

  it('counts each incident once', () => {
    const c = columnsOf([
      incident('a', { date_start: '2024-05-05' }),
      incident('b', { date_start: '2024-05-06', held_by: 'AA,SAC' }),
      incident('c', { date_start: '2024-07-01', date_earliest: '2024-07-01', date_latest: '2024-07-31' }),
    ]);
    const h = histogram(c, Uint32Array.of(0, 1, 2), edgesOf(period, 'month'), 'held');
    expect(h.counts.reduce((a, b) => a + b, 0)).toBe(3);
    expect(h.most).toBe(2);
  });
});
