import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiCount, base, desktop, kept, launch, phone, settled, shoot, shownCount, turn, visit } from './page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe('a monitor', () => {
  it('opens the page and sees the latest year, from this host only', async () => {
    const v = await visit(browser, '');
    expect(await shownCount(v.page)).toBeGreaterThan(10);
    expect(await v.page.locator('.map canvas.maplibregl-canvas').count()).toBe(1);
    expect(v.requests.filter((r) => !r.includes(base) && !r.includes('blob:') && !r.includes('data:'))).toEqual([]);
    expect(v.faults).toEqual([]);
    await v.end();
  });

  it('sees who held Lashio on 1 November 2024, and opens its strike on the map', async () => {
    const v = await visit(browser, '?day=2024-11-01&span=1&at=97.7498,22.9359,9');
    await expect.poll(() => v.page.locator('.legend').textContent()).toContain('MNDAA');
    const box = (await v.page.locator('.map').boundingBox())!;
    await v.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const panel = v.page.locator('.panel');
    await panel.waitFor();
    const said = (await panel.innerText()).replace(/\s+/g, ' ');
    for (const part of ['Lashio', 'Five bombs', '5 five bombs', '1 November 2024', 'MNDAA', 'Certain', 'not known', 'may be off by 3 km', '101 km', '98 to 104 km', 'Irrawaddy']) {
      expect(said).toContain(part);
    }
    expect(v.page.url()).toContain('id=mm-0119');
    await v.page.keyboard.press('Escape');
    await expect.poll(() => panel.count()).toBe(0);
    await v.end();
  });

  it('scrubs and plays without asking the server', async () => {
    const v = await visit(browser, '?day=2024-06-01');
    await kept(v.page);
    const before = v.requests.length;
    const handle = v.page.locator('[role=slider].to');
    await handle.focus();
    for (let k = 0; k < 15; k++) await v.page.keyboard.press('ArrowRight');
    await v.page.keyboard.press('PageUp');
    expect(await handle.getAttribute('data-day')).toBe('2024-07-16');
    await v.page.getByRole('button', { name: 'Play' }).click();
    const started = await handle.getAttribute('data-day');
    await expect.poll(() => handle.getAttribute('data-day'), { timeout: 20_000 }).not.toBe(started);
    await settled(v.page);
    // The land stands while the days pass: drawing it anew is what takes long.
    const drawn = v.page.evaluate(() => new Promise<number>((done) => {
      let n = 0;
      const seen = new MutationObserver(() => (n += document.querySelector('.map[data-idle=false]') ? 1 : 0));
      seen.observe(document.querySelector('.map')!, { attributeFilter: ['data-idle'], attributes: true });
      setTimeout(() => done(n), 1000);
    }));
    expect(await drawn).toBe(0);
    await v.page.getByRole('button', { name: 'Pause' }).click();
    expect((await handle.getAttribute('data-day'))! > '2024-07-20').toBe(true);
    const box = (await v.page.locator('.chart').boundingBox())!;
    await v.page.mouse.move(box.x + 300, box.y + 20);
    await v.page.mouse.down();
    await v.page.mouse.move(box.x + 500, box.y + 24, { steps: 6 });
    await v.page.mouse.up();
    await settled(v.page);
    // Chromium looks its icon up again, in its cache, whenever the address changes.
    const asked = v.requests.slice(before).filter((r) => !r.includes('blob:') && !r.includes('/assets/icon-'));
    expect(asked).toEqual([]);
    // The address is written when the day rests.
    await expect.poll(() => v.page.url()).toMatch(/span=\d+/);
    await v.end();
  });

  it('filters by a click, sees the count that was promised, and goes back', async () => {
    const v = await visit(browser, '?day=2024-12-31&span=365');
    const all = await shownCount(v.page);
    const facet = v.page.locator('aside').getByRole('button', { name: /^MNDAA/ });
    const promised = Number((await facet.locator('.n').textContent())!.replace(/\D/g, ''));
    await facet.click();
    expect(await shownCount(v.page)).toBe(promised);
    expect(promised).toBeLessThan(all);
    await v.page.getByRole('button', { name: 'Remove: MNDAA' }).waitFor();
    await v.page.goBack();
    await expect.poll(() => shownCount(v.page)).toBe(all);
    await v.page.goForward();
    await expect.poll(() => shownCount(v.page)).toBe(promised);
    await v.page.getByRole('button', { name: 'Remove: MNDAA' }).click();
    expect(await shownCount(v.page)).toBe(all);
    await v.end();
  });

  it('asks for strikes near a border, certain and possible told apart', async () => {
    const v = await visit(browser, '?day=2024-11-30&span=91');
    await v.page.getByLabel('Distance to a border').selectOption('mmr-chn');
    await v.page.getByRole('spinbutton', { name: 'Within km' }).fill('102');
    await v.page.keyboard.press('Enter');
    const near = async (value: string): Promise<number> => {
      await v.page.getByLabel('Counting').selectOption(value);
      return shownCount(v.page);
    };
    const query = 'datetime=2024-09-01/2024-11-30&border=mmr-chn&within_km=102';
    expect(await near('')).toBe(await apiCount(query));
    expect(await near('certain')).toBe(await apiCount(`${query}&certainty=certain`));
    expect(await near('possible')).toBe(await apiCount(`${query}&certainty=possible`));
    expect(await v.page.locator('.legend').innerText()).toContain('Within 102 km of the border');
    await v.end();
  });

  it('draws an area and sees what was within it, as the API counts', async () => {
    const v = await visit(browser, '?day=2024-12-31&span=365&at=97.5,22.5,6.5');
    const all = await shownCount(v.page);
    await v.page.getByRole('button', { name: 'Draw an area on the map' }).click();
    const box = (await v.page.locator('.map').boundingBox())!;
    await v.page.mouse.move(box.x + 300, box.y + 200);
    await v.page.mouse.down();
    await v.page.mouse.move(box.x + 700, box.y + 500, { steps: 4 });
    await v.page.mouse.up();
    await v.page.getByRole('button', { name: 'Remove: only the chosen area' }).waitFor();
    const n = await shownCount(v.page);
    expect(n).toBeLessThan(all);
    const bbox = new URL(v.page.url()).searchParams.get('bbox')!;
    expect(n).toBe(await apiCount(`datetime=2024-01-02/2024-12-31&bbox=${bbox}`));
    await settled(v.page);
    await shoot(v.page, 'area-desktop');
    // The drag neither moved the map nor stays in its way.
    expect(new URL(v.page.url()).searchParams.get('at')).toBe('97.5,22.5,6.5');
    expect(await v.page.locator('.draw').count()).toBe(0);
    await v.end();
  });

  it.each([['Lashio', 'Lashio'], ['လားရှိုး', 'Lashio'], ['腊戌', 'Lashio'], ['Muse', 'Muse']])('finds %s', async (typed, name) => {
    const v = await visit(browser, '?day=2024-11-01');
    await v.page.keyboard.press('/');
    await v.page.keyboard.insertText(typed);
    await v.page.getByRole('option', { name: new RegExp(`^${name}`) }).first().waitFor();
    await v.page.keyboard.press('Enter');
    await expect.poll(() => v.page.url()).toContain('at=');
    await expect.poll(async () => Number(await v.page.locator('.map').getAttribute('data-zoom'))).toBeGreaterThan(8);
    expect(v.faults).toEqual([]);
    await v.end();
  });

  it('reads the same incidents in the table, and opens one by keys', async () => {
    const v = await visit(browser, '?day=2024-11-01');
    const n = await shownCount(v.page);
    await v.page.keyboard.press('t');
    await v.page.locator('table').first().waitFor();
    expect(await v.page.locator('tbody tr').count()).toBe(n);
    expect(n).toBe(await apiCount('datetime=2024-10-03/2024-11-01'));
    await v.page.getByRole('button', { name: 'Lashio', exact: true }).first().focus();
    await v.page.keyboard.press('Enter');
    await v.page.locator('.panel').waitFor();
    expect(await v.page.locator('.panel h2').innerText()).toContain('Lashio');
    await v.end();
  });

  it('compares two days by what was gained and lost', async () => {
    const v = await visit(browser, '?day=2024-11-01&vs=2023-10-01');
    const list = v.page.locator('aside details[open]', { hasText: 'Compare' });
    const said = (await list.innerText()).replace(/\s+/g, ' ');
    expect(said).toMatch(/MNDAA \+[\d,]+ km²/);
    expect(said).toMatch(/gained: [^:]*Lashio/);
    // Actor by actor as the API measures it.
    interface Change { actor: string; status: string; gained_km2: number; lost_km2: number; gained_places: string[]; lost_places: string[] }
    const answer = (await (await fetch(`${base}/api/territory/changes?from=2023-10-01&to=2024-11-01`)).json()) as { changes: Change[] };
    const changes = answer.changes.filter((c) => c.status === 'controlled' && (c.gained_km2 >= 0.5 || c.lost_km2 >= 0.5));
    expect(await list.locator('li[data-actor]').count()).toBe(changes.length);
    const whole = (n: number): string => Math.round(n).toString().replace(/\B(?=(\d{3})+$)/g, ',');
    for (const c of changes) {
      const km = [c.gained_km2 >= 0.5 ? `+${whole(c.gained_km2)}` : '', c.lost_km2 >= 0.5 ? `−${whole(c.lost_km2)}` : ''].filter(Boolean).join(' ');
      const line = list.locator(`li[data-actor="${c.actor}"]`);
      await line.getByText(`${km} km²`, { exact: true }).waitFor();
      for (const [word, places] of [['gained', c.gained_places], ['lost', c.lost_places]] as const) {
        if (places.length) expect(await line.innerText()).toContain(`${word}: ${places.join(', ')}`);
      }
    }
    const divider = v.page.getByRole('slider', { name: 'Compared with' });
    await divider.focus();
    for (let k = 0; k < 4; k++) await v.page.keyboard.press('ArrowRight');
    expect(await divider.getAttribute('aria-valuenow')).toBe('70');
    expect(await divider.innerText()).toMatch(/1 Oct 2023[^]*1 Nov 2024/);
    await v.end();
  });

  it('sees the record as it stood before, marked as such', async () => {
    const v = await visit(browser, '?known_at=2020-01-01T00:00:00Z&panel=table');
    await v.page.getByText('This is the record as it stood on 1 Jan 2020 00:00 UTC').waitFor();
    expect(await shownCount(v.page)).toBe(0);
    await v.page.locator('.notices').getByRole('button', { name: 'Back to what is known now' }).click();
    await expect.poll(() => shownCount(v.page)).toBeGreaterThan(0);
    expect(v.page.url()).not.toContain('known_at');
    // The same by hand.
    await v.page.locator('aside summary', { hasText: 'As known at' }).click();
    await v.page.getByLabel('Day and time (UTC)').fill('2021-03-04T05:06');
    await v.page.locator('aside').getByRole('button', { name: 'Show', exact: true }).click();
    await v.page.getByText('as it stood on 4 Mar 2021 05:06 UTC').waitFor();
    await expect.poll(() => shownCount(v.page)).toBe(0);
    expect(v.page.url()).toContain('known_at=2021-03-04T05:06:59Z');
    await v.end();
  });

  it('hears of a change without being moved, and looks when it wants to', async () => {
    const v = await visit(browser, '');
    // The stream itself is tested where it is made; here it says one word.
    await v.context.route('**/api/events', (route) => route.fulfill({ contentType: 'text/event-stream', body: 'event: commit\ndata: {"data_version": 99999999, "changes": []}\n\n' }));
    await turn(v.page, '?day=2024-11-01&held=MNDAA&at=97.5,22.9,7');
    const n = await shownCount(v.page);
    await v.page.getByText('The record has changed.').waitFor();
    expect([await shownCount(v.page), new URL(v.page.url()).search]).toEqual([n, '?day=2024-11-01&held=MNDAA&at=97.5,22.9,7']);
    const before = v.requests.length;
    await v.page.getByRole('button', { name: 'Show the new state' }).click();
    await expect.poll(() => v.requests.slice(before).some((r) => r.includes('f=arrow'))).toBe(true);
    await settled(v.page);
    expect([await shownCount(v.page), new URL(v.page.url()).search]).toEqual([n, '?day=2024-11-01&held=MNDAA&at=97.5,22.9,7']);
    await v.end();
  });

  it('hands over a link that opens the same state elsewhere', async () => {
    const search = '?day=2024-10-20&span=90&held=MNDAA,TNLA&at=97.5,22.9,7.2&id=mm-0119&stack=held&theme=dark';
    const [a, b] = [await visit(browser, search), await visit(browser, search, phone)];
    expect(await shownCount(a.page)).toBe(await shownCount(b.page));
    expect(new URL(a.page.url()).search).toBe(search);
    expect(await b.page.locator('.panel h2').innerText()).toContain('Lashio');
    expect(await a.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await a.end();
    await b.end();
  });

  it('works by thumb: filters and legend come as sheets', async () => {
    const v = await visit(browser, '?day=2024-11-01', phone);
    await v.page.getByRole('button', { name: 'Filters' }).tap();
    const sheet = v.page.locator('aside');
    await expect.poll(() => sheet.isVisible()).toBe(true);
    await sheet.getByRole('button', { name: /^MNDAA/ }).tap();
    await sheet.getByRole('button', { name: 'Close' }).tap();
    await expect.poll(() => sheet.isVisible()).toBe(false);
    expect(v.page.url()).toContain('held=MNDAA');
    await v.page.getByRole('button', { name: 'Legend' }).tap();
    await v.page.getByText('Territory on 1 Nov 2024').waitFor();
    await v.end();
  });

  it('goes on without a network, and says so', async () => {
    const v = await visit(browser, '?day=2024-06-01');
    await v.context.setOffline(true);
    await v.page.getByText('No connection.').waitFor();
    await v.page.locator('[role=slider].to').focus();
    for (let k = 0; k < 10; k++) await v.page.keyboard.press('PageUp');
    expect(await v.page.locator('[role=slider].to').getAttribute('data-day')).toBe('2025-03-28');
    await v.page.keyboard.press('t');
    await v.context.setOffline(false);
    await expect.poll(() => v.page.getByText('No connection.').count(), { timeout: 20_000 }).toBe(0);
    await v.end();
  });
});

// With STRIKEWATCH_URL, of any database: scripts/bench --dir keeps large ones.
it('counts as the API does under random filters', async () => {
  const v = await visit(browser, '', desktop);
  let shown = 0;
  let seed = 5;
  const random = (n: number): number => (seed = (seed * 48271) % 2147483647) % n;
  const some = <T>(of: readonly T[]): T | null => (random(2) === 0 ? null : of[random(of.length)]!);
  for (let k = 0; k < 25; k++) {
    const [page, api] = [new URLSearchParams(), new URLSearchParams()];
    const day = `202${3 + random(3)}-0${1 + random(9)}-1${random(10)}`;
    const span = 1 + random(500);
    const from = new Date(Date.parse(day) - (span - 1) * 86_400_000).toISOString().slice(0, 10);
    page.set('day', day);
    page.set('span', String(span));
    api.set('datetime', `${from}/${day}`);
    const both = (name: string, there: string, value: string | null): void => {
      if (value !== null) {
        page.set(name, value);
        api.set(there, value);
      }
    };
    both('kind', 'kind', some(['airstrike', 'airstrike,drone_strike', 'explosion']));
    both('held', 'held_by', some(['MNDAA', 'AA,KIA', 'TNLA,SAC']));
    both('certainty', 'held_certainty', some(['certain', 'ambiguous,unknown']));
    both('status', 'status', some(['reported', 'corroborated']));
    both('state', 'state_region', some(['Shan (North)', 'Rakhine,Kachin']));
    both('target', 'target', some(['homes', 'school,hospital', 'religious_site']));
    both('killed_min', 'killed_min', some(['1', '5']));
    both('bbox', 'bbox', some(['97,22,99,24.5', '92,18,95.5,22']));
    both('q', 'q', some(['school', 'Bombs', 'monastery, hospital']));
    const border = some(['mmr-chn', 'mmr-tha']);
    if (border) {
      both('border', 'border', border);
      both('within_km', 'within_km', some(['30', '100', '300']));
      if (page.has('within_km')) both('near', 'certainty', some(['certain', 'possible']));
    }
    // The page shows a border by itself; only with a distance does it filter.
    if (!page.has('within_km')) api.delete('border');
    await v.page.goto(`${base}/?${page}`);
    await v.page.getByTestId('count').first().waitFor({ state: 'attached' });
    const n = await apiCount(api.toString());
    await expect.poll(() => shownCount(v.page), { message: page.toString() }).toBe(n);
    shown += n;
  }
  expect(shown).toBeGreaterThan(0);
  await v.end();
});
