import { expect, it } from 'vitest';
import { Arrivals } from '../../src/app/arrivals.svelte.ts';
import type { Model } from '../../src/app/model.svelte.ts';

function page(): { model: Model; reads: () => number } {
  let reads = 0;
  const reload = (): Promise<void> => Promise.resolve(void reads++);
  return { model: { online: true, record: { version: 7 }, reload } as unknown as Model, reads: () => reads };
}

it('tells what is new, each incident once, and reads nothing by itself', () => {
  const { model, reads } = page();
  const a = new Arrivals(model);
  a.open(7);
  expect(a.version).toBe(null);
  a.changed(8, [{ collection: 'incidents', id: 'a' }, { collection: 'control', id: 'c' }]);
  a.changed(9, [{ collection: 'incidents', id: 'a' }, { collection: 'incidents', id: 'b' }]);
  expect([a.version, a.incidents.size, reads()]).toEqual([9, 2, 0]);
  a.seen();
  expect([a.version, a.incidents.size]).toEqual([null, 0]);
});

it('leaves out what is shown already', () => {
  const a = new Arrivals(page().model);
  a.changed(7, [{ collection: 'incidents', id: 'a' }]);
  expect([a.version, a.incidents.size]).toEqual([null, 0]);
});

it('reads at once what came while the line was broken', () => {
  const { model, reads } = page();
  const a = new Arrivals(model);
  a.lost();
  expect(model.online).toBe(false);
  a.open(8);
  expect([model.online, reads(), a.version]).toEqual([true, 1, null]);
});

it('reads nothing after a break in which nothing came', () => {
  const { model, reads } = page();
  const a = new Arrivals(model);
  a.lost();
  a.open(7);
  expect([model.online, reads()]).toEqual([true, 0]);
});
