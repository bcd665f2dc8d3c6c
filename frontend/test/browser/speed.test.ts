import { appendFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { base, desktop, kept, launch, settled } from './page.ts';

// Measures, and holds nothing to a time: how fast a page is depends on what else
// the machine does. scripts/bench runs it on a quiet one, with the database of
// its own, and judges. It reads what is appended to STRIKEWATCH_SPEED: JSON
// lines of a name and a number.
const out = process.env['STRIKEWATCH_SPEED'];

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

function report(name: string, value: number): void {
  console.log(`${name}: ${value.toFixed(1)}`);
  if (out) appendFileSync(out, `${JSON.stringify({ name, value })}\n`);
}

it('opens', async () => {
  const context = await browser.newContext(desktop);
  const page = await context.newPage();
  let script = 0;
  page.on('response', async (r) => {
    if (r.url().endsWith('.js')) script += gzipSync(await r.body(), { level: 9 }).length;
  });
  const from = performance.now();
  await page.goto(base);
  // Asked with each frame: a locator's own waiting looks but twice a second.
  await page.waitForFunction(() => document.querySelector('[data-testid=count]'), undefined, { timeout: 120_000 });
  report('first counts, ms', performance.now() - from);
  await page.waitForFunction(() => document.querySelector('.map[data-idle=true]'));
  report('first view with its map, ms', performance.now() - from);
  report('script, kB compressed', script / 1000);
  expect(script).toBeGreaterThan(0);
  await context.close();
});

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

/** From the click on a filter until its count stands, milliseconds. */
function filtering(page: Page, button: number): Promise<number> {
  return page.evaluate(async (k) => {
    const filter = document.querySelectorAll<HTMLButtonElement>('aside details li button')[k]!;
    const count = document.querySelector('[data-testid=count]')!;
    const was = count.textContent;
    const from = performance.now();
    filter.click();
    while (count.textContent === was && performance.now() - from < 5000) await new Promise((next) => setTimeout(next));
    return performance.now() - from;
  }, button);
}

it.runIf(out)('plays, scrubs, moves and filters', async () => {
  const context = await browser.newContext(desktop);
  const page = await context.newPage();
  const asked: string[] = [];
  const tiles: number[] = [];
  page.on('request', (r) => asked.push(r.url()));
  page.on('response', async (r) => {
    if (r.url().includes('/tiles/')) tiles.push((await r.body()).length);
  });
  await page.goto(`${base}/?day=2023-01-31&span=30`);
  await page.getByTestId('count').first().waitFor({ state: 'attached', timeout: 120_000 });
  await settled(page);
  await kept(page, false);
  const before = asked.length;
  report('playing, frames/s', await frames(page, async () => {
    await page.getByRole('button', { name: 'Play' }).click();
    await page.waitForTimeout(4000);
    await page.getByRole('button', { name: 'Pause' }).click();
  }));
  const chart = (await page.locator('.chart').boundingBox())!;
  await page.mouse.move(chart.x + 300, chart.y + 20);
  await page.mouse.down();
  report('scrubbing, frames/s', await frames(page, async () => {
    for (let k = 0; k < 120; k++) await page.mouse.move(chart.x + 300 + k * 4, chart.y + 20);
  }));
  await page.mouse.up();
  report('requests while playing and scrubbing', asked.slice(before).filter((url) => !url.startsWith('blob:') && !url.includes('/assets/icon-')).length);

  // The moves of a whole year at once.
  await page.goto(`${base}/?day=2023-12-31&span=365`);
  await page.getByTestId('count').first().waitFor({ state: 'attached', timeout: 120_000 });
  await settled(page);
  const map = (await page.locator('.map').boundingBox())!;
  await page.mouse.move(map.x + 400, map.y + 300);
  report('panning, frames/s', await frames(page, async () => {
    await page.mouse.down();
    for (let k = 0; k < 120; k++) await page.mouse.move(map.x + 400 + k * 2, map.y + 300 + k);
    await page.mouse.up();
  }));
  report('zooming, frames/s', await frames(page, async () => {
    for (let k = 0; k < 40; k++) {
      await page.mouse.wheel(0, k % 20 < 10 ? -120 : 120);
      await page.waitForTimeout(60);
    }
  }));
  report('largest tile, kB', Math.max(0, ...tiles) / 1000);
  await settled(page);
  const times = [];
  for (const button of [0, 0, 1, 1, 2, 2]) times.push(await filtering(page, button));
  report('a filter to its count, ms', times.sort((a, b) => a - b)[times.length >> 1]!);
  await context.close();
}, 600_000);
