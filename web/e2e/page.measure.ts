/// First views and interactions on an archive, timed in the page: from the address or the key to the last answer drawn.

import { gzipSync } from 'node:zlib';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ask, launch, look, serve } from './stage.ts';

const rounds = 5;
const middle = (times: number[]): number => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!;

/// Milliseconds from `act` until `done` holds in the page, measured by the page's clock at each frame.
async function timed(page: Page, act: () => Promise<unknown>, done: string): Promise<number> {
  await page.evaluate((condition) => {
    const w = window as unknown as { __from?: number; __took?: number };
    w.__took = undefined;
    const start = () => (w.__from ??= performance.now());
    w.__from = undefined;
    for (const kind of ['keydown', 'pointerdown', 'input', 'hashchange']) addEventListener(kind, start, { capture: true, once: true });
    const test = new Function(`return ${condition}`) as () => boolean;
    const watch = () => (w.__from !== undefined && test() ? (w.__took = performance.now() - w.__from) : requestAnimationFrame(watch));
    requestAnimationFrame(watch);
  }, done);
  await act();
  await page.waitForFunction(() => (window as unknown as { __took?: number }).__took !== undefined);
  return page.evaluate(() => (window as unknown as { __took: number }).__took);
}

test('the page on an archive', async () => {
  const server = await serve(process.env['ARCHIVE']!);
  const browser = await launch();
  const { items } = await ask<{ items: { number: number }[] }>(server.address, 'events?limit=1&newest=true');
  const story = `#/story/${items[0]!.number}`;
  const { stories, events } = await ask<{ stories: number; events: number }>(server.address, 'archive');
  const say = (name: string, times: number[]) => console.log(`${name.padEnd(34)} ${middle(times).toFixed(0).padStart(6)} ms   worst ${Math.max(...times).toFixed(0)} ms`);
  console.log(`${stories} stories, ${events} events`);

  const assets = fileURLToPath(new URL('../dist/assets', import.meta.url));
  const size = (ending: RegExp) => readdirSync(assets).filter((name) => ending.test(name)).reduce((n, name) => n + gzipSync(readFileSync(`${assets}/${name}`)).length, 0);
  console.log(`bundle ${(size(/\.(js|css|svg)$/) / 1000).toFixed(1)} kB gzipped, map ${(size(/\.json$/) / 1000).toFixed(1)} kB`);

  const firsts: [string, string, string][] = [
    ['stories', '#/stories', '.hit'], ['search', '#/stories?q=talks', '.hit'], ['a story', story, '.story-text'], ['events', '#/events', '.tbody .tr'],
    ['quotes', '#/quotes', '.quote-row'], ['timeline', '#/timeline', '.bars path'], ['network', '#/network', '.node'], ['map', '#/map', '.world .pin'],
    ['clusters', '#/clusters', '.cluster'], ['names', '#/entity', '.names li'], ['a country', '#/entity?name=Kenya', '.entity h1'],
  ];
  for (const [name, hash, shows] of firsts) {
    const times: number[] = [];
    for (let i = 0; i < rounds; ++i) {
      const { page, context } = await look(browser, server.address);
      await page.goto(`${server.address}/${hash}`, { waitUntil: 'commit' });
      await page.locator(shows).first().waitFor({ state: 'attached' });
      times.push(await page.evaluate(() => performance.now()));
      await context.close();
    }
    say(`first view: ${name}`, times);
    expect(times.length).toBe(rounds);
  }

  const { page, context } = await look(browser, server.address);
  const start = async (hash: string, shows: string) => {
    await page.goto('about:blank');
    await page.goto(`${server.address}/${hash}`);
    await page.locator(shows).first().waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
  };
  const settled = `!document.querySelector('.waiting, .stale')`;
  const interactions: [string, string, string, () => Promise<unknown>, string][] = [
    ['next event of a story', story, '.card', () => page.keyboard.press('j'), `document.querySelector('.card.chosen')`],
    ['to a story', '#/stories', '.hit', () => page.locator('.hit-title').nth(3).click(), `document.querySelector('.story-text .block')`],
    ['another view', '#/events', '.tbody .tr', () => page.locator('nav >> text=Quotes').click(), `document.querySelector('.quote-row')`],
    ['a filter of events', '#/events', '.tbody .tr', () => page.locator('.field-quad select').selectOption('4'), `location.hash.includes('quad=4') && ${settled}`],
    ['a facet', '#/stories', '.facet', () => page.locator('.facet').nth(1).click(), `location.hash.includes('event=') && ${settled}`],
    ['scrolling 1,000 rows', '#/events', '.tbody .tr', () => page.keyboard.press('End').then(() => page.locator('.table').evaluate((table) => table.scrollTo(0, 3600))), `[...document.querySelectorAll('.tbody .tr')].some((row) => Number(row.getAttribute('aria-rowindex')) > 95)`],
    ['a bar of the timeline', '#/timeline?one=KEN', '.bars path', () => page.locator('.bars svg').click({ position: { x: 600, y: 150 } }), `document.querySelector('.behind')`],
    ['a node of the network', '#/network', '.node', () => page.locator('.node circle').first().click(), `document.querySelector('.node.on')`],
    ['map, nearer', '#/map', '.world .pin', () => page.getByLabel('Zoom in').click(), `true`],
  ];
  for (const [name, hash, shows, act, done] of interactions) {
    const times: number[] = [];
    for (let i = 0; i < rounds; ++i) {
      await start(hash, shows);
      times.push(await timed(page, act, done));
    }
    say(`interaction: ${name}`, times);
  }
  const typing: number[] = [];
  for (const words of ['peace talks', 'border', 'ambassador recalled', 'strike', 'aid']) {
    await start('#/stories', '.hit');
    await page.keyboard.press('/');
    typing.push(await timed(page, () => page.keyboard.insertText(words), `location.hash.includes('q=') && ${settled} && document.querySelector('.hit mark, .nothing')`));
  }
  say('search as typed (180 ms pause in it)', typing);
  await context.close();
  await browser.close();
  await server.stop();
});
