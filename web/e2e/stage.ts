/// A server over an archive of invented stories, and a browser that looks at it. Nothing else is asked for: a request to
/// any other address is a failure.

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page, type Request } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const program = process.env['DATELINE'] ?? join(root, 'build/release/bin/dateline');
export const pictures = join(root, 'build/web/pictures');
mkdirSync(pictures, { recursive: true });

export interface Server {
  address: string;
  stop: () => Promise<void>;
}

/// An archive of these files, made afresh.
export function makeArchive(files: readonly string[]): { archive: string; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'dateline_web_'));
  const archive = join(folder, 'news.db');
  execFileSync(program, ['add', archive, ...files], { stdio: ['ignore', 'ignore', 'pipe'] });
  return { archive, folder };
}

export const storyFiles = [join(root, 'web/e2e/stories.jsonl'), join(root, 'examples/stories')];

export async function serve(archive: string, folder?: string, options: readonly string[] = []): Promise<Server> {
  const child = spawn(program, ['serve', archive, '--listen', '127.0.0.1:0', '--quiet', ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const address = await addressOf(child);
  return {
    address,
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
      if (folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/// What the server prints when it listens.
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (data: Buffer) => {
      said += data.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    child.once('exit', (code) => reject(new Error(`dateline serve ended with ${code}: ${said}`)));
  });
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

export interface Look {
  page: Page;
  context: BrowserContext;
  /// What went wrong in the page: errors of scripts, refusals of the content security policy, requests to elsewhere.
  wrong: string[];
}

export async function look(browser: Browser, address: string, { dark = false, width = 1440, height = 900 } = {}): Promise<Look> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', locale: 'en-GB', reducedMotion: 'reduce', acceptDownloads: true });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  page.on('dialog', (dialog) => (wrong.push(`dialog: ${dialog.message()}`), void dialog.dismiss()));
  const open = new Set<Request>();
  asked.set(page, open);
  page.on('request', (request) => open.add(request));
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  page.on('request', (request) => !request.url().startsWith(address) && !/^(data|blob):/.test(request.url()) && wrong.push(`asked ${request.url()}`));
  return { page, context, wrong };
}

/// Questions that pages have asked and that are not answered.
const asked = new WeakMap<Page, Set<Request>>();

/// The page at an address, when all answers are there.
export async function open(page: Page, address: string, hash: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${address}/${hash}`);
  await settled(page);
}

/// Nothing is waited for: no question is open and nothing is drawn as waiting, for a while on end.
export async function settled(page: Page): Promise<void> {
  const open = asked.get(page)!;
  for (let quiet = 0; quiet < 4; ) {
    await new Promise((done) => setTimeout(done, 30));
    const waits = open.size > 0 || (await page.locator('.waiting, .stale').count()) > 0;
    quiet = waits ? 0 : quiet + 1;
  }
}

export async function ask<T>(address: string, path: string): Promise<T> {
  let response = await fetch(`${address}/api/v1/${path}`);
  for (let i = 0; i < 300 && response.status === 503; ++i) {
    await new Promise((done) => setTimeout(done, 200));
    response = await fetch(`${address}/api/v1/${path}`);
  }
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

export function writeStories(folder: string, stories: readonly object[]): string {
  const file = join(folder, 'stories.jsonl');
  writeFileSync(file, stories.map((story) => JSON.stringify(story) + '\n').join(''));
  return file;
}
