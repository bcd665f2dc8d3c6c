import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { base, launch, shoot, shots, visit } from './page.ts';
import { archive } from './pmtiles.ts';
import { start } from './server.ts';

let browser: Browser;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await launch();
});
afterAll(() => browser.close());

// China, where the page by itself draws nothing but the neighbour's land.
const inland = '?day=2024-11-01&at=101.5,26.5,6.5&theme=light';

/** The colour in the middle of the map, as it is on the screen. */
async function middle(page: Page): Promise<number[]> {
  const box = (await page.locator('.map').boundingBox())!;
  const shot = await page.screenshot({ clip: { x: box.x + box.width / 2 - 60, y: box.y + box.height / 2 - 60, width: 1, height: 1 } });
  return page.evaluate(async (data) => {
    const img = await createImageBitmap(new Blob([Uint8Array.from(data)], { type: 'image/png' }));
    const ctx = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d')!;
    ctx.drawImage(img, 0, 0);
    return [...ctx.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  }, [...shot]);
}

const whole = [[0, 0], [4096, 0], [4096, 4096], [0, 4096]] as const;

it('draws nothing of others by itself', async () => {
  const v = await visit(browser, inland);
  expect(await middle(v.page)).toEqual([0xec, 0xeb, 0xe6]);
  expect(v.requests.filter((r) => r.includes('pmtiles'))).toEqual([]);
  await v.end();
});

it('draws a PMTiles archive of the deployment, read in ranges', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'strikewatch-basemap-'));
  const file = join(folder, 'own.pmtiles');
  writeFileSync(file, archive([{ name: 'water', ring: whole }], 4, '<a href="https://example.org">© The Surveyors</a>'));
  const server = await start('--basemap', file);
  const v = await visit(browser, inland, {}, server.url);
  await expect.poll(() => middle(v.page)).toEqual([0xdb, 0xe4, 0xe8]);
  const asked = v.requests.filter((r) => r.includes('/basemap.pmtiles'));
  expect(asked.length).toBeGreaterThan(0);
  expect(v.faults).toEqual([]);
  expect(await v.page.locator('.line').innerText()).toContain('© The Surveyors');
  await shoot(v.page, 'basemap');
  await v.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('draws the style of another host, and asks no host but that', async () => {
  const style = {
    version: 8,
    sources: { paper: { type: 'geojson', data: 'paper.geojson', attribution: '© Somebody Else' } },
    layers: [{ id: 'ground', type: 'background', paint: { 'background-color': '#204060' } }, { id: 'paper', type: 'fill', source: 'paper', paint: { 'fill-color': '#d02080' } }],
  };
  const paper = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[[90, 20], [110, 20], [110, 30], [90, 30], [90, 20]]] } };
  const host = createServer((question, answer) => {
    answer.setHeader('Access-Control-Allow-Origin', '*');
    answer.setHeader('Content-Type', 'application/json').end(JSON.stringify(question.url === '/maps/style.json' ? style : paper));
  });
  await new Promise<void>((done) => host.listen(0, '127.0.0.1', done));
  const at = host.address();
  const origin = `http://127.0.0.1:${at && typeof at === 'object' ? at.port : 0}`;
  const server = await start('--basemap', `${origin}/maps/style.json`);
  const v = await visit(browser, inland, {}, server.url);
  await expect.poll(() => middle(v.page)).toEqual([0xd0, 0x20, 0x80]);
  expect(await v.page.locator('.line').innerText()).toContain('© Somebody Else');
  expect(v.requests.filter((r) => !r.includes(server.url) && !r.includes(origin) && !r.includes('blob:'))).toEqual([]);
  expect(v.faults).toEqual([]);
  await v.end();
  host.close();
  // Out of reach, the map goes on with its own land and says so.
  host.closeAllConnections();
  const w = await visit(browser, inland, {}, server.url);
  await w.page.getByText('The background map could not be loaded').waitFor();
  expect(await middle(w.page)).toEqual([0xec, 0xeb, 0xe6]);
  await w.end();
  await server.stop();
  expect(base).not.toBe(server.url);
});
