/// A story: its text as printed with all that was found in it, events in the margin beside the sentence that proves them.
///
/// Keys: j and k the next and the previous event, n and p quote; Escape lets go.

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { forget, save, type Correction, type StoryContext } from '../lib/api.ts';
import { writeAddress, type Address } from '../lib/address.ts';
import { change, useAnswer, useNames } from '../lib/hooks.ts';
import { placeCards } from '../lib/place_cards.ts';
import { plural } from '../lib/numbers.ts';
import { annotate, type Annotated } from '../record/annotate.ts';
import type { Attribution, Block, Event, StoryRecord } from '../record/record.ts';
import { BlockText, type Focus } from '../parts/annotated_text.tsx';
import { EventCard } from '../parts/event_card.tsx';
import { SmallMap } from '../parts/small_map.tsx';
import { Waiting, Wrong } from '../parts/states.tsx';
import { Actor, Day, EntityLink } from '../parts/words.tsx';

export function StoryView({ address }: { address: Address }) {
  const id = address.path[1] ?? '';
  const record = useAnswer<StoryRecord>(`stories/${encodeURIComponent(id)}`);
  const context = useAnswer<StoryContext>(`stories/${encodeURIComponent(id)}/context`);
  if (record.problem) return <Wrong problem={record.problem} again={record.again} />;
  if (!record.data) return <div class="story-wait"><Waiting lines={12} /></div>;
  const reload = () => {
    forget();
    record.again();
    context.again();
  };
  return (
    <Story
      record={record.data}
      context={context.data}
      address={address}
      onChange={reload}
    />
  );
}

interface StoryProps {
  record: StoryRecord;
  context?: StoryContext;
  address: Address;
  onChange?: () => void;
}

export function Story({ record, context, address, onChange }: StoryProps) {
  const annotated = useMemo(() => annotate(record), [record]);
  const rows = useMemo(() => assign(record), [record]);
  const focus: Focus = { event: address.query['event'], quote: address.query['quote'], entity: address.query['who'] };
  const choose = useCallback(
    (next: Focus) => change({ event: next.event, quote: next.quote, who: next.entity }, true),
    [address],
  );
  const onEvent = useCallback((event: string) => choose({ event }), [choose]);
  useKeys(rows, annotated, focus, choose);
  useScrollTo(focus, record);
  const corrections = new Map((context?.corrections ?? []).filter((c) => c.state === 'holds').map((c) => [c.fact, c]));
  return (
    <div class="story">
      <StoryHead record={record} context={context} standfirst={!rows.some(({ block }) => block.kind === 'description')} />
      <aside class="story-side" aria-label="In this story">
        <People annotated={annotated} focus={focus} choose={choose} />
        <Speakers annotated={annotated} focus={focus} choose={choose} />
        <SmallMap places={record.places} />
        {context && <Around context={context} />}
        <p class="keys"><kbd>j</kbd> <kbd>k</kbd> events <kbd>n</kbd> <kbd>p</kbd> quotes</p>
      </aside>
      <StoryText rows={rows} annotated={annotated} focus={focus} onEvent={onEvent} story={context?.story} corrections={corrections} onChange={onChange ?? (() => undefined)} />
    </div>
  );
}

function StoryHead({ record, context, standfirst }: { record: StoryRecord; context?: StoryContext; standfirst: boolean }) {
  const { article } = record;
  const by = [...(article.author ?? [])].join(', ');
  const from = [article.publisher, ...(article.sourceOrganization ?? [])].filter(Boolean).join(', ');
  return (
    <header class="story-head">
      <p class="kicker">
        {[article.articleSection, article.locationCreated].filter(Boolean).join(' · ')}
      </p>
      <h1>{article.headline ?? 'Untitled story'}</h1>
      {standfirst && article.description && <p class="standfirst">{article.description}</p>}
      <p class="byline">
        {article.datePublished && <Day iso={article.datePublished} long />}
        {by && <span>{by}</span>}
        {from && <span>{from}</span>}
        {article.wordCount !== undefined && <span>{plural(article.wordCount, 'word')}</span>}
        {article.inLanguage && !article.inLanguage.startsWith('en') && <span>written in {article.inLanguage}: read as an article, not analysed</span>}
        {context && (
          <span class="byline-tools">
            <button type="button" class="link" onClick={() => void save(`stories/${context.story}`, {}, `${context.id}.json`)}>Record</button>
            <button type="button" class="link" onClick={() => void save(`stories/${context.story}/original`)}>Original</button>
          </span>
        )}
      </p>
      {article.correction && <p class="notice">{article.correction}</p>}
      {article.creativeWorkStatus && article.creativeWorkStatus !== 'usable' && <p class="notice">The agency took this story back ({article.creativeWorkStatus}).</p>}
      {context?.copy_of !== undefined && (
        <p class="notice">A copy of <a href={writeAddress(['story', context.copy_of])}>story {context.copy_of}</a>.</p>
      )}
    </header>
  );
}

const headBlocks = new Set(['headline', 'description', 'date', 'section', 'byline']);

interface Row {
  block: Block;
  events: Event[];
}

interface TextProps {
  rows: readonly Row[];
  annotated: Annotated;
  focus: Focus;
  story?: number;
  corrections: Map<string, Correction>;
  onEvent: (id: string) => void;
  onChange: () => void;
}

function StoryText({ rows, annotated, focus, story, corrections, onEvent, onChange }: TextProps) {
  const { record, index } = annotated;
  const box = useRef<HTMLDivElement>(null);
  const [grown, setGrown] = useState(0);
  useLayoutEffect(() => layOut(box.current, focus.event), [annotated, focus.event, grown, corrections.size]);
  useEffect(() => {
    const watcher = new ResizeObserver(() => setGrown((n) => n + 1));
    if (box.current) watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);
  const onGrow = useCallback(() => setGrown((n) => n + 1), []);
  return (
    <div class="story-text" ref={box}>
      {rows.map(({ block, events }, i) => (
        <div class="row" key={i}>
          <p class={`block block-${block.kind}${headBlocks.has(block.kind) ? ' head-block' : ''}`} lang={record.article.inLanguage}>
            <BlockText annotated={annotated} start={index.indexOf(block.start)} end={index.indexOf(block.end)} focus={focus} onEvent={onEvent} />
          </p>
          {events.length > 0 && (
            <div class="cards">
              {events.map((event) => (
                <EventCard
                  key={event.id} event={event} annotated={annotated} story={story} correction={corrections.get(event.id)}
                  chosen={focus.event === event.id} onChoose={() => onEvent(event.id)} onChange={onChange} onGrow={onGrow}
                />
              ))}
            </div>
          )}
        </div>
      ))}
      {record.events.length === 0 && <p class="faint margin-note">No event was found in this story.</p>}
    </div>
  );
}

/// Each event stands by the block in which it is first told; the headline's own by the paragraph that proves them, if any.
function assign(record: StoryRecord): Row[] {
  const rows = record.blocks.map((block): Row => ({ block, events: [] }));
  const rowOf = (byte: number) => rows.findIndex(({ block }) => block.start <= byte && byte < block.end);
  for (const event of record.events) {
    const rowsOf = event.evidence.map((span) => rowOf(span.start)).filter((row) => row >= 0);
    const row = rowsOf.find((at) => !headBlocks.has(rows[at]!.block.kind)) ?? rowsOf[0] ?? rowOf(event.trigger[0]);
    rows[Math.max(0, row)]?.events.push(event);
  }
  for (const { events } of rows) events.sort((a, b) => a.trigger[0] - b.trigger[0]);
  return rows.filter(({ block, events }) => !headBlocks.has(block.kind) || events.length > 0);
}

/// Moves the cards of a wide page to the height of their lines; on a narrow one they stand below their paragraph.
function layOut(box: HTMLElement | null, chosen: string | undefined): void {
  if (!box) return;
  const cards = [...box.querySelectorAll<HTMLElement>('.card')];
  const wide = cards[0] ? getComputedStyle(cards[0]).position === 'absolute' : false;
  if (!wide) {
    for (const card of cards) card.style.top = '';
    box.style.minHeight = '';
    return;
  }
  const top = box.getBoundingClientRect().top;
  const wanted = cards.map((card) => {
    const id = card.id.replace('event-', '');
    const mark = box.querySelector(`a[href="#event-${CSS.escape(id)}"]`) ?? card.closest('.row');
    return (mark?.getBoundingClientRect().top ?? top) - top - 8;
  });
  const heights = cards.map((card) => card.offsetHeight);
  const tops = placeCards(wanted, heights, 8, cards.findIndex((card) => card.id === `event-${chosen}`));
  cards.forEach((card, i) => (card.style.top = `${tops[i]}px`));
  const last = cards.length - 1;
  box.style.minHeight = last >= 0 ? `${tops[last]! + heights[last]! + 16}px` : '';
}

interface SideProps {
  annotated: Annotated;
  focus: Focus;
  choose: (focus: Focus) => void;
}

const mostPeople = 12;

function People({ annotated, focus, choose }: SideProps) {
  const [all, setAll] = useState(false);
  const names = useNames();
  const worth = (type: string) => ['person', 'organization', 'country', 'group'].indexOf(type) + 1 || 9;
  const entities = annotated.record.entities
    .filter((entity) => entity.actor || entity.mentions.some((mention) => mention.kind === 'name'))
    .sort((a, b) => Number(Boolean(b.actor)) - Number(Boolean(a.actor)) || b.mentions.length - a.mentions.length || worth(a.type) - worth(b.type));
  if (entities.length === 0) return null;
  return (
    <section>
      <h2>Who is who</h2>
      <ul class="people">
        {entities.slice(0, all ? undefined : mostPeople).map((entity) => (
          <li key={entity.id} class={focus.entity === entity.id ? 'on' : ''}>
            <button type="button" class="person" aria-pressed={focus.entity === entity.id} onClick={() => choose(focus.entity === entity.id ? {} : { entity: entity.id })} data-tip={`Show where ${entity.name} is named`}>
              <span class="person-name">{entity.name}</span>
              <span class="person-role">{entity.roles[0] ? `${entity.roles[0].title}${entity.roles[0].of ? `, ${names.country(entity.roles[0].of)}` : ''}` : entity.type}</span>
            </button>
            <Actor code={entity.actor} />
            <EntityLink name={entity.name}><span aria-label={`Open ${entity.name}`}>↗</span></EntityLink>
          </li>
        ))}
      </ul>
      {entities.length > mostPeople && <button type="button" class="link" onClick={() => setAll(!all)}>{all ? 'Fewer' : `All ${entities.length}`}</button>}
    </section>
  );
}

function Speakers({ annotated, focus, choose }: SideProps) {
  if (annotated.speakers.length === 0) return null;
  const counts = annotated.speakers.map(() => ({ count: 0, first: '' }));
  for (const { value } of annotated.marks) {
    if (value.kind !== 'quote') continue;
    const entry = counts[value.speaker]!;
    entry.first ||= value.attribution.id;
    ++entry.count;
  }
  return (
    <section>
      <h2>Who speaks</h2>
      <ul class="speakers">
        {annotated.speakers.map((name, i) => (
          <li key={name}>
            <button type="button" class="person" aria-pressed={focus.quote === counts[i]!.first} onClick={() => choose({ quote: counts[i]!.first })}>
              <span class={`swatch tint-${i % 8}`} aria-hidden="true" />
              <span class="person-name">{name}</span>
              <span class="person-role">{plural(counts[i]!.count, 'passage')}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Around({ context }: { context: StoryContext }) {
  const { cluster, copies, related } = context;
  return (
    <>
      {cluster && cluster.stories > 1 && (
        <section>
          <h2>The same happening</h2>
          <p><a href={writeAddress(['clusters', cluster.cluster])}>{cluster.title}</a></p>
          <p class="faint">{plural(cluster.stories, 'story', 'stories')}{cluster.copies > 0 && `, ${plural(cluster.copies, 'copy', 'copies')}`}, {plural(cluster.outlets, 'outlet')}</p>
        </section>
      )}
      {copies.length > 0 && (
        <section>
          <h2>Copies</h2>
          <ul class="plain">{copies.slice(0, 8).map((copy) => <li key={copy.story}><a href={writeAddress(['story', copy.story])}>{copy.publisher ?? copy.headline}</a> <span class="faint"><Day iso={copy.published} /></span></li>)}</ul>
        </section>
      )}
      {related.length > 0 && (
        <section>
          <h2>It points to</h2>
          <ul class="plain">{related.map((link, i) => <li key={i}>{link.story ? <a href={writeAddress(['story', link.story])}>{link.headline}</a> : link.headline}</li>)}</ul>
        </section>
      )}
    </>
  );
}

function useKeys(rows: readonly Row[], annotated: Annotated, focus: Focus, choose: (focus: Focus) => void): void {
  useEffect(() => {
    const events = [...annotated.record.events].sort((a, b) => a.trigger[0] - b.trigger[0]).map((event) => event.id);
    const said = (quote: Attribution) => quote.content.spans[0]?.[0] ?? 0;
    const shown = (quote: Attribution) => rows.some(({ block }) => quote.content.spans.some(([start, end]) => start < block.end && end > block.start));
    const quotes = annotated.record.attributions.filter(shown).sort((a, b) => said(a) - said(b)).map((quote) => quote.id);
    const step = (list: string[], at: string | undefined, by: number): string | undefined => {
      const place = at === undefined ? -1 : list.indexOf(at);
      return place < 0 ? list.at(by > 0 ? 0 : -1) : list[Math.min(list.length - 1, Math.max(0, place + by))];
    };
    const pressed = (e: KeyboardEvent) => {
      if (e.ctrlKey || e.metaKey || e.altKey || (e.target instanceof HTMLElement && e.target.closest('input, select, textarea'))) return;
      if (e.key === 'j' || e.key === 'k') choose({ event: step(events, focus.event, e.key === 'j' ? 1 : -1) });
      else if (e.key === 'n' || e.key === 'p') choose({ quote: step(quotes, focus.quote, e.key === 'n' ? 1 : -1) });
      else if (e.key === 'Escape') choose({});
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [rows, annotated, focus.event, focus.quote, choose]);
}

function useScrollTo(focus: Focus, record: StoryRecord): void {
  useEffect(() => {
    const mark = focus.event ? document.querySelector('.focus-event') : focus.quote ? document.querySelector('.focus-quote') : focus.entity ? document.querySelector('.focus-entity') : null;
    if (!mark) return;
    const box = mark.getBoundingClientRect();
    if (box.top < 90 || box.bottom > innerHeight - 60) mark.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  }, [focus.event, focus.quote, focus.entity, record]);
}
