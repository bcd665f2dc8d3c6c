import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { desktop, launch, phone, settled, shoot, shots, tablet, violations, visit } from './page.ts';

let browser: Browser;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await launch();
});
afterAll(() => browser.close());

const sizes = { desktop, tablet, phone } as const;
const screens: [name: string, search: string][] = [
  ['latest', '?'],
  ['day', '?day=2024-11-01'],
  ['incident', '?day=2024-11-01&id=mm-0119&at=97.7498,22.9359,8'],
  ['border', '?day=2024-11-30&span=91&border=mmr-chn&within_km=110&at=97.9,23.2,6.9'],
  ['compare', '?day=2024-11-01&vs=2023-10-01&at=97.6,23.2,6.6'],
  ['table', '?day=2024-11-01&panel=table'],
];

for (const [size, options] of Object.entries(sizes)) {
  for (const theme of ['light', 'dark'] as const) {
    it(`shows every screen without a fault of access, ${size}, ${theme}`, async () => {
      for (const [name, search] of screens) {
        const v = await visit(browser, search, { ...options, colorScheme: theme });
        await settled(v.page);
        await shoot(v.page, `${name}-${size}-${theme}`);
        expect(await violations(v.page), name).toEqual([]);
        expect(v.faults, name).toEqual([]);
        await v.end();
      }
    }, 180_000);
  }
}

for (const lang of ['my', 'zh'] as const) {
  it(`shows every screen in ${lang}`, async () => {
    for (const [name, search] of screens) {
      const v = await visit(browser, `${search}&lang=${lang}`, name === 'incident' ? phone : desktop);
      await settled(v.page);
      await shoot(v.page, `${name}-${lang}`);
      expect(await v.page.evaluate(() => document.documentElement.lang)).toBe(lang);
      expect(await violations(v.page), name).toEqual([]);
      await v.end();
    }
  }, 180_000);
}

it('shows its sheets and its words about itself', async () => {
  for (const which of ['Filters', 'Legend']) {
    const v = await visit(browser, '?day=2024-11-01', phone);
    await v.page.getByRole('button', { name: which }).tap();
    await v.page.waitForTimeout(300);
    await shoot(v.page, `sheet-${which.toLowerCase()}-phone`);
    expect(await violations(v.page)).toEqual([]);
    await v.end();
  }
  const v = await visit(browser, '?day=2024-11-01');
  await v.page.getByRole('button', { name: 'About and licences' }).click();
  await shoot(v.page, 'about-desktop');
  expect(await violations(v.page)).toEqual([]);
  await v.end();
}, 120_000);
