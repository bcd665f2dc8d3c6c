import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desktop, kept, launch, shownCount } from './page.ts';
import { freePort, record, serve, type Server } from './server.ts';

let browser: Browser;
let folder: string;
let port: number;
let server: Server;
beforeAll(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), 'strikewatch-offline-'));
  port = await freePort();
  server = await serve(database(), port);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const database = (): string => join(folder, 'map.db');
const atLashio = 'day=2024-11-01&at=97.7498,22.9359,9';

async function open(search: string): Promise<Page> {
  const context = await browser.newContext({ ...desktop, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/?${search}`);
  await page.getByTestId('count').first().waitFor({ state: 'attached' });
  return page;
}

describe('without a network', () => {
  it('map, scrubbing and incidents go on, and the page says of when they are', async () => {
    const page = await open(atLashio);
    await kept(page);
    await page.context().setOffline(true);
    await page.getByText(/No connection\..*as of/).waitFor();
    await page.locator('[role=slider].to').focus();
    for (let k = 0; k < 5; k++) await page.keyboard.press('ArrowLeft');
    expect(await page.locator('[role=slider].to').getAttribute('data-day')).toBe('2024-10-27');
    for (let k = 0; k < 5; k++) await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'Table' }).click();
    await page.getByRole('button', { name: 'Lashio', exact: true }).first().click();
    // Never opened before: a small set is here as a whole.
    await expect.poll(() => page.locator('.panel').innerText()).toContain('Who held it that day');
    await page.getByLabel('Words in the record').fill('monastery');
    await expect.poll(() => page.url()).toContain('q=monastery');
    await page.context().close();
  });

  it('a reload opens the record as it was last read, and says so', async () => {
    const page = await open(atLashio);
    const n = await shownCount(page);
    await kept(page);
    await server.stop();
    await page.reload();
    await page.getByTestId('count').first().waitFor({ state: 'attached' });
    expect(await shownCount(page)).toBe(n);
    await page.getByText(/No connection\..*as of/).waitFor();
    await page.locator('.map[data-idle=true]').waitFor();
    server = await serve(database(), port);
    await expect.poll(() => page.getByText('No connection.').count(), { timeout: 30_000 }).toBe(0);
    await page.context().close();
  });

  it('catches up when it is back, without moving the map', async () => {
    const page = await open(atLashio);
    const n = await shownCount(page);
    await server.stop();
    await page.getByText('No connection.').waitFor();
    record(database(), '2024-10-31', 'zz-back');
    server = await serve(database(), port);
    await expect.poll(() => shownCount(page), { timeout: 30_000 }).toBe(n + 1);
    expect(await page.getByText('No connection.').count()).toBe(0);
    expect(new URL(page.url()).search).toContain('at=97.7498,22.9359,9');
    await page.context().close();
  });
});
