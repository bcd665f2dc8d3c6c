import { expect, it } from 'vitest';
import { territoryOf } from '../../src/data/territory.ts';
import { parseDay } from '../../src/state/day.ts';
import { changeDays, heldOf, holdings, onDay, shifts, standsSince } from '../../src/state/territory.ts';
import { territory } from './samples.ts';

const day = (text: string): number => parseDay(text)!;
const held = heldOf([
  territory('SAC', null, '2024-08-03', 5000, 'Lashio; Muse'),
  territory('SAC', '2024-08-03', null, 2000, 'Muse'),
  territory('MNDAA', '2024-08-03', '2025-04-18', 3000, 'Lashio'),
  territory('SAC', '2024-07-01', '2024-08-03', 900, 'Lashio', 'contested'),
]);

it('ends a state on the day it changes hands', () => {
  const actors = (text: string): string[] => onDay(held, day(text)).map((h) => `${h.feature.properties.actor} ${h.feature.properties.status}`);
  expect(actors('2024-08-02')).toEqual(['SAC controlled', 'SAC contested']);
  expect(actors('2024-08-03')).toEqual(['SAC controlled', 'MNDAA controlled']);
  expect(actors('2025-04-18')).toEqual(['SAC controlled']);
  expect(changeDays(held)).toEqual([day('2024-07-01'), day('2024-08-03')]);
});

it('knows since when the land stands as it does', () => {
  expect(standsSince(held, day('2024-06-30'))).toBe(-Infinity);
  expect(standsSince(held, day('2024-08-02'))).toBe(day('2024-07-01'));
  expect(standsSince(held, day('2025-04-18'))).toBe(day('2025-04-18'));
  for (let at = day('2024-06-01'); at < day('2025-06-01'); at++) {
    expect(onDay(held, standsSince(held, at))).toEqual(onDay(held, at));
  }
});

it('never adds what is contested to what is held', () => {
  const sac = holdings(onDay(held, day('2024-08-02')))[0]!;
  expect([sac.controlled, sac.contested, sac.places]).toEqual([5000, 900, 2]);
});

it('tells gains and losses between two days', () => {
  const list = shifts(onDay(held, day('2024-08-02')), onDay(held, day('2024-11-01')));
  expect(list.map((s) => [s.actor, s.after - s.before, s.gained, s.lost])).toEqual([
    ['SAC', -3000, [], ['Lashio']],
    ['MNDAA', 3000, ['Lashio'], []],
  ]);
  expect(shifts(onDay(held, day('2024-11-01')), onDay(held, day('2024-11-02')))).toEqual([]);
});

it('reads a state of a line, and its outline when it is asked for', () => {
  const sly = territory('SAC', '2024-08-03', null, 2000, 'a "properties": {"actor": "X"} \\"properties":');
  const states = [territory('MNDAA', null, '2024-08-03', 3000, 'Lashio'), sly, { ...sly, geometry: null }];
  const read = territoryOf(states.map((s) => JSON.stringify({ type: s.type, id: s.id, geometry: s.geometry, properties: s.properties })).join('\n') + '\n');
  expect(read).toEqual(states);
  expect(territoryOf('')).toEqual([]);
});
