/// Stories that try to be a part of the page stay text, in every view.

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, launch, look, makeArchive, open, serve, writeStories, type Server } from './stage.ts';

const payloads = JSON.parse(readFileSync(fileURLToPath(new URL('xss.json', import.meta.url)), 'utf8')) as string[];

let browser: Browser;
let server: Server;

/// Each payload stands wherever a story has words: headline, names, a quote, places and the metadata around.
const stories = payloads.map((payload, i) => ({
  id: `x${i}${payload}`, date: '2023-03-06', headline: `Peru recalls envoy ${payload}`, author: [`Ana ${payload}`], publisher: `Post ${payload}`, section: payload, url: payload,
  text: `LIMA - Peru recalled its ambassador from Chile on Monday after ${payload} arrested Juan ${payload} Pérez.\n\n"${payload} is an insult," Peruvian Foreign Minister Óscar ${payload} Malpartida said.\n\n${payload}`,
}));

beforeAll(async () => {
  const file = writeStories(mkdtempSync(join(tmpdir(), 'dateline_xss_')), stories);
  const { archive, folder } = makeArchive([file]);
  [server, browser] = await Promise.all([serve(archive, folder), launch()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('no payload runs or becomes an element', async () => {
  const { page, context, wrong } = await look(browser, server.address);
  const { items } = await ask<{ items: { story: number; headline: string }[] }>(server.address, 'stories?limit=100');
  expect(items.length).toBe(payloads.length);
  const { items: names } = await ask<{ items: { entity: number }[] }>(server.address, 'entities?limit=40');
  const lists = ['#/stories', '#/stories?copies=true', `#/stories?q=${encodeURIComponent('insult')}`, '#/events', '#/events?columns=headline,evidence,source', '#/quotes', '#/network?by=name', '#/map', '#/clusters', '#/entity', '#/timeline'];
  const hashes = [
    ...lists,
    ...items.map(({ story }) => `#/story/${story}`),
    ...items.slice(0, 3).map(({ story }) => `#/clusters/${story}`),
    ...names.map(({ entity }) => `#/entity/${entity}`),
    ...payloads.flatMap((payload) => [`#/stories?q=${encodeURIComponent(payload)}`, `#/${encodeURIComponent(payload)}`, `#/entity?name=${encodeURIComponent(payload)}`]),
  ];
  for (const hash of hashes) {
    await open(page, server.address, hash);
    const struck = await page.evaluate(() => ({
      ran: (window as unknown as { __struck?: number }).__struck,
      strange: [...document.querySelectorAll('#page script, #page iframe, #page img, #page form[action], #page base, #page meta, #page math, #page body, #page [onerror], #page [onload], #page [onmouseover], #page [onfocus], #page a[href^="javascript:" i]')].map((element) => element.outerHTML.slice(0, 120)),
    }));
    expect(struck, hash).toEqual({ ran: undefined, strange: [] });
  }
  expect(wrong.filter((text) => !/status of (400|404)/.test(text))).toEqual([]);
  await context.close();
}, 300_000);

test('a payload is shown as the words it is', async () => {
  const { page, context } = await look(browser, server.address);
  const { items } = await ask<{ items: { story: number; headline: string }[] }>(server.address, 'stories?limit=100');
  const drawn = items.find(({ headline }) => headline.includes('<svg onload'))!;
  await open(page, server.address, `#/story/${drawn.story}`);
  await expect.poll(() => page.locator('.story-head h1').textContent()).toContain('<svg onload=window.__struck=3>');
  await expect.poll(() => page.locator('.story-text').textContent()).toContain('after <svg onload=window.__struck=3> arrested');
  await context.close();
});

test('a pasted story does no harm', async () => {
  const { page, context, wrong } = await look(browser, server.address);
  await open(page, server.address, '#/read');
  await page.locator('textarea').fill(payloads.map((payload) => `Peru recalled ${payload} its ambassador from Chile.`).join('\n\n'));
  await page.locator('button >> text=Read').first().click();
  await page.locator('.story').waitFor();
  expect(await page.evaluate(() => (window as unknown as { __struck?: number }).__struck)).toBeUndefined();
  expect(wrong).toEqual([]);
  await context.close();
});

test('the policy lets nothing in from elsewhere and no script from within', async () => {
  const response = await fetch(server.address);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/(default-src 'none'; script-src 'self'|default-src 'self')/);
  expect(policy).not.toContain('unsafe-inline');
  expect(policy).not.toContain('unsafe-eval');
});
