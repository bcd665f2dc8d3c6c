import { describe, expect, it } from 'vitest';
import { briefOf, holding, textOf } from '../../src/state/columns.ts';
import { Distances } from '../../src/state/distances.ts';
import { Ids } from '../../src/state/ids.ts';
import { distancesOf } from '../../src/state/saying.ts';
import { columnsOf, incident, seeded } from './samples.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('columns', () => {
  const features = [
    incident('b', { date_start: '2024-11-02', place: 'လားရှိုး', killed_min: 0, killed_max: 12, held_by: 'MNDAA,TNLA', border_km: 101.873 }),
    incident('ä', { date_start: '2021-02-03', date_end: '2021-02-20', date_precision: 'month', place: null, held_by: '', target: null }),
    incident('c', { date_start: '2024-11-02' }, null),
  ];
  const c = columnsOf(features);

  it('are in the order of days and say what the features say', () => {
    expect([0, 1, 2].map((i) => c.ids.at(i))).toEqual(['ä', 'b', 'c']);
    for (let i = 0; i < c.count; i++) {
      const brief = briefOf(c, i);
      const p = features.find((f) => f.id === brief.id)!.properties;
      for (const [key, value] of Object.entries(brief)) expect(value, key).toBe(p[key as keyof typeof p] || (p[key as keyof typeof p] === 0 ? 0 : null));
    }
  });

  it('keep unknown apart from zero', () => {
    expect([c.killedMin[1], c.killedMin[2]]).toEqual([0, NaN]);
    expect([c.lon[2], c.x[2]]).toEqual([NaN, NaN]);
    expect(textOf(c.held, 0)).toBe(null);
  });

  it('know every value of a list, however many there are', () => {
    const many = columnsOf(Array.from({ length: 80 }, (_, k) => incident(`i${k}`, { held_by: `A${k},B` })));
    expect(many.held.values).toHaveLength(82); // and "not known"
    for (const value of ['A0', 'A40', 'A79']) {
      const pass = holding(many.held, [value]);
      expect(Array.from(many.held.codes).filter((code) => pass[code] === 1)).toHaveLength(1);
    }
    expect(holding(many.held, ['B']).slice(1).every((p) => p === 1)).toBe(true);
    expect(holding(many.held, ['nobody']).some((p) => p === 1)).toBe(false);
  });

  it('read distances as they are written', () => {
    const random = seeded(7);
    const texts = Array.from({ length: 300 }, () =>
      ['mmr-chn', 'mmr-lao', 'mmr-tha', 'x'].filter(() => random() < 0.7).map((b) => `${b}:${Math.round(random() * 3e6) / 1000}`).join(','));
    const all = new Distances(texts.length);
    texts.forEach((text, i) => all.read(i, bytes(`..${text}`), 2, text.length + 2));
    texts.forEach((text, i) => {
      const said = new Map(distancesOf(text).map((d) => [d.border, Math.round(d.km * 1000)]));
      for (const [border, metres] of all.byBorder) expect(metres[i], `${text} ${border}`).toBe(said.get(border) ?? NaN);
    });
  });
});

it('finds ids among many', () => {
  const list = Array.from({ length: 5000 }, (_, k) => `mm-${(k * 7919) % 5000}-é`);
  const offsets = new Int32Array(list.length + 1);
  list.forEach((id, k) => (offsets[k + 1] = offsets[k]! + bytes(id).length));
  const ids = new Ids(bytes(list.join('')), offsets);
  list.forEach((id, k) => expect([ids.row(id), ids.at(k)]).toEqual([k, id]));
  expect([ids.row('mm-1'), ids.row(''), new Ids(new Uint8Array(), new Int32Array(1)).row('a')]).toEqual([-1, -1, -1]);
});
