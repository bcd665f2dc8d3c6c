import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { desktop, launch, phone, shoot, shots, tablet, turn, violations, visit } from './page.ts';

let browser: Browser;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await launch();
});
afterAll(() => browser.close());

const sizes = { desktop, tablet, phone } as const;
const screens: [name: string, search: string, reach?: (page: Page) => Promise<void>][] = [
  ['latest', '?'],
  ['day', '?day=2024-11-01'],
  ['incident', '?day=2024-11-01&id=mm-0119&at=97.7498,22.9359,8'],
  ['border', '?day=2024-11-30&span=91&border=mmr-chn&within_km=110&at=97.9,23.2,6.9'],
  ['compare', '?day=2024-11-01&vs=2023-10-01&at=97.6,23.2,6.6'],
  ['table', '?day=2024-11-01&panel=table'],
  ['share', '?day=2024-11-30&span=30&border=mmr-chn&within_km=110&panel=table', (page) => page.locator('button[aria-expanded=false]', { hasText: /^(Share|分享|မျှဝေရန်)$/ }).locator('visible=true').click()],
  ['embed', '?day=2024-11-01&embed=1'],
];

for (const [size, options] of Object.entries(sizes)) {
  for (const theme of ['light', 'dark'] as const) {
    it(`shows every screen without a fault of access, ${size}, ${theme}`, async () => {
      const v = await visit(browser, '', { ...options, colorScheme: theme });
      for (const [name, search, reach] of screens) {
        await turn(v.page, search);
        await reach?.(v.page);
        await shoot(v.page, `${name}-${size}-${theme}`);
        expect(await violations(v.page), name).toEqual([]);
        expect(v.faults, name).toEqual([]);
      }
      await v.end();
    }, 180_000);
  }
}

for (const lang of ['my', 'zh'] as const) {
  it(`shows every screen in ${lang}`, async () => {
    for (const options of [desktop, phone]) {
      const v = await visit(browser, `?lang=${lang}`, options);
      // A phone has what is laid out for it; the map is the same.
      const seen = options === phone ? screens.filter(([name]) => ['day', 'incident', 'table', 'share'].includes(name)) : screens;
      for (const [name, search, reach] of seen) {
        await turn(v.page, `${search}&lang=${lang}`);
        await reach?.(v.page);
        await shoot(v.page, `${name}-${options === phone ? 'phone-' : ''}${lang}`);
        expect(await v.page.evaluate(() => document.documentElement.lang)).toBe(lang);
        expect(await violations(v.page), name).toEqual([]);
        expect(await v.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), name).toBe(true);
      }
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
