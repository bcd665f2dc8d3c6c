import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { base, desktop, launch, settled } from './page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const many = Number(process.env['STRIKEWATCH_MANY'] ?? 100_000);

const pageSize = 10_000;

/** The starter incidents, repeated with other ids, days and places: pages of
 *  the collection, as the server would link them. */
async function multiplied(): Promise<string[]> {
  const real = (await (await fetch(`${base}/api/collections/incidents/items?limit=10000`)).json()) as {
    features: { id: string; geometry: { coordinates: number[] } | null; properties: Record<string, unknown> }[];
  };
  let seed = 9;
  const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const features = Array.from({ length: many }, (_, k) => {
    const f = real.features[k % real.features.length]!;
    const day = new Date(Date.UTC(2021, 11, 13) + Math.floor(random() * 1540) * 86_400_000).toISOString().slice(0, 10);
    const at = f.geometry && { type: 'Point', coordinates: f.geometry.coordinates.map((v) => v + (random() - 0.5) * 3) };
    const id = `many-${k}`;
    return { type: 'Feature', id, geometry: at, properties: { ...f.properties, id, date_start: day, date_end: day, date_earliest: day, date_latest: day } };
  });
  const pages = [];
  for (let at = 0; at < many; at += pageSize) {
    const next = { rel: 'next', href: `/api/collections/incidents/items?limit=${pageSize}&after=${at + pageSize}` };
    const links = at + pageSize < many ? [next] : [];
    pages.push(JSON.stringify({ type: 'FeatureCollection', numberMatched: many, features: features.slice(at, at + pageSize), links }));
  }
  return pages;
}

/** Frames a second by the page's own clock while `work` goes on. */
async function frames(page: Page, work: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const clock = { from: performance.now(), n: 0, on: true };
    (window as unknown as { clock: typeof clock }).clock = clock;
    const tick = (): void => {
      clock.n++;
      if (clock.on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await work();
  return page.evaluate(() => {
    const clock = (window as unknown as { clock: { from: number; n: number; on: boolean } }).clock;
    clock.on = false;
    return (clock.n * 1000) / (performance.now() - clock.from);
  });
}

// Only when asked for (npm run speed): a loaded machine says nothing of speed.
it.runIf(process.env['STRIKEWATCH_MANY'])(`stays quick with ${many} incidents`, async () => {
  const context = await browser.newContext(desktop);
  const page = await context.newPage();
  const pages = await multiplied();
  await page.route(/\/collections\/incidents\/items\?/, (route) => {
    const at = Number(new URL(route.request().url()).searchParams.get('after') ?? 0);
    return route.fulfill({ contentType: 'application/geo+json', body: pages[at / pageSize]! });
  });
  await page.goto(`${base}/?day=2023-01-31&span=30`);
  await page.getByTestId('count').first().waitFor({ state: 'attached', timeout: 60_000 });
  await settled(page);
  const playing = await frames(page, async () => {
    await page.getByRole('button', { name: 'Play' }).click();
    await page.waitForTimeout(4000);
    await page.getByRole('button', { name: 'Pause' }).click();
  });
  const box = (await page.locator('.chart').boundingBox())!;
  await page.mouse.move(box.x + 300, box.y + 20);
  await page.mouse.down();
  const scrubbing = await frames(page, async () => {
    for (let k = 0; k < 60; k++) await page.mouse.move(box.x + 300 + k * 8, box.y + 20);
  });
  await page.mouse.up();
  const filtering = await page.evaluate(async () => {
    const button = document.querySelector<HTMLButtonElement>('aside details li button')!;
    const count = document.querySelector('[data-testid=count]')!;
    const was = count.textContent;
    const from = performance.now();
    button.click();
    while (count.textContent === was && performance.now() - from < 2000) await new Promise((next) => setTimeout(next));
    return performance.now() - from;
  });
  console.log(`${many} incidents: playing ${playing.toFixed(1)} frames/s, scrubbing ${scrubbing.toFixed(1)} frames/s, a filter to its count ${filtering.toFixed(0)} ms`);
  expect(playing).toBeGreaterThan(10);
  expect(filtering).toBeLessThan(500);
  await context.close();
}, 300_000);

it('shows the first view soon', async () => {
  const context = await browser.newContext(desktop);
  const page = await context.newPage();
  const from = performance.now();
  await page.goto(base);
  await page.getByTestId('count').first().waitFor({ state: 'attached' });
  const counted = performance.now() - from;
  await settled(page);
  console.log(`first view: counts after ${counted.toFixed(0)} ms, map drawn after ${(performance.now() - from).toFixed(0)} ms`);
  expect(counted).toBeLessThan(8000);
  await context.close();
});
