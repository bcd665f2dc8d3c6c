import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { kept, launch, shoot, shownCount, visit } from './page.ts';
import { freePort, record, serve, type Server } from './server.ts';

let browser: Browser;
let folder: string;
let server: Server;
beforeAll(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), 'strikewatch-arrivals-'));
  server = await serve(database(), await freePort());
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const database = (): string => join(folder, 'map.db');

/** What is drawn of incidents, and where: the canvas of the marks. */
function marks(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector<HTMLCanvasElement>('canvas.map-marks')!.toDataURL());
}

it('tells how many came by another program, and shows them when the reader asks', async () => {
  const search = '?day=2024-11-01&at=97.7498,22.9359,8&id=mm-0119';
  const v = await visit(browser, search, {}, server.url);
  const { page } = v;
  await expect.poll(() => page.locator('.panel').innerText()).toContain('Lashio');
  await kept(page);
  const [n, drawn] = [await shownCount(page), await marks(page)];
  const asked = v.requests.length;

  record(database(), '2024-10-30', 'zz-one');
  await page.getByText('1 new or changed.').waitFor();
  record(database(), '2024-10-31', 'zz-two', 'zz-three');
  await page.getByText('3 new or changed.').waitFor();
  await shoot(page, 'arrivals-desktop');
  // Told, and nothing else: neither the map nor the count moved, nothing was asked.
  expect(await shownCount(page)).toBe(n);
  expect(await marks(page)).toBe(drawn);
  expect(new URL(page.url()).search).toBe(search);
  expect(v.requests.slice(asked)).toEqual([]);

  await page.getByRole('button', { name: 'Show the new state' }).click();
  await expect.poll(() => shownCount(page)).toBe(n + 3);
  await expect.poll(() => marks(page)).not.toBe(drawn);
  expect(await page.getByText('new or changed.').count()).toBe(0);
  // The same place, day and incident.
  expect(new URL(page.url()).search).toBe(search);
  expect(await page.locator('.panel').innerText()).toContain('Lashio');
  expect(v.faults).toEqual([]);
  await v.end();
});

it('tells of what comes under the filters and beside them alike, in each script', async () => {
  const v = await visit(browser, '?day=2024-11-01&kind=shelling&lang=zh', {}, server.url);
  const n = await shownCount(v.page);
  record(database(), '2024-10-29', 'zz-four');
  const notice = v.page.locator('.notices .fresh');
  await notice.waitFor();
  expect(await notice.innerText()).toMatch(/1/);
  await notice.getByRole('button').click();
  await expect.poll(() => notice.count()).toBe(0);
  expect(await shownCount(v.page)).toBe(n);
  await v.end();
});
