import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openingPaths } from '../../src/data/opening.ts';
import { base, kept, launch, visit } from './page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it('asks for what it opens with while its script is on the way, and once', async () => {
  const v = await visit(browser, '');
  const asked = v.requests.map((r) => r.replace(`GET ${base}`, ''));
  const script = await v.page.evaluate(() => performance.getEntriesByType('resource').find((e) => e.name.endsWith('.js'))!);
  for (const path of openingPaths) {
    expect(asked.filter((p) => p === path), path).toHaveLength(1);
    const [entry] = await v.page.evaluate((url) => performance.getEntriesByName(url).map((e) => ({ start: e.startTime })), base + path);
    expect(entry!.start, path).toBeLessThan(script.startTime + script.duration);
  }
  await v.end();
});

it('shows the land while the record is still on its way, and no count', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(/f=arrow/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(base);
  await page.locator('.map[data-idle=true]').waitFor();
  expect(await page.getByTestId('count').count()).toBe(0);
  expect(await page.getByText('Loading').isVisible()).toBe(true);
  const size = await page.locator('.map').boundingBox();
  answer();
  await page.getByTestId('count').first().waitFor({ state: 'attached' });
  // What comes with the record takes no room from the map.
  expect(await page.locator('.map').boundingBox()).toEqual(size);
  await context.close();
});

it('keeps what a reader does before the record is there, and the address', async () => {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(/f=arrow/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${base}/?day=2024-11-01&held=MNDAA`);
  await page.locator('.map[data-idle=true]').waitFor();
  const map = (await page.locator('.map').boundingBox())!;
  await page.mouse.move(map.x + 300, map.y + 200);
  await page.mouse.wheel(0, -240);
  await expect.poll(() => page.locator('.map').getAttribute('data-zoom')).not.toBe('4.5');
  await page.waitForTimeout(1000); // as long as an address waits to be written, and more
  expect(new URL(page.url()).search).toBe('?day=2024-11-01&held=MNDAA');
  const zoom = await page.locator('.map').getAttribute('data-zoom');
  answer();
  await page.getByTestId('count').first().waitFor({ state: 'attached' });
  await page.locator('.map[data-idle=true]').waitFor();
  expect(await page.locator('[role=slider].to').getAttribute('data-day')).toBe('2024-11-01');
  expect(await page.locator('.map').getAttribute('data-zoom')).toBe(zoom);
  // And what is done then is in the address too.
  await page.mouse.down();
  await page.mouse.move(map.x + 250, map.y + 240, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => page.url()).toMatch(/day=2024-11-01.*at=/);
  await context.close();
});

it('opens whole when it is tried again', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route(/f=arrow/, (route) => route.abort());
  await page.goto(base);
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await page.unroute(/f=arrow/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByTestId('count').first().waitFor({ state: 'attached' });
  await kept(page);
  await context.close();
});
