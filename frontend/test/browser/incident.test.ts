import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { base, desktop, launch, phone, shoot, turn, violations, visit } from './page.ts';
import { start } from './server.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe('the record of an incident', () => {
  it('says why there, how sure, by which record it was held, and cites itself', async () => {
    const v = await visit(browser, '?day=2024-11-01&id=mm-0119');
    const panel = v.page.locator('.panel');
    await panel.getByText('mm-c093').waitFor();
    await panel.getByText('from 3 Aug 2024, until 22 Apr 2025').waitFor();
    await panel.getByText(/change log of \d+ entries/).waitFor();
    const said = (await panel.innerText()).replace(/\s+/g, ' ');
    for (const part of ['Matched in the gazetteer: Lashio', 'MMR015001701', 'somewhere within 3 km', 'Describes harm', 'as known at']) {
      expect(said).toContain(part);
    }
    expect(await panel.locator('[aria-current=step]').innerText()).toBe('Reported');
    await panel.getByText('History of this record').click();
    await panel.getByText('recorded', { exact: false }).first().waitFor();
    expect(await panel.getByRole('link', { name: 'Page of this incident' }).getAttribute('href')).toBe(`${base}/incidents/mm-0119`);
    await v.end();
  });

  it('names every source of a strike that several report', async () => {
    const v = await visit(browser, '?id=mm-0003');
    const item = (await (await fetch(`${base}/api/collections/incidents/items/mm-0003`)).json()) as { citations: { publisher: string }[] };
    expect(item.citations.length).toBeGreaterThan(1);
    // It lies outside the days shown at first, and is one step away.
    await v.page.getByRole('button', { name: 'Go to its day' }).click();
    await expect.poll(() => v.page.url()).toContain('day=2022-10-23');
    expect(await v.page.getByRole('button', { name: 'Go to its day' }).count()).toBe(0);
    for (const c of item.citations) await v.page.locator('.panel').getByRole('link', { name: c.publisher }).first().waitFor();
    await v.end();
  });

  it.each([['desktop', desktop], ['phone', phone]] as const)('has a page that needs no script, %s', async (name, options) => {
    const context = await browser.newContext({ ...options, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${base}/incidents/mm-0119`);
    expect(await page.locator('h1').innerText()).toBe('Airstrike, Lashio, 1 November 2024');
    const picture = await page.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth).catch(() => 0);
    expect(picture).toBe(1200);
    await page.screenshot({ path: new URL(`../../test-results/page-${name}.png`, import.meta.url).pathname, fullPage: true });
    await context.close();
    const reading = await browser.newContext(options);
    const page2 = await reading.newPage();
    await page2.goto(`${base}/incidents/mm-0119`);
    expect(await violations(page2)).toEqual([]);
    expect(await page2.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await page2.getByRole('link', { name: 'Show on the map', exact: true }).click();
    await page2.locator('.panel h2', { hasText: 'Lashio' }).waitFor();
    const missing = await page2.goto(`${base}/incidents/mm-9999`);
    expect(missing!.status()).toBe(404);
    expect(await violations(page2)).toEqual([]);
    await reading.close();
  });
});

it('leads to whoever mends errors, where the deployment names one', async () => {
  const v = await visit(browser, '?day=2024-11-01&id=mm-0119');
  await v.page.locator('.panel').getByText('Cite').waitFor();
  expect(await v.page.getByRole('link', { name: 'Report an error' }).count()).toBe(0);
  const server = await start('--contact', 'desk@example.org');
  await turn(v.page, '?day=2024-11-01&id=mm-0119', server.url);
  const letter = (await v.page.getByRole('link', { name: 'Report an error' }).getAttribute('href'))!;
  expect(letter).toMatch(/^mailto:desk@example\.org\?/);
  const said = new URL(letter).searchParams;
  expect([said.get('subject'), said.get('body')!.includes(`${server.url}/incidents/mm-0119`)]).toEqual(['Error in mm-0119, version 1', true]);
  await v.end();
  await server.stop();
});

describe('a reader who comes back', () => {
  it('is told what changed since, once, and can be forgotten', async () => {
    const v = await visit(browser, '?day=2024-11-01');
    const changes = (await (await fetch(`${base}/api/changes?collection=incidents,control&limit=3`)).json()) as { changes: { recorded_at: string; id: string }[] };
    const kept = (): Promise<string | null> => v.page.evaluate(() => localStorage.getItem('strikewatch.visit'));
    await expect.poll(kept).toContain(changes.changes[0]!.recorded_at);
    expect(await v.page.getByText('Since your visit').count()).toBe(0);
    // As if the last visit had been before all was recorded.
    await v.page.evaluate(() => localStorage.setItem('strikewatch.visit', JSON.stringify({ at: '2020-01-01T10:00:00Z', seen: '2020-01-01T10:00:00Z' })));
    await v.page.reload();
    await v.page.getByText(/Since your visit on 1 Jan 2020 .*: [\d,]+ new\./).waitFor();
    await v.page.getByRole('button', { name: 'Show them' }).click();
    const panel = v.page.locator('.panel');
    const all = (await (await fetch(`${base}/api/changes?collection=incidents&limit=10000`)).json()) as { changes: unknown[] };
    expect(all.changes.length).toBeGreaterThan(200);
    expect(await panel.locator('ul').first().locator('li').count()).toBe(200);
    expect(await violations(v.page)).toEqual([]);
    await shoot(v.page, 'since');
    await panel.locator('li button').first().click();
    await expect.poll(() => v.page.url()).toMatch(/id=mm-/);
    await v.page.getByRole('button', { name: 'Close' }).last().click();
    await v.page.getByRole('button', { name: 'Done' }).click();
    await v.page.reload();
    await v.page.getByTestId('count').first().waitFor({ state: 'attached' });
    await expect.poll(kept).toContain(changes.changes[0]!.recorded_at);
    expect(await v.page.getByText('Since your visit').count()).toBe(0);
    await v.page.getByRole('button', { name: 'About and licences' }).click();
    await v.page.getByRole('button', { name: 'Forget my visits' }).click();
    expect(await kept()).toBeNull();
    await v.end();
  });
});
