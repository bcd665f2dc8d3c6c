import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { base, launch, shoot, shots, shownCount, violations, visit } from './page.ts';
import { program } from './server.ts';

let browser: Browser;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await launch();
});
afterAll(() => browser.close());

const filtered = '?day=2024-12-31&span=92&held=MNDAA,TNLA&panel=table';

async function share(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Share', exact: true }).first().click();
  await page.getByRole('dialog').waitFor();
}

/** Everything in a file, with the parts of an archive unpacked. */
function opened(file: Buffer): string {
  if (file.readUInt32LE(0) !== 0x04034b50) return file.toString('latin1');
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = file.readUInt32LE(end + 16);
  const parts = [];
  for (let k = 0; k < file.readUInt16LE(end + 10); k++) {
    const [packed, local] = [file.readUInt32LE(at + 20), file.readUInt32LE(at + 42)];
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const bytes = file.subarray(from, from + packed);
    parts.push(file.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes);
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return Buffer.concat(parts).toString('latin1');
}

describe('whoever takes the view away', () => {
  // GeoParquet packs its texts; its equality with the rest is the codec's own test.
  it('has exactly the incidents on the screen, in each format', async () => {
    const v = await visit(browser, filtered);
    const shown = await v.page.locator('tbody tr').evaluateAll((rows) => rows.map((r) => (r as HTMLElement).dataset['id']!).sort());
    expect(shown.length).toBe(await shownCount(v.page));
    expect(shown.length).toBeGreaterThan(10);
    await share(v.page);
    for (const format of ['GeoJSON', 'CSV', 'Excel', 'GeoPackage', 'KML', 'FlatGeobuf', 'Shapefile']) {
      const coming = v.page.waitForEvent('download');
      await v.page.getByRole('link', { name: format, exact: true }).click();
      const text = opened(readFileSync(await (await coming).path()));
      const held = [...new Set(text.match(/mm-\d{4}/g) ?? [])].sort();
      expect(held, format).toEqual(shown);
    }
    const address = (await v.page.getByTestId('api-address').innerText()).replace(/\s/g, '');
    const answer = (await (await fetch(address)).json()) as { numberMatched: number };
    expect(answer.numberMatched).toBe(shown.length);
    await v.page.getByText('In QGIS').click();
    const exact = (await v.page.getByTestId('qgis-address').innerText()).replace(/\s/g, '');
    expect(((await (await fetch(exact)).json()) as { features: unknown[] }).features.length).toBe(shown.length);
    await v.end();
  });

  it('gets a picture of the map with its legend', async () => {
    const v = await visit(browser, '?day=2024-11-01');
    await share(v.page);
    const coming = v.page.waitForEvent('download');
    await v.page.getByRole('button', { name: 'Picture of the map' }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toBe('strikewatch-2024-11-01.png');
    await file.saveAs(`${shots}picture.png`);
    const png = readFileSync(`${shots}picture.png`);
    const map = (await v.page.locator('.map').boundingBox())!;
    expect([png.readUInt32BE(16), png.readUInt32BE(20) > map.height]).toEqual([map.width, true]);
    await v.end();
  });

  it('prints the map, its legend, the list and their source', async () => {
    const v = await visit(browser, '?day=2024-11-01&kind=airstrike');
    const n = await shownCount(v.page);
    await v.page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    await v.page.emulateMedia({ media: 'print' });
    const paper = v.page.locator('.paper');
    await paper.waitFor();
    const said = (await paper.innerText()).replace(/\s+/g, ' ');
    for (const part of [`${n} incidents`, '3 Oct 2024 to 1 Nov 2024', 'Filters: Air strike', 'As known at:', 'Territory on 1 Nov 2024', 'MNDAA 11,467 km²', 'mm-0119', '© OpenStreetMap contributors', '/?day=2024-11-01&kind=airstrike']) {
      expect(said).toContain(part);
    }
    expect(await paper.locator('tbody tr').count()).toBe(n);
    expect(await v.page.locator('aside').isVisible()).toBe(false);
    // Drawn, not blank: many colours along the middle of the picture.
    const colours = await paper.locator('img').evaluate(async (img: HTMLImageElement) => {
      await img.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: img.naturalWidth, height: img.naturalHeight });
      const ctx = canvas.getContext('2d')!;
      ctx.drawImage(img, 0, 0);
      const line = ctx.getImageData(0, Math.floor(img.naturalHeight / 3), img.naturalWidth, 1).data;
      return new Set(Array.from({ length: img.naturalWidth }, (_, x) => `${line[4 * x]},${line[4 * x + 1]},${line[4 * x + 2]}`)).size;
    });
    expect(colours).toBeGreaterThan(8);
    writeFileSync(`${shots}paper.pdf`, await v.page.pdf({ format: 'A4', printBackground: true }));
    await v.page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    await expect.poll(() => paper.count()).toBe(0);
    await v.end();
  });

  it('prints the map by day, also by night', async () => {
    const v = await visit(browser, '?day=2024-11-01&at=101.5,26.5,6.5&theme=dark');
    // What the browser's own dialog would do, without the dialog.
    await v.page.evaluate(() => {
      window.print = () => void window.dispatchEvent(new Event('beforeprint'));
    });
    await share(v.page);
    await v.page.getByRole('button', { name: 'Print or save as PDF' }).click();
    const picture = v.page.locator('.paper img');
    await picture.waitFor({ state: 'attached' });
    const middle = await picture.evaluate(async (img: HTMLImageElement) => {
      await img.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: img.naturalWidth, height: img.naturalHeight });
      const ctx = canvas.getContext('2d')!;
      ctx.drawImage(img, 0, 0);
      return [...ctx.getImageData(img.naturalWidth / 2 - 60, img.naturalHeight / 2 - 60, 1, 1).data.slice(0, 3)];
    });
    expect(middle).toEqual([0xec, 0xeb, 0xe6]);
    await v.page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    await expect.poll(() => v.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await v.end();
  });

  it('puts the view into a page of their own', async () => {
    const v = await visit(browser, '?day=2024-11-01&held=MNDAA&at=97.7,23,7');
    const n = await shownCount(v.page);
    await share(v.page);
    const code = await v.page.getByTestId('embed-code').innerText();
    const host = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end(`<!doctype html><html lang="en"><title>Elsewhere</title><main><h1>Elsewhere</h1>${code}</main></html>`));
    await new Promise<void>((done) => host.listen(0, '127.0.0.1', done));
    const at = host.address();
    await v.page.goto(`http://127.0.0.1:${at && typeof at === 'object' ? at.port : 0}/`);
    const frame = v.page.frameLocator('iframe');
    await frame.locator('.map[data-idle="true"]').waitFor();
    expect(Number(await frame.getByTestId('count').innerText())).toBe(n);
    expect(await frame.locator('header, aside').count()).toBe(0);
    expect(await frame.locator('.line', { hasText: 'OpenStreetMap' }).isVisible()).toBe(true);
    const back = frame.getByRole('link', { name: 'Open the whole map' });
    expect(await back.getAttribute('href')).toBe('/?day=2024-11-01&held=MNDAA&at=97.7,23,7');
    await shoot(v.page, 'embedded');
    expect(await violations(v.page)).toEqual([]);
    host.close();
    await v.end();
  });

  it('stays informed: a feed of the view, and a schedule that the server takes', async () => {
    const v = await visit(browser, '?day=2024-11-30&span=30&border=mmr-chn&within_km=110&kind=airstrike');
    await share(v.page);
    const feed = await (await fetch(base + (await v.page.getByRole('link', { name: 'Feed of this view' }).getAttribute('href'))!)).text();
    expect(feed).toContain('<feed xmlns="http://www.w3.org/2005/Atom">');
    const entries = feed.match(/<entry>/g)!.length;
    const all = await fetch(`${base}/api/collections/incidents/items?limit=1&border=mmr-chn&within_km=110&kind=airstrike`);
    expect(entries).toBe(Math.min(100, ((await all.json()) as { numberMatched: number }).numberMatched));
    const lines = await v.page.getByTestId('schedule').innerText();
    expect(lines).toContain('within_km = 110');
    await serves(lines);
    await v.end();
  });
});

/** Starts the program with these lines as its configuration. */
async function serves(lines: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'strikewatch-schedule-'));
  const file = join(folder, 'serve.toml');
  writeFileSync(file, lines);
  const server = spawn(program, ['serve', '--db', join(folder, 'a.db'), '--listen', '127.0.0.1:0', '--config', file], { cwd: folder });
  let said = '';
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  await new Promise<void>((done) => {
    server.stderr.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('Strikewatch at')) done();
    });
    void ended.then(done);
  });
  server.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true, force: true });
  expect(said).toContain('Strikewatch at');
}
