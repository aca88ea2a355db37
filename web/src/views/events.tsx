/// Who did what to whom, as a table: only rows in sight are drawn, columns are chosen, and what is shown can be taken along.

import { useMemo, useRef, useState } from 'preact/hooks';
import { save, type EventItem, type Problem } from '../lib/api.ts';
import { parseAddress, writeAddress, type Address } from '../lib/address.ts';
import { change, go, useNames, useRows } from '../lib/hooks.ts';
import { showDate } from '../lib/dates.ts';
import { plural, showSigned } from '../lib/numbers.ts';
import { chosen, Filters } from '../parts/filters.tsx';
import { useWindow } from '../parts/virtual.tsx';
import { Nothing, Waiting, Wrong } from '../parts/states.tsx';
import { Actor, EntityLink, QuadDot, Status, Sure } from '../parts/words.tsx';

const eventFilters = ['source', 'target', 'code', 'quad', 'status', 'sure', 'place', 'since', 'until'] as const;
const asked = [...eventFilters, 'near', 'same', 'newest'] as const;

interface Column {
  name: string;
  title: string;
  width: string;
  /// Columns of the exported table that hold what this one shows.
  exports: readonly string[];
  cell: (item: EventItem, names: ReturnType<typeof useNames>) => preact.ComponentChildren;
}

const columns: readonly Column[] = [
  { name: 'date', title: 'Date', width: '7.2rem', exports: ['date'], cell: ({ event }) => (event.date ? <time dateTime={event.date}>{showDate(event.date)}</time> : <span class="faint">—</span>) },
  { name: 'source', title: 'Who', width: 'minmax(9rem, 1.2fr)', exports: ['source', 'source_name'], cell: (item) => <Sides names={item.source} codes={item.event.source.map((side) => side.actor)} /> },
  { name: 'act', title: 'Did what', width: 'minmax(11rem, 1.4fr)', exports: ['cameo'], cell: ({ event }, names) => <><QuadDot quad={event.quad} /> <span class="clip">{names.event(event.cameo)}</span> <span class="code">{event.cameo}</span></> },
  { name: 'target', title: 'To whom', width: 'minmax(9rem, 1.2fr)', exports: ['target', 'target_name'], cell: (item) => <Sides names={item.target} codes={item.event.target.map((side) => side.actor)} /> },
  { name: 'place', title: 'Where', width: 'minmax(6rem, .7fr)', exports: ['place', 'country'], cell: ({ event }) => (event.place ? <span class="clip">{event.place.name}</span> : <span class="faint">—</span>) },
  { name: 'status', title: 'Status', width: '6.2rem', exports: ['status'], cell: ({ event }) => (event.status === 'occurred' ? <span class="faint">occurred</span> : <Status status={event.status} />) },
  { name: 'confidence', title: 'Sure', width: '3.6rem', exports: ['confidence'], cell: ({ event }) => <Sure confidence={event.confidence} /> },
  { name: 'evidence', title: 'Evidence', width: 'minmax(14rem, 2.4fr)', exports: ['evidence'], cell: (item) => <a class="clip evidence" href={writeAddress(['story', item.number], { event: item.event.id })} title={item.text[0]}>{item.text[0] ?? item.headline}</a> },
  { name: 'headline', title: 'Story', width: 'minmax(12rem, 1.6fr)', exports: ['headline'], cell: (item) => <a class="clip" href={writeAddress(['story', item.number], { event: item.event.id })}>{item.headline || `Story ${item.number}`}</a> },
  { name: 'published', title: 'Published', width: '7.2rem', exports: ['published'], cell: (item) => <span>{showDate(item.published)}</span> },
  { name: 'plover', title: 'PLOVER', width: '8rem', exports: ['plover', 'mode'], cell: ({ event }) => <span class="clip code">{[event.plover, event.mode].filter(Boolean).join(' ')}</span> },
  { name: 'goldstein', title: 'Goldstein', width: '5.5rem', exports: ['goldstein'], cell: ({ event }) => <span class="number">{event.goldstein === undefined ? '' : showSigned(event.goldstein)}</span> },
  { name: 'speaker', title: 'Told by', width: 'minmax(8rem, 1fr)', exports: ['attributed_to'], cell: (item) => <span class="clip">{item.speaker}</span> },
  { name: 'rule', title: 'Rule', width: '9rem', exports: ['rule'], cell: ({ event }) => <span class="clip code">{event.rule}</span> },
];
const usual = ['date', 'source', 'act', 'target', 'place', 'status', 'confidence', 'evidence'];
const rowHeight = 38;

export function EventsView({ address }: { address: Address }) {
  const settings = chosen(address, asked);
  const shown = shownColumns(address);
  return (
    <div class="view view-fill">
      <header class="view-head">
        <h1>Events</h1>
        <Filters address={address} fields={eventFilters} label="Filter events" />
      </header>
      <EventTable settings={settings} shown={shown} tools={<Tools address={address} settings={settings} shown={shown} />} />
    </div>
  );
}

function shownColumns(address: Address): Column[] {
  const wanted = address.query['columns']?.split(',') ?? usual;
  return wanted.map((name) => columns.find((column) => column.name === name)).filter((column): column is Column => column !== undefined);
}

export function EventTable({ settings, shown = columns.filter((c) => usual.includes(c.name)), tools }: { settings: Record<string, string | undefined>; shown?: readonly Column[]; tools?: preact.ComponentChildren }) {
  const names = useNames();
  const { rows, total, problem, waiting, more, again } = useRows<EventItem>('events', settings, 100);
  const { box, first, last } = useWindow({ count: rows.length, height: rowHeight, more });
  const grid = useMemo(() => shown.map((column) => column.width).join(' '), [shown]);
  return (
    <>
      <div class="bar">
        <p class="count" role="status">{total === undefined ? '' : plural(total, 'event')}</p>
        {tools}
      </div>
      {problem ? <Wrong problem={problem} again={again} /> : (
        <div class={`table${waiting ? ' stale' : ''}`} role="table" aria-label="Events" aria-rowcount={total ?? -1} ref={box} tabIndex={0}>
          <div class="thead" role="rowgroup">
            <div class="tr" role="row" style={{ gridTemplateColumns: grid }}>
              {shown.map((column) => <div key={column.name} class="th" role="columnheader">{column.title}</div>)}
            </div>
          </div>
          {rows.length === 0 && waiting && <Line><Waiting lines={10} /></Line>}
          {rows.length === 0 && !waiting && <Line><Nothing title="No event">Nothing in the archive fits these filters. Fewer of them, a shorter code (04 for all of 04x) or a wider span of days may help.</Nothing></Line>}
          <div role="rowgroup" class="tbody" style={{ height: `${rows.length * rowHeight}px` }}>
            {rows.slice(first, last).map((item, i) => (
              <div
                key={`${item.number}-${item.event.id}`} class="tr" role="row" aria-rowindex={first + i + 2}
                style={{ gridTemplateColumns: grid, top: `${(first + i) * rowHeight}px` }}
                onDblClick={() => go(['story', item.number], { event: item.event.id })}
              >
                {shown.map((column) => <div key={column.name} class={`td td-${column.name}`} role="cell">{column.cell(item, names)}</div>)}
              </div>
            ))}
          </div>
          {rows.length > 0 && more && <Line><p class="faint more" role="status">more follow …</p></Line>}
        </div>
      )}
    </>
  );
}

/// What is said in the table and is no event: a table has rows and nothing else.
function Line({ children }: { children: preact.ComponentChildren }) {
  return <div role="rowgroup"><div role="row"><div role="cell">{children}</div></div></div>;
}

function Sides({ names, codes }: { names: string[]; codes: (string | undefined)[] }) {
  if (names.length === 0) return codes[0] ? <Actor code={codes[0]} /> : <span class="faint">—</span>;
  return (
    <span class="clip">
      {names.map((name, i) => <span key={i}>{i > 0 && ', '}<EntityLink name={name} /> <Actor code={codes[i]} /></span>)}
    </span>
  );
}

function Tools({ address, settings, shown }: { address: Address; settings: Record<string, string | undefined>; shown: readonly Column[] }) {
  const newest = address.query['newest'] === 'true';
  return (
    <div class="tools">
      <button type="button" class="button" aria-pressed={newest} onClick={() => change({ newest: newest ? undefined : 'true' })}>Newest first</button>
      <label class="field inline">
        <span>Same event told often</span>
        <select value={address.query['same'] ?? ''} onChange={(e) => change({ same: e.currentTarget.value || undefined })}>
          <option value="">each report</option>
          <option value="story">once a story</option>
          <option value="one-a-day">once a day</option>
          <option value="cluster">once a happening</option>
        </select>
      </label>
      <ColumnChoice shown={shown} />
      <TakeAlong settings={settings} columns={shown.flatMap((column) => column.exports)} what="events" />
    </div>
  );
}

function ColumnChoice({ shown }: { shown: readonly Column[] }) {
  const names = shown.map((column) => column.name);
  const toggle = (name: string) => {
    const now = shownColumns(parseAddress(location.hash)).map((column) => column.name);
    const next = now.includes(name) ? now.filter((other) => other !== name) : columns.filter((c) => now.includes(c.name) || c.name === name).map((c) => c.name);
    change({ columns: next.join(',') === usual.join(',') ? undefined : next.join(',') });
  };
  return (
    <details class="menu">
      <summary class="button">Columns</summary>
      <fieldset class="menu-body">
        <legend class="visually-hidden">Columns</legend>
        {columns.map((column) => (
          <label key={column.name} class="check">
            <input type="checkbox" checked={names.includes(column.name)} disabled={names.length === 1 && names.includes(column.name)} onChange={() => toggle(column.name)} /> {column.title}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

const otherForms: readonly [string, string][] = [
  ['gdelt2', 'GDELT 2.0'], ['icews', 'ICEWS'], ['polecat', 'POLECAT'], ['phoenix', 'Phoenix'], ['plover', 'PLOVER'], ['geojson', 'GeoJSON'],
];

/// Saves all rows that the filters choose, not only those loaded, with the columns that are shown.
export function TakeAlong({ settings, columns: names, what }: { settings: Record<string, string | undefined>; columns: readonly string[]; what: 'events' | 'quotes' }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const menu = useRef<HTMLDetailsElement>(null);
  const take = async (form: string) => {
    setBusy(true);
    setProblem(null);
    try {
      const table = /\.(csv|tsv)$/.test(form);
      await save(`export/${form}`, { ...settings, columns: table ? [...new Set(names)].join(',') : undefined });
      menu.current?.removeAttribute('open');
    } catch (error) {
      setProblem(error as Problem);
    }
    setBusy(false);
  };
  return (
    <details class="menu" ref={menu}>
      <summary class="button primary">{busy ? 'Saving …' : 'Export'}</summary>
      <div class="menu-body">
        <p class="menu-title">What is shown, all rows</p>
        {['csv', 'tsv', 'jsonl'].map((form) => <button key={form} type="button" class="menu-item" disabled={busy} onClick={() => void take(`${what}.${form}`)}>{form.toUpperCase()}</button>)}
        {what === 'events' && <p class="menu-title">The same events as</p>}
        {what === 'events' && otherForms.map(([form, title]) => <button key={form} type="button" class="menu-item" disabled={busy} onClick={() => void take(form)}>{title}</button>)}
        {problem && <p role="alert" class="card-note">{problem.message}</p>}
      </div>
    </details>
  );
}
