/// The page as a reader uses it, against a server of its own.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, launch, look, makeArchive, open, pictures, serve, settled, storyFiles, type Server } from './stage.ts';

const axe = readFileSync(fileURLToPath(new URL('../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');

let browser: Browser;
let server: Server;

beforeAll(async () => {
  const { archive, folder } = makeArchive(storyFiles);
  [server, browser] = await Promise.all([serve(archive, folder), launch()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

interface Violation {
  id: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/// What axe-core finds wrong, a line each. It is run by the browser's own means, which the page's policy does not bind.
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)')) as Violation[];
  return found.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id} ${node.target.join(' ')}: ${node.failureSummary.split('\n')[1]?.trim()}`));
}

/// Number of the story with this headline.
async function storyOf(words: string): Promise<number> {
  const { items } = await ask<{ items: { story: number }[] }>(server.address, `search?q=${encodeURIComponent(`headline:"${words}"`)}`);
  return items[0]!.story;
}

async function clusterOf(words: string): Promise<number> {
  const { items } = await ask<{ items: { cluster: number }[] }>(server.address, `clusters?about=${encodeURIComponent(words)}`);
  return items[0]!.cluster;
}

async function identityOf(name: string): Promise<number> {
  const { items } = await ask<{ items: { identity: number }[] }>(server.address, `identities?name=${encodeURIComponent(name)}`);
  return items[0]!.identity;
}

describe('every view, with stories in the archive', () => {
  const views: [name: string, hash: () => Promise<string> | string, shows: string][] = [
    ['stories', () => '#/stories', '.hit >> nth=5'],
    ['search', () => '#/stories?q=fishermen', '.hit mark'],
    ['story', async () => `#/story/${await storyOf('praises')}`, '.card >> nth=2'],
    ['story-chosen', async () => `#/story/${await storyOf('missile launch')}?event=v1`, '.card.chosen'],
    ['events', () => '#/events', '.tbody .tr >> nth=5'],
    ['events-none', () => '#/events?source=PER&target=PER&code=20', '.nothing'],
    ['quotes', () => '#/quotes', '.quote-row >> nth=5'],
    ['timeline', () => '#/timeline', '.bars path.fill-1'],
    ['timeline-pair', () => '#/timeline?one=PER&other=CHL&by=day', '.bars path.fill-1'],
    ['network', () => '#/network', '.node >> nth=5'],
    ['map', () => '#/map', '.world .pin'],
    ['clusters', () => '#/clusters', '.cluster'],
    ['cluster', async () => `#/clusters/${await clusterOf('fishermen')}`, '.lanes .dot-story'],
    ['names', () => '#/entity', '.names li >> nth=5'],
    ['entity', () => '#/entity?name=Peru', '.entity .tbody .tr'],
    ['person', () => '#/entity?name=Antonia+Urrutia', '.entity .said'],
    ['who', () => '#/who', '.identities li >> nth=5'],
    ['who-one', async () => `#/who/${await identityOf('Antonia Urrutia')}`, '.sighting'],
    ['read', () => '#/read', 'textarea'],
    ['none', () => '#/stories?q=nothingofthekind', '.nothing'],
    ['missing', () => '#/story/99999', '.wrong'],
  ];
  const looks = { light: {}, dark: { dark: true }, phone: { width: 390, height: 844 } };
  test.each(views.flatMap((view) => Object.entries(looks).map(([mode, options]) => [view[0], mode, view, options] as const)))('%s, %s', async (name, mode, [, hash, shows], options) => {
    const { page, context, wrong } = await look(browser, server.address, options);
    await open(page, server.address, await hash());
    await page.locator(shows).first().waitFor({ state: 'attached' });
    await page.screenshot({ path: join(pictures, `${name}-${mode}.png`), fullPage: mode === 'phone' });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), { message: 'nothing sticks out' }).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
    expect(wrong.filter((text) => name !== 'missing' || !text.includes('404'))).toEqual([]);
    await context.close();
  });
});

describe('a way through', () => {
  test('from words to a story to an event to the sentence that proves it', async () => {
    const { page, context, wrong } = await look(browser, server.address);
    await open(page, server.address, '');
    await page.keyboard.press('/');
    await page.keyboard.type('fishing accord observers');
    await page.waitForFunction(() => document.querySelectorAll('.hit').length > 0 && document.querySelectorAll('.hit').length <= 3);
    await page.locator('.hit-title').first().click();
    await page.locator('.story-head h1').waitFor();
    await settled(page);
    const number = /story\/(\d+)/.exec(page.url())![1]!;
    const record = await ask<{ text: string; events: { id: string; evidence: { start: number; end: number }[] }[] }>(server.address, `stories/${number}`);
    const bytes = Buffer.from(record.text);
    for (const event of record.events) {
      await page.locator(`#event-${event.id} .act`).click();
      const proof = event.evidence.map(({ start, end }) => bytes.subarray(start, end).toString('utf8'));
      const marked = async () => (await page.locator('.focus-event').allTextContents()).join('');
      await expect.poll(marked, { message: event.id }).toSatisfy((text: string) => proof.some((sentence) => text.includes(sentence)));
      await expect.poll(() => page.url()).toContain(`event=${event.id}`);
    }
    await page.locator('.card.chosen >> text=Why?').click();
    await page.locator('.why .tried li.accepted').first().waitFor();
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('a story is walked by keys', async () => {
    const { page, context } = await look(browser, server.address);
    await open(page, server.address, `#/story/${await storyOf('praises')}`);
    const chosen = page.locator('.card.chosen');
    await page.keyboard.press('j');
    const first = await chosen.getAttribute('id');
    await page.keyboard.press('j');
    await expect.poll(() => chosen.getAttribute('id')).not.toBe(first);
    await page.keyboard.press('k');
    await expect.poll(() => chosen.getAttribute('id')).toBe(first);
    await page.keyboard.press('n');
    await expect.poll(() => page.locator('.focus-quote').count()).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.focus-quote, .card.chosen').count()).toBe(0);
    await context.close();
  });

  test('marks cut text of any script where the record says', async () => {
    const { page, context } = await look(browser, server.address);
    const number = await storyOf('missile launch');
    await open(page, server.address, `#/story/${number}`);
    const record = await ask<{ text: string; attributions: { content: { spans: [number, number][] } }[] }>(server.address, `stories/${number}`);
    const bytes = Buffer.from(record.text);
    const said = record.attributions.flatMap(({ content }) => content.spans.map(([start, end]) => bytes.subarray(start, end).toString('utf8')));
    const chinese = said.find((words) => words.includes('我们'));
    expect(chinese).toBeDefined();
    await expect.poll(async () => (await page.locator('.quoted').allTextContents()).join('')).toContain(chinese);
    await expect.poll(() => page.locator('.story-text').textContent()).toContain('🕊️');
    await context.close();
  });

  test('words are a link to the date they mean', async () => {
    const { page, context } = await look(browser, server.address);
    await open(page, server.address, `#/story/${await storyOf('praises')}`);
    await page.locator('.story-text time', { hasText: 'Tuesday' }).hover();
    await expect.poll(() => page.locator('.tip').textContent()).toContain('14 May 2024');
    await context.close();
  });
});

describe('corrections', () => {
  test('a code is corrected and that is undone', async () => {
    const { page, context, wrong } = await look(browser, server.address);
    const number = await storyOf('expels two');
    const before = await ask<{ events: { id: string; cameo: string }[] }>(server.address, `stories/${number}`);
    const event = before.events[0]!;
    await open(page, server.address, `#/story/${number}?event=${event.id}`);
    const card = page.locator(`#event-${event.id}`);
    await card.locator('text=Correct').click();
    await card.locator('select').selectOption('120');
    await card.locator('input').fill('they only refused');
    await card.locator('text=Change code').click();
    await card.locator('.corrected').waitFor();
    await expect.poll(() => card.locator('.corrected').textContent()).toContain('they only refused');
    const changed = await ask<{ events: { id: string; cameo: string }[] }>(server.address, `stories/${number}`);
    expect(changed.events.find(({ id }) => id === event.id)!.cameo).toBe('120');
    await card.locator('text=Undo').click();
    await card.locator('.corrected').waitFor({ state: 'detached' });
    await expect.poll(() => ask(server.address, `stories/${number}`)).toEqual(before);
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('an event is said to be none and comes back', async () => {
    const { page, context } = await look(browser, server.address);
    const number = await storyOf('sends aid to Sudan');
    const before = await ask<{ events: { id: string }[] }>(server.address, `stories/${number}`);
    const event = before.events[0]!;
    const egypt = async () => (await ask<{ items: { number: number; event: { id: string } }[] }>(server.address, 'events?source=EGY')).items;
    await open(page, server.address, `#/story/${number}?event=${event.id}`);
    await page.locator(`#event-${event.id} >> text=Correct`).click();
    await page.locator(`#event-${event.id} >> text=Not an event`).click();
    await page.locator(`#event-${event.id}.none >> text=Corrected: no event`).waitFor();
    expect((await egypt()).filter((item) => item.number === number && item.event.id === event.id)).toEqual([]);
    await page.locator(`#event-${event.id} >> text=Undo`).click();
    await page.locator(`#event-${event.id}:not(.none)`).waitFor();
    expect((await egypt()).filter((item) => item.number === number && item.event.id === event.id).length).toBe(1);
    await expect.poll(() => ask(server.address, `stories/${number}`)).toEqual(before);
    await context.close();
  });
});

interface Life {
  stories: number;
  evidence: { story: number; entity: string; name: string; headline: string }[];
}

describe('who is who', () => {
  test('somebody is found by a part of the name, and shown with the stories that name them', async () => {
    const { page, context, wrong } = await look(browser, server.address);
    await open(page, server.address, '#/who');
    await page.getByLabel('Name', { exact: true }).fill('urrutia');
    await page.waitForFunction(() => location.hash.includes('name=urrutia'));
    await settled(page);
    await page.getByRole('link', { name: 'Antonia Urrutia', exact: true }).click();
    await page.locator('.sighting').first().waitFor();
    const life = await ask<Life>(server.address, `identities/${await identityOf('Antonia Urrutia')}`);
    expect(life.evidence.length).toBeGreaterThan(1);
    await expect.poll(() => page.locator('.sighting-story a').allTextContents()).toEqual(life.evidence.map((seen) => seen.headline));
    await expect.poll(() => page.locator('.entity-side .roles').first().textContent()).toContain('Antonia Urrutia');
    await expect.poll(() => page.locator('.entity-side').textContent()).toMatch(/foreign minister/i);
    await page.locator('.sighting-story a').first().click();
    await page.locator('.focus-entity').first().waitFor();
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('a country and a kind choose among them', async () => {
    const { page, context } = await look(browser, server.address);
    await open(page, server.address, '#/who');
    await page.locator('.field-country select').selectOption('CHL');
    await page.getByRole('button', { name: 'person' }).click();
    await page.waitForFunction(() => location.hash.includes('country=CHL') && location.hash.includes('type=person'));
    await settled(page);
    const { items, total } = await ask<{ items: { name: string }[]; total: number }>(server.address, 'identities?country=CHL&type=person&limit=60');
    expect(total).toBeGreaterThan(0);
    await expect.poll(() => page.locator('.identities .hit-title').allTextContents()).toEqual(items.map((row) => row.name));
    await context.close();
  });

  test('an entity is said to be somebody else, united again, and both are undone', async () => {
    const { page, context, wrong } = await look(browser, server.address);
    const number = await identityOf('Antonia Urrutia');
    const before = await ask<Life>(server.address, `identities/${number}`);
    await open(page, server.address, `#/who/${number}`);
    const parted = before.evidence[0]!;
    await page.locator('.sighting').first().getByRole('button', { name: 'Correct' }).click();
    await page.locator('.correct').getByLabel('Note').fill('a namesake');
    await page.getByRole('button', { name: 'Somebody else in this story' }).click();
    await page.waitForFunction((count) => document.querySelectorAll('.sighting').length < count, before.evidence.length);
    const { items } = await ask<{ items: { identity: number; stories: number }[] }>(server.address, 'identities?name=Antonia+Urrutia');
    const other = items.find((row) => row.identity !== number)!;
    expect((await ask<Life>(server.address, `identities/${other.identity}`)).evidence.map((seen) => seen.story)).toEqual([parted.story]);

    await page.locator('.sighting').first().getByRole('button', { name: 'Correct' }).click();
    await page.locator('.correct').getByLabel('Is the same as').fill('Urrutia');
    await page.locator('.correct').getByLabel('Which').selectOption(String(other.identity));
    await page.getByRole('button', { name: 'Unite' }).click();
    await page.waitForFunction((count) => document.querySelectorAll('.sighting').length === count, before.evidence.length);
    await page.locator('.corrected', { hasText: 'a namesake' }).waitFor();
    await page.screenshot({ path: join(pictures, 'who-corrected-light.png') });

    await page.locator('.corrected', { hasText: 'the same as another' }).getByRole('button', { name: 'Undo' }).click();
    await page.waitForFunction((count) => document.querySelectorAll('.sighting').length < count, before.evidence.length);
    await open(page, server.address, `#/who/${other.identity}`);
    await page.locator('.corrected', { hasText: 'a namesake' }).getByRole('button', { name: 'Undo' }).click();
    await page.waitForFunction(() => location.hash.startsWith('#/who?name=Antonia'));
    await expect.poll(() => ask(server.address, `identities/${number}`)).toEqual(before);
    expect(wrong).toEqual([]);
    await context.close();
  });
});

describe('how sure events are', () => {
  test('the list, the map, the timeline and the network count only those as sure as chosen', async () => {
    const { page, context, wrong } = await look(browser, server.address);
    await open(page, server.address, '#/events');
    const all = (await ask<{ total: number }>(server.address, 'events')).total;
    await page.locator('.field-sure select').selectOption('0.9');
    await page.waitForFunction(() => location.hash.includes('sure=0.9'));
    await settled(page);
    const { total } = await ask<{ total: number }>(server.address, 'events?sure=0.9');
    expect(total).toBeLessThan(all);
    await expect.poll(() => page.locator('.bar .count').textContent()).toBe(`${total} events`);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    for (const [view, path] of [['Timeline', 'timeline'], ['Network', 'network'], ['Map', 'places']] as const) {
      await page.locator(`nav >> text=${view}`).click();
      await settled(page);
      await expect.poll(() => page.url()).toContain('sure=0.9');
      await expect.poll(() => asked.some((address) => address.includes(`/${path}?`) && address.includes('sure=0.9')), { message: view }).toBe(true);
    }
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('an export keeps to it, and an address may say any share', async () => {
    const { page, context } = await look(browser, server.address);
    await open(page, server.address, '#/events?sure=0.65');
    await expect.poll(() => page.locator('.field-sure select').inputValue()).toBe('0.65');
    const { total } = await ask<{ total: number }>(server.address, 'events?sure=0.65');
    await page.locator('summary >> text=Export').click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('.menu-item >> text=CSV').click()]);
    expect(parseCsv(readFileSync(await file.path(), 'utf8')).length).toBe(total + 1);
    await context.close();
  });
});

describe('reading a story on the spot', () => {
  const story = 'Norway recalls ambassador from Iceland\n\nOSLO, March 3 - Norway recalled its ambassador from Iceland on Friday after a quarrel about herring.\n\n"Our patience has scales," Norwegian Foreign Minister Kari Solbakk said.';

  test('pasted, shown, kept when asked', async () => {
    const { page, context, wrong } = await look(browser, server.address);
    await open(page, server.address, '#/read');
    await page.locator('textarea').fill(story);
    await page.locator('button >> text=Read').first().click();
    await page.locator('.card').first().waitFor();
    await expect.poll(() => page.locator('.story-head h1').textContent()).toContain('Norway recalls ambassador');
    await expect.poll(() => page.locator('.speakers').textContent()).toContain('Kari Solbakk');
    await expect.poll(() => page.locator('.card >> text=Correct').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'read-done-light.png') });
    const { stories } = await ask<{ stories: number }>(server.address, 'archive');
    await page.locator('text=Keep it in the archive').click();
    await page.locator('text=Kept as').waitFor();
    expect((await ask<{ stories: number }>(server.address, 'archive')).stories).toBe(stories + 1);
    await page.locator('.paste a').click();
    await page.locator('.byline-tools').waitFor();
    await expect.poll(() => page.locator('.story-head h1').textContent()).toContain('Norway recalls ambassador');
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('a file is dropped', async () => {
    const { page, context } = await look(browser, server.address);
    await open(page, server.address, '#/read');
    const held = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'story.txt', { type: 'text/plain' }));
      return transfer;
    }, story);
    await page.dispatchEvent('.read', 'drop', { dataTransfer: held });
    await page.locator('.card').first().waitFor();
    await context.close();
  });
});

describe('lists', () => {
  test('an export holds exactly the rows and columns that are shown', async () => {
    const { page, context, wrong } = await look(browser, server.address);
    await open(page, server.address, '#/events?source=PER&columns=date,source,act,evidence');
    const { total } = await ask<{ total: number }>(server.address, 'events?source=PER');
    expect(total).toBeGreaterThan(3);
    await expect.poll(() => page.locator('.tbody .tr').count()).toBe(total);
    const shown = await page.locator('.tbody .tr').evaluateAll((rows) => rows.map((row) => [
      row.querySelector('.td-date time')?.getAttribute('datetime') ?? '',
      row.querySelector('.td-act .code')?.textContent ?? '',
      row.querySelector('.td-evidence a')?.textContent ?? '',
    ]));
    await page.locator('summary >> text=Export').click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('.menu-item >> text=CSV').click()]);
    const [names, ...rows] = parseCsv(readFileSync(await file.path(), 'utf8'));
    expect(names).toEqual(['date', 'source', 'source_name', 'cameo', 'evidence']);
    const cell = (row: string[], name: string) => row[names!.indexOf(name)]!;
    expect(rows.map((row) => [cell(row, 'date'), cell(row, 'cameo')])).toEqual(shown.map(([date, code]) => [date, code]));
    rows.forEach((row, i) => expect(cell(row, 'evidence')).toContain(shown[i]![2]));
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('columns are chosen and the address keeps them', async () => {
    const { page, context } = await look(browser, server.address);
    await open(page, server.address, '#/events');
    await page.locator('summary >> text=Columns').click();
    await page.locator('.check >> text=Goldstein').click();
    await page.locator('.check >> text=Evidence').click();
    const titles = (seen: Page) => seen.locator('.th').allTextContents();
    await expect.poll(() => titles(page)).toContain('Goldstein');
    await expect.poll(() => titles(page)).not.toContain('Evidence');
    const again = await look(browser, server.address);
    await open(again.page, server.address, new URL(page.url()).hash);
    await expect.poll(() => titles(again.page)).toEqual(await titles(page));
    await context.close();
    await again.context.close();
  });

  test('of two choices before the page is drawn anew, both count', async () => {
    const { page, context } = await look(browser, server.address);
    await open(page, server.address, '#/events');
    await page.locator('summary >> text=Columns').click();
    await page.locator('.check').evaluateAll((choices) => choices.filter((choice) => /Goldstein|Evidence/.test(choice.textContent!)).forEach((choice) => choice.querySelector('input')!.click()));
    await expect.poll(() => page.locator('.th').allTextContents()).toSatisfy((titles: string[]) => titles.includes('Goldstein') && !titles.includes('Evidence'));
    await context.close();
  });

  test('facets narrow what was found', async () => {
    const { page, context } = await look(browser, server.address);
    await open(page, server.address, '#/stories');
    const all = await page.locator('h1.count').textContent();
    const count = () => page.locator('h1.count').textContent();
    await page.locator('.facet', { hasText: 'Baltic Ledger' }).click();
    await expect.poll(count).toBe('3 stories');
    expect(all).not.toBe('3 stories');
    await page.locator('.chip', { hasText: 'Baltic Ledger' }).click();
    await expect.poll(count).toBe(all);
    await context.close();
  });

  test('what is asked in one view is taken along to the next', async () => {
    const { page, context } = await look(browser, server.address);
    await open(page, server.address, '#/events?source=PER&since=2023-01-01');
    await page.locator('nav >> text=Timeline').click();
    await settled(page);
    await expect.poll(() => page.url()).toContain('one=PER');
    await page.locator('nav >> text=Map').click();
    await settled(page);
    await expect.poll(() => page.url()).toContain('source=PER');
    await context.close();
  });
});

describe('pictures of many events', () => {
  test('a bar of the timeline shows its events', async () => {
    const { page, context } = await look(browser, server.address);
    await open(page, server.address, '#/timeline?one=PER');
    const chart = page.locator('.bars svg');
    await chart.focus();
    const told = async () => (await page.locator('.series-told').textContent())!;
    for (let i = 0; i < 80 && !(await told()).includes('Mar 2023'); ++i) await page.keyboard.press('ArrowRight');
    expect(await told()).toContain('Mar 2023');
    await page.keyboard.press('Enter');
    await page.locator('.behind .tbody .tr').first().waitFor();
    await settled(page);
    const { total: out } = await ask<{ total: number }>(server.address, 'events?source=PER&since=2023-03-01&until=2023-03-31');
    const { total: back } = await ask<{ total: number }>(server.address, 'events?target=PER&since=2023-03-01&until=2023-03-31');
    await expect.poll(async () => (await page.locator('.behind .count').allTextContents()).map((text) => parseInt(text))).toEqual([out, back]);
    await page.screenshot({ path: join(pictures, 'timeline-events-light.png') });
    const again = await look(browser, server.address);
    await open(again.page, server.address, new URL(page.url()).hash);
    await again.page.locator('.behind .tbody .tr').first().waitFor();
    await context.close();
    await again.context.close();
  });

  test('dragging chooses a span, and the address keeps it', async () => {
    const { page, context } = await look(browser, server.address);
    await open(page, server.address, '#/timeline');
    const box = (await page.locator('.brush').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.7, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.9, box.y + 20, { steps: 5 });
    await page.mouse.up();
    await page.waitForFunction(() => location.hash.includes('since=') && location.hash.includes('until='));
    await expect.poll(() => page.locator('.brush-end').first().getAttribute('aria-valuenow')).not.toBe('0');
    await context.close();
  });

  test('the slider of the network chooses the days that count', async () => {
    const { page, context } = await look(browser, server.address);
    await open(page, server.address, '#/network');
    const ties = await page.locator('.tie').count();
    const to = page.getByLabel('To', { exact: true });
    await to.focus();
    for (let i = 0; i < 3; ++i) await page.keyboard.press('PageDown');
    await page.waitForFunction((n) => location.hash.includes('until=') && document.querySelectorAll('.tie').length < n, ties);
    await context.close();
  });

  test('a node shows its ties, and a tie its events', async () => {
    const { page, context } = await look(browser, server.address);
    await open(page, server.address, '#/network');
    await page.getByRole('button', { name: /^Peru, / }).click();
    await expect.poll(() => page.locator('.ties h2').textContent()).toBe('Peru');
    await page.locator('.ties li a').first().click();
    await page.locator('.tbody .tr').first().waitFor();
    await expect.poll(() => page.url()).toMatch(/#\/events\?.*PER/);
    await context.close();
  });

  test('what is known to the country only is no pin', async () => {
    const { page, context } = await look(browser, server.address);
    await open(page, server.address, '#/map');
    const { items } = await ask<{ items: { name: string; country?: string; precision?: string }[] }>(server.address, 'places?limit=500');
    const wide = items.filter((place) => place.precision === 'country');
    expect(wide.length).toBeGreaterThan(0);
    await expect.poll(() => page.locator('.world .land[data-tip]').count()).toBe(new Set(wide.map((place) => place.country)).size);
    const spots = items.filter((place) => place.precision === 'city' || place.precision === 'point').length;
    await expect.poll(() => page.locator('.world .pin').count()).toBe(spots);
    await context.close();
  });
});

test('a server that wants a token asks for it, and gets it', async () => {
  const { archive, folder } = makeArchive(storyFiles);
  const guarded = await serve(archive, folder, ['--token', 'a-token-of-some-length']);
  const { page, context } = await look(browser, guarded.address);
  await page.goto(guarded.address);
  await page.getByLabel('Token').fill('a-token-of-some-length');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.locator('.hit').first().waitFor();
  await page.locator('.hit-title').first().click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('.byline-tools >> text=Record').click()]);
  expect(JSON.parse(readFileSync(await file.path(), 'utf8'))).toMatchObject({ dateline: 1 });
  await context.close();
  await guarded.stop();
});

test('a server that stops answering is told, and the page goes on when it is back', async () => {
  const { page, context } = await look(browser, server.address);
  await open(page, server.address, '#/stories');
  await context.setOffline(true);
  await page.locator('nav >> text=Quotes').click();
  await page.locator('.wrong >> text=does not answer').waitFor();
  await context.setOffline(false);
  await page.locator('text=Try again').click();
  await page.locator('.quote-row').first().waitFor();
  await context.close();
});

function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, cell, end] of text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/g)) {
    if (cell === '' && end === '') break;
    rows.at(-1)!.push(cell!.startsWith('"') ? cell!.slice(1, -1).replaceAll('""', '"') : cell!);
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}
