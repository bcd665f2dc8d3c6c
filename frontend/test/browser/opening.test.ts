import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openingPaths } from '../../src/data/opening.ts';
import { base, launch, visit } from './page.ts';

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
