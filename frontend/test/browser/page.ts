import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { itemsPath, openingPaths } from '../../src/data/opening.ts';

export const base = inject('url');
export const shots = new URL('../../test-results/', import.meta.url).pathname;

/** Debian's Chromium with WebGL drawn in software, as the machine has no GPU. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
      // Its address bar is a page of its own, which starts with ours.
      '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup',
      '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic',
    ],
  });
}

export const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const tablet: BrowserContextOptions = { viewport: { width: 820, height: 1180 }, hasTouch: true };
export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Requests since the page was opened, as method and address. */
  requests: string[];
  /** Errors that the page or its policy raised. */
  faults: string[];
  end(): Promise<void>;
}

/** Opens the page and waits until the record is shown. */
export async function visit(browser: Browser, search: string, options: BrowserContextOptions = desktop, at = base): Promise<Visit> {
  const context = await browser.newContext({ ...desktop, colorScheme: 'light', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const faults: string[] = [];
  page.on('request', (r) => requests.push(`${r.method()} ${r.url()}`));
  const thrown: string[] = [];
  page.on('pageerror', (e) => thrown.push(e.message) && faults.push(e.message));
  page.on('console', (m) => {
    if (m.type() === 'error') faults.push(m.text());
  });
  await turn(page, search, at);
  // Whatever else a test looks at, no script of the page may fail.
  const end = async (): Promise<void> => {
    await context.close();
    expect(thrown).toEqual([]);
  };
  return { page, context, requests, faults, end };
}

/** Goes to another view and waits until the record is shown. */
export async function turn(page: Page, search: string, at = base): Promise<void> {
  await page.goto(`${at}/${search}`);
  await page.getByTestId('count').first().waitFor({ state: 'attached' });
  await settled(page);
}

/** Waits for the map to have drawn what it was given. */
export async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(200);
  await page.waitForFunction(() => document.querySelector('.map') === null || document.querySelector('.map[data-idle="true"]') !== null, undefined, { timeout: 60_000 });
}

/** Waits until the worker keeps what the page opened with: the last that it does
 *  by itself. `all` if its record is a small one, which is then read as a whole. */
export async function kept(page: Page, all = true): Promise<void> {
  const wanted = ['/', ...openingPaths, ...(all ? [itemsPath('incidents')] : [])];
  // Not waitForFunction, which takes the promise of an answer for a yes.
  const missing = (): Promise<string[]> => page.evaluate(async (paths) => {
    const cache = await caches.open('strikewatch-1');
    const there = (await cache.keys()).map((r) => new URL(r.url)).map((url) => decodeURI(url.pathname + url.search));
    return paths.filter((path) => !there.includes(path));
  }, wanted);
  await expect.poll(missing, { timeout: 60_000 }).toEqual([]);
}

export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${shots}${name}.png` });
}

/** The number that the page shows, with its grouping taken out. */
export async function shownCount(page: Page): Promise<number> {
  return Number((await page.getByTestId('count').first().textContent())!.replace(/\D/g, ''));
}

export async function apiCount(query: string): Promise<number> {
  const answer = await fetch(`${base}/api/collections/incidents/items?limit=1&${query}`);
  expect(answer.status, query).toBe(200);
  return ((await answer.json()) as { numberMatched: number }).numberMatched;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation { id: string; nodes: { html: string; failureSummary?: string }[] }

/** What axe-core finds wrong, one line each. */
export async function violations(page: Page): Promise<string[]> {
  // Evaluated over the debugging protocol: the page's policy forbids adding it.
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const run = (window as unknown as { axe: { run(): Promise<{ violations: unknown[] }> } }).axe.run;
    return (await run()).violations;
  });
  return (found as Violation[]).flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)} ${(n.failureSummary ?? '').slice(0, 200)}`));
}
