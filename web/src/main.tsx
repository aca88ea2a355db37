/// The page: a head with search and views, and the view that the address names.

import './style/page.css';
import { render } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { writeAddress, type Address } from './lib/address.ts';
import type { Archive, Codes } from './lib/api.ts';
import { go, KnownContext, useAddress, useAnswer } from './lib/hooks.ts';
import { plural } from './lib/numbers.ts';
import { Tip } from './parts/tip.tsx';
import { Nothing, Wrong } from './parts/states.tsx';
import { ClustersView } from './views/clusters.tsx';
import { EntityView } from './views/entity.tsx';
import { EventsView } from './views/events.tsx';
import { MapView } from './views/map.tsx';
import { NetworkView } from './views/network.tsx';
import { QuotesView } from './views/quotes.tsx';
import { ReadView } from './views/read.tsx';
import { SearchView } from './views/search.tsx';
import { StoryView } from './views/story.tsx';
import { TimelineView } from './views/timeline.tsx';
import { WhoView } from './views/who.tsx';

interface View {
  title: string;
  show: (props: { address: Address }) => preact.JSX.Element;
  /// Stands in the head of the page.
  listed: boolean;
  /// Settings that are taken along from another view.
  takes: readonly string[];
}

const eventSettings = ['source', 'target', 'code', 'quad', 'status', 'sure', 'place', 'since', 'until'] as const;

const views: Record<string, View> = {
  stories: { title: 'Stories', show: SearchView, listed: true, takes: ['from', 'to'] },
  events: { title: 'Events', show: EventsView, listed: true, takes: eventSettings },
  quotes: { title: 'Quotes', show: QuotesView, listed: true, takes: ['since', 'until'] },
  timeline: { title: 'Timeline', show: TimelineView, listed: true, takes: ['one', 'other', 'code', 'status', 'sure', 'place'] },
  network: { title: 'Network', show: NetworkView, listed: true, takes: ['code', 'quad', 'status', 'sure', 'since', 'until'] },
  map: { title: 'Map', show: MapView, listed: true, takes: eventSettings },
  clusters: { title: 'Clusters', show: ClustersView, listed: true, takes: ['from', 'to'] },
  who: { title: 'Who is who', show: WhoView, listed: true, takes: [] },
  entity: { title: 'Names', show: EntityView, listed: true, takes: [] },
  read: { title: 'Read', show: ReadView, listed: false, takes: [] },
  story: { title: 'Story', show: StoryView, listed: false, takes: [] },
};

/// The same days and actors under the names that another view has for them.
function carry(query: Record<string, string>, takes: readonly string[]): Record<string, string | undefined> {
  const known: Record<string, string | undefined> = {
    ...query,
    since: query['since'] ?? query['from'], until: query['until'] ?? query['to'], from: query['from'] ?? query['since'], to: query['to'] ?? query['until'],
    one: query['one'] ?? query['source'], other: query['other'] ?? query['target'], source: query['source'] ?? query['one'], target: query['target'] ?? query['other'],
  };
  return Object.fromEntries(takes.map((name) => [name, known[name]]));
}

function App() {
  const address = useAddress();
  const name = address.path[0] ?? 'stories';
  const view = views[name];
  const archive = useAnswer<Archive>('archive');
  const codes = useAnswer<Codes>('codes');
  const known = useMemo(() => ({ archive: archive.data, codes: codes.data }), [archive.data, codes.data]);
  const main = useRef<HTMLElement>(null);
  const place = address.path.join('/');
  const first = useRef(true);
  useEffect(() => {
    document.title = view ? `${view.title} · dateline` : 'dateline';
    if (!first.current) {
      main.current?.focus({ preventScroll: true });
      if (!location.hash.includes('event=') && !location.hash.includes('quote=')) scrollTo(0, 0);
    }
    first.current = false;
    document.querySelector('nav [aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [place]);
  return (
    <KnownContext.Provider value={known}>
      <a class="skip" href="#main" onClick={(e) => { e.preventDefault(); main.current?.focus(); }}>To the content</a>
      <Head address={address} name={name} archive={archive.data} />
      <main id="main" ref={main} tabIndex={-1}>
        {archive.problem ? <Wrong problem={archive.problem} again={() => { archive.again(); codes.again(); }} />
          : archive.data?.stories === 0 && name !== 'read' ? <Empty />
            : view ? <view.show key={name} address={address} /> : <Nothing title="There is no such view"><a href={writeAddress(['stories'])}>All stories</a></Nothing>}
      </main>
      <Tip />
    </KnownContext.Provider>
  );
}

function Empty() {
  return (
    <Nothing title="The archive is empty">
      Put stories into it with <code>dateline add news.db FOLDER</code>, or <a href={writeAddress(['read'])}>read one here</a>.
    </Nothing>
  );
}

function Head({ address, name, archive }: { address: Address; name: string; archive: Archive | undefined }) {
  return (
    <header class="head">
      <a class="brand" href={writeAddress(['stories'])} aria-label="dateline, all stories">
        <span class="brand-mark" aria-hidden="true" />dateline
      </a>
      <Find address={address} />
      <nav aria-label="Views">
        {Object.entries(views).filter(([, view]) => view.listed).map(([id, view]) => (
          <a key={id} href={writeAddress([id], id === name ? {} : carry(address.query, view.takes))} aria-current={id === name ? 'page' : undefined}>{view.title}</a>
        ))}
        <a class="only-narrow" href={writeAddress(['read'])} aria-current={name === 'read' ? 'page' : undefined}>Read</a>
      </nav>
      <div class="head-tools">
        <a class="button" href={writeAddress(['read'])} aria-current={name === 'read' ? 'page' : undefined}>Read a story</a>
        <Theme />
      </div>
      {archive && <p class="head-count" title="In this archive">{plural(archive.stories, 'story', 'stories')}</p>}
    </header>
  );
}

function Find({ address }: { address: Address }) {
  const now = address.path[0] === undefined || address.path[0] === 'stories' ? (address.query['q'] ?? '') : '';
  const [text, setText] = useState(now);
  const box = useRef<HTMLInputElement>(null);
  const timer = useRef(0);
  useEffect(() => setText(now), [now]);
  useEffect(() => {
    const pressed = (e: KeyboardEvent) => {
      if (e.key !== '/' || (e.target instanceof HTMLElement && e.target.closest('input, textarea, select'))) return;
      e.preventDefault();
      box.current?.focus();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
  const listing = address.path[0] === undefined || address.path[0] === 'stories';
  const find = (value: string) => {
    clearTimeout(timer.current);
    const q = value.trim() || undefined;
    go(['stories'], listing ? { ...address.query, q } : { q }, listing);
  };
  const typed = (value: string) => {
    setText(value);
    clearTimeout(timer.current);
    if (listing) timer.current = window.setTimeout(() => find(value), 180);
  };
  return (
    <form class="find" role="search" aria-label="Search stories" onSubmit={(e) => { e.preventDefault(); find(text); }}>
      <input ref={box} type="search" value={text} placeholder="Search stories" aria-label="Search stories" onInput={(e) => typed(e.currentTarget.value)} />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}

const themes = ['auto', 'light', 'dark'] as const;

function Theme() {
  const [theme, setTheme] = useState<(typeof themes)[number]>(() => (localStorage.getItem('dateline-theme') as 'light' | null) ?? 'auto');
  useEffect(() => {
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    localStorage.setItem('dateline-theme', theme);
  }, [theme]);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length]!;
  const mark = { auto: '◐', light: '○', dark: '●' }[theme];
  return (
    <button type="button" class="button icon" onClick={() => setTheme(next)} aria-label={`Colours: ${theme}; change to ${next}`} title={`Colours: ${theme}`}>
      {mark}
    </button>
  );
}

render(<App />, document.getElementById('page')!);
