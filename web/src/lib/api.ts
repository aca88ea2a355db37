/// The server's HTTP API (docs/api/openapi.json) as far as the page asks it.
///
/// Answers are kept while the page is open, so that going back shows at once what was there; what changes the archive
/// (`send`) empties the store. A server that wants a token gets the one that the user gave for this tab.

import type { Event, Quad, StoryRecord, Attribution } from '../record/record.ts';

export interface Page<T> {
  items: T[];
  next?: string;
  total: number;
}

export interface Count {
  value: string;
  count: number;
}

export interface Archive {
  stories: number;
  events: number;
  quotes: number;
  clusters: number;
  first_published?: string;
  last_published?: string;
  first_event?: string;
  last_event?: string;
  outlets: Count[];
  sections: Count[];
  read_only: boolean;
}

export interface Codes {
  events: { code: string; name: string; plover: string; quad: Quad; goldstein: number }[];
  countries: Record<string, string>;
  statuses: string[];
}

export interface StoryHead {
  story: number;
  id: string;
  published?: string;
  headline: string;
  publisher?: string;
  section?: string;
  words?: number;
  copy_of?: number;
  cluster?: number;
  events: number;
  quotes: number;
}

export interface Hit {
  story: number;
  id: string;
  published?: string;
  headline: string;
  publisher?: string;
  snippet: string;
  marks: [number, number][];
  score: number;
}

export type FacetName = 'date' | 'outlet' | 'section' | 'person' | 'country' | 'event' | 'status';
export type Facets = Record<FacetName, Count[]>;
export type SearchPage = Page<Hit> & { facets?: Facets };

export interface EventItem {
  number: number;
  story: string;
  headline?: string;
  published?: string;
  source: string[];
  target: string[];
  text: string[];
  speaker?: string;
  event: Event;
  same?: { sightings: number; stories: number };
}

export interface QuoteItem {
  number: number;
  story: string;
  headline?: string;
  published?: string;
  speaker?: string;
  role?: string;
  country?: string;
  actor?: string;
  kind: 'direct' | 'indirect' | 'mixed';
  cue?: string;
  quote: string;
  date?: string;
  sentence?: string;
  attribution: Attribution;
}

export interface Counts {
  events: number;
  verbal_cooperation: number;
  material_cooperation: number;
  verbal_conflict: number;
  material_conflict: number;
  goldstein_mean: number | null;
  goldstein_sum: number;
}

export interface Point extends Counts {
  period: string;
  first_day?: string;
  last_day?: string;
}

export interface Series {
  by: 'day' | 'week' | 'month';
  vague: number;
  points: Point[];
}

export interface Tie extends Counts {
  source: string;
  target: string;
  first: string;
  last: string;
}

export interface PlaceItem extends Counts {
  name: string;
  country?: string;
  lat?: number;
  lon?: number;
  precision?: 'point' | 'city' | 'admin2' | 'admin1' | 'country' | 'region';
  first?: string;
  last?: string;
}

export interface Cluster {
  cluster: number;
  title: string;
  stories: number;
  copies: number;
  outlets: number;
  first_day?: string;
  last_day?: string;
  actors: { name: string; stories: number }[];
}

export interface ClusterLife extends Cluster {
  members: { story: number; published?: string; headline: string; publisher?: string; copy_of?: number }[];
  changes: { kind: 'merged' | 'split'; other: number; story: number }[];
}

export interface EntityHead {
  entity: number;
  name: string;
  type: string;
  stories: number;
  country?: string;
  actor?: string;
  first?: string;
  last?: string;
}

export interface EntityPage extends EntityHead {
  roles: { title: string; of?: string; stories: number; first?: string; last?: string }[];
  actors?: { actor: string; stories: number; first?: string; last?: string }[];
  types: Count[];
  outlets: Count[];
  with: EntityHead[];
  months: Count[];
  quotes_by: number;
  events_as_source: number;
  events_as_target: number;
}

/// A person, organisation or group as one over all stories.
export interface Identity {
  identity: number;
  type: string;
  name: string;
  aliases: string[];
  country?: string;
  stories: number;
  first_day?: string;
  last_day?: string;
  confidence: number;
}

export interface Sighting {
  story: number;
  entity: string;
  name: string;
  confidence: number;
  reason: string;
  published?: string;
  headline?: string;
  correction?: number;
}

export interface IdentityLife extends Identity {
  roles: { title: string; of?: string; time?: string; stories: number; first_day?: string; last_day?: string }[];
  /// The latest first; not all where there are very many.
  evidence: Sighting[];
}

export interface Correction {
  correction: number;
  made: string;
  kind: 'notAnEvent' | 'code' | 'anotherEntity' | 'sameEntity';
  story: number;
  fact: string;
  machine: string;
  value?: string;
  note?: string;
  state: 'holds' | 'taken back' | 'stale';
}

export interface StoryContext {
  story: number;
  id: string;
  added: string;
  copy_of?: number;
  copies: StoryHead[];
  cluster?: Cluster;
  related: { label?: string; headline: string; story?: number }[];
  corrections: Correction[];
}

export interface Candidate {
  verdict: 'accepted' | 'rejected' | 'refused';
  reason?: string;
  detail?: string;
  features?: string[] | string;
  rule: string;
  frame?: string;
  cameo: string;
  trigger: [number, number];
}

export type Explained = StoryRecord & {
  candidates?: Candidate[];
  tokens?: { start: number; end: number; form?: string; lemma?: string; upos?: string; head?: number; deprel?: string; sentence: number }[];
};

export interface Explanation {
  items: Explained[];
  sentences?: [number, number][];
}

export type Settings = Record<string, string | number | boolean | undefined>;

/// What the server says is wrong (RFC 9457), or that it could not be reached.
export class Problem extends Error {
  readonly status: number;
  readonly title: string;

  constructor(status: number, title: string, detail: string) {
    super(detail);
    this.status = status;
    this.title = title;
  }
}

const base = 'api/v1/';
const kept = new Map<string, Promise<unknown>>();
const mostKept = 200;
const tokenKey = 'dateline-token';

function addressOf(path: string, settings: Settings = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(settings)) if (value !== undefined && value !== '' && value !== false) query.set(name, String(value));
  const tail = query.toString();
  return base + path + (tail ? `?${tail}` : '');
}

export function setToken(token: string): void {
  sessionStorage.setItem(tokenKey, token);
  kept.clear();
}

function headers(): Record<string, string> {
  const token = sessionStorage.getItem(tokenKey);
  return token ? { Authorization: `Bearer ${token}` } : {};
}

export function get<T>(path: string, settings: Settings = {}): Promise<T> {
  const address = addressOf(path, settings);
  const known = kept.get(address);
  if (known) return known as Promise<T>;
  const answer = ask(address, { headers: headers() }).then((response) => response.json() as Promise<T>);
  kept.set(address, answer);
  answer.catch(() => kept.delete(address));
  if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
  return answer;
}

export async function send<T>(method: 'POST' | 'DELETE', path: string, body?: Blob | string | object, settings: Settings = {}): Promise<T> {
  const raw = body === undefined || typeof body === 'string' || body instanceof Blob;
  const response = await ask(addressOf(path, settings), {
    method,
    headers: { ...headers(), ...(raw ? (typeof body === 'string' ? { 'Content-Type': 'text/plain; charset=utf-8' } : {}) : { 'Content-Type': 'application/json' }) },
    body: raw ? (body as Blob | string | undefined) : JSON.stringify(body),
  });
  return (await response.json()) as T;
}

/// Forgets all answers, so that the next question is asked of the server again.
export function forget(): void {
  kept.clear();
}

/// Saves an answer as a file, under the name that the server gives it, else this one.
export async function save(path: string, settings: Settings = {}, otherwise = path.split('/').at(-1)!): Promise<void> {
  const response = await ask(addressOf(path, settings), { headers: headers() });
  const said = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = said?.[1] ?? otherwise;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const longestWait = 60_000;

/// A server that is still reading its archive says so (503) and is asked again; what changes something is sent once.
async function ask(address: string, init: RequestInit): Promise<Response> {
  const until = Date.now() + longestWait;
  for (;;) {
    const response = await reach(address, init);
    if (response.ok) return response;
    const told = (await response.json().catch(() => ({}))) as { title?: string; detail?: string };
    if (response.status !== 503 || init.method || Date.now() > until) throw new Problem(response.status, told.title ?? `Error ${response.status}`, told.detail ?? response.statusText);
    const seconds = Number(response.headers.get('Retry-After')) || 1;
    await new Promise((done) => setTimeout(done, Math.min(seconds * 1000, 2000)));
  }
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch {
    throw new Problem(0, 'The server does not answer', 'Is “dateline serve” still running?');
  }
}
