/// One name across all stories: what it was when, who it is named with, what it said and what was said of it, what it did
/// and what was done to it.

import type { EntityHead, EntityPage, Page, QuoteItem, Series } from '../lib/api.ts';
import { writeAddress, type Address } from '../lib/address.ts';
import { change, useAnswer, useNames, useRows } from '../lib/hooks.ts';
import { fillMonths, periodDays, showDate } from '../lib/dates.ts';
import { plural, showCount } from '../lib/numbers.ts';
import { SeriesChart } from '../parts/series_chart.tsx';
import { Filters } from '../parts/filters.tsx';
import { Spans } from '../parts/spans.tsx';
import { Nothing, Waiting, Wrong } from '../parts/states.tsx';
import { Actor, Legend } from '../parts/words.tsx';
import { EventTable } from './events.tsx';
import { QuoteRow } from './quotes.tsx';

/// Of these the archive tells who is the same over all stories.
const identified = ['person', 'organization', 'group'];

export function EntityView({ address }: { address: Address }) {
  const number = address.path[1];
  const name = address.query['name'];
  const found = useAnswer<Page<EntityHead>>(number || !name ? null : 'entities', { q: name, limit: 20 });
  const exact = found.data?.items.find((entity) => entity.name === name && (!address.query['type'] || entity.type === address.query['type'])) ?? found.data?.items.find((entity) => entity.name === name) ?? found.data?.items[0];
  if (number) return <EntityOf number={number} address={address} />;
  if (!name) return <EntityList address={address} />;
  if (found.problem) return <div class="view"><Wrong problem={found.problem} again={found.again} /></div>;
  if (!found.data || found.waiting) return <div class="view"><Waiting lines={10} /></div>;
  if (!exact) return <div class="view"><Nothing title={`Nobody is called “${name}”`}><a href={writeAddress(['stories'], { q: `"${name}"` })}>Search the stories for it</a></Nothing></div>;
  return <EntityOf number={String(exact.entity)} address={address} />;
}

function EntityList({ address }: { address: Address }) {
  const { rows, problem, waiting, more, again, total } = useRows<EntityHead>('entities', { q: address.query['about'], type: address.query['type'] }, 60);
  const kinds = ['person', 'organization', 'country', 'place', 'group'];
  return (
    <div class="view">
      <header class="view-head">
        <h1>Names</h1>
        <Filters address={address} fields={['about']} label="Find a name" />
      </header>
      <div class="bar">
        <p class="count" role="status">{total === undefined ? '' : plural(total, 'name')}</p>
        <div class="choice" role="group" aria-label="Kind of name">
          {kinds.map((type) => <button key={type} type="button" class="button" aria-pressed={address.query['type'] === type} onClick={() => change({ type: address.query['type'] === type ? undefined : type })}>{type}</button>)}
        </div>
      </div>
      {problem && <Wrong problem={problem} again={again} />}
      {rows.length === 0 && waiting && <Waiting lines={10} />}
      {rows.length === 0 && !waiting && !problem && <Nothing title="No such name" />}
      <ul class={`names${waiting ? ' stale' : ''}`}>
        {rows.map((entity) => (
          <li key={entity.entity}>
            <a href={writeAddress(['entity', entity.entity])}>{entity.name}</a> <Actor code={entity.actor} />
            <span class="faint">{entity.type}, {plural(entity.stories, 'story', 'stories')}</span>
          </li>
        ))}
      </ul>
      {more && <p class="more"><button type="button" class="button" onClick={more}>More names</button></p>}
    </div>
  );
}

function EntityOf({ number, address }: { number: string; address: Address }) {
  const names = useNames();
  const { data, problem, again } = useAnswer<EntityPage>(`entities/${encodeURIComponent(number)}`);
  if (problem) return <div class="view"><Wrong problem={problem} again={again} /></div>;
  if (!data) return <div class="view"><Waiting lines={10} /></div>;
  return (
    <div class="view entity">
      <header class="view-head">
        <p class="kicker">{[data.type, names.country(data.country)].filter(Boolean).join(' · ')}</p>
        <h1>{data.name} <Actor code={data.actor} /></h1>
        <p class="hit-facts">
          <a href={writeAddress(['stories'], data.type === 'person' ? { person: data.name } : { q: `"${data.name}"` })}>{plural(data.stories, 'story', 'stories')}</a>
          <span>{showDate(data.first)} – {showDate(data.last)}</span>
          <a href={writeAddress(['timeline'], { one: data.name })}>Timeline</a>
          <a href={writeAddress(['network'], { about: data.name, by: 'name' })}>Network</a>
          {identified.includes(data.type) && <a href={writeAddress(['who'], { name: data.name })}>Who is it?</a>}
        </p>
      </header>
      <div class="entity-grid">
        <div class="entity-main">
          <Months months={data.months} />
          <Did data={data} address={address} />
          <Said data={data} />
        </div>
        <aside class="entity-side" aria-label="About the name">
          <Roles data={data} />
          <section>
            <h2>Named with</h2>
            <ul class="plain with">
              {data.with.slice(0, 12).map((other) => <li key={other.entity}><a href={writeAddress(['entity', other.entity])}>{other.name}</a> <Actor code={other.actor} /> <span class="number">{showCount(other.stories)}</span></li>)}
            </ul>
          </section>
          {data.outlets.length > 0 && (
            <section>
              <h2>Told by</h2>
              <ul class="plain with">{data.outlets.slice(0, 8).map((outlet) => <li key={outlet.value}><a href={writeAddress(['stories'], { outlet: outlet.value, ...(data.type === 'person' ? { person: data.name } : { q: `"${data.name}"` }) })}>{outlet.value}</a> <span class="number">{showCount(outlet.count)}</span></li>)}</ul>
            </section>
          )}
        </aside>
      </div>
    </div>
  );
}

function Months({ months }: { months: EntityPage['months'] }) {
  const shown = fillMonths(months, 72);
  if (shown.length < 2) return null;
  const most = Math.max(...shown.map((month) => month.count));
  return (
    <section>
      <h2>Stories by month</h2>
      <div class="months tall">
        {shown.map(({ value, count }) => (
          <a key={value} class="month" href={writeAddress(['stories'], { from: periodDays(value)[0], to: periodDays(value)[1] })} data-tip={`${showDate(value)}\n${plural(count, 'story', 'stories')}`} aria-label={`${showDate(value)}: ${plural(count, 'story', 'stories')}`}>
            <i style={{ height: `${count && Math.max(4, (count / most) * 100)}%` }} />
          </a>
        ))}
      </div>
      <p class="months-ends"><span>{showDate(shown[0]?.value)}</span><span>{showDate(shown.at(-1)?.value)}</span></p>
    </section>
  );
}

/// Roles as bars over the span in which stories tell them.
function Roles({ data }: { data: EntityPage }) {
  const names = useNames();
  const rows = [
    ...data.roles.map((role) => ({ ...role, text: `${role.title}${role.of ? `, ${names.country(role.of)}` : ''}` })),
    ...(data.actors ?? []).map((row) => ({ ...row, text: names.actor(row.actor), shown: <Actor code={row.actor} /> })),
  ];
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>Roles over time</h2>
      <Spans first={data.first} last={data.last} rows={rows.slice(0, 14).map((row) => ({ first: undefined, last: undefined, ...row }))} />
    </section>
  );
}

function Did({ data, address }: { data: EntityPage; address: Address }) {
  const side = address.query['side'] === 'target' ? 'target' : 'source';
  const series = useAnswer<Series>(data.events_as_source + data.events_as_target > 0 ? 'timeline' : null, { one: data.name });
  const set = (changes: Record<string, string | undefined>) => change(changes, true);
  const period = address.query['period'];
  const [since, until] = period ? periodDays(period) : [undefined, undefined];
  if (data.events_as_source + data.events_as_target === 0) return null;
  const settings = { [side]: data.name, newest: 'true', since, until };
  return (
    <section>
      <div class="bar">
        <h2>Events</h2>
        <Legend />
        <div class="choice" role="group" aria-label="Direction">
          <button type="button" class="button" aria-pressed={side === 'source'} onClick={() => set({ side: undefined })}>did {showCount(data.events_as_source)}</button>
          <button type="button" class="button" aria-pressed={side === 'target'} onClick={() => set({ side: 'target' })}>met with {showCount(data.events_as_target)}</button>
        </div>
      </div>
      {series.data && series.data.points.length > 1 && (
        <SeriesChart points={series.data.points} from={address.query['since']} to={address.query['until']} period={period} onSpan={(s, u) => set({ since: s, until: u })} onPeriod={(p) => set({ period: p })} />
      )}
      <div class="behind-table"><EventTable settings={settings} /></div>
    </section>
  );
}

function Said({ data }: { data: EntityPage }) {
  const by = useAnswer<Page<QuoteItem>>(data.quotes_by > 0 ? 'quotes' : null, { by: data.name, newest: true, limit: 6 });
  const about = useAnswer<Page<QuoteItem>>('quotes', { about: `"${data.name.replaceAll('"', ' ')}"`, newest: true, limit: 6 });
  return (
    <div class="said-columns">
      <section>
        <h2>Said {data.quotes_by > 0 && <a class="aside-link" href={writeAddress(['quotes'], { by: data.name })}>all {showCount(data.quotes_by)}</a>}</h2>
        {by.data && by.data.items.length > 0 ? <ol class="quotes">{by.data.items.map((item) => <QuoteRow key={`${item.number}${item.attribution.id}`} item={item} withSpeaker={false} />)}</ol> : <p class="faint">{data.name} is not quoted.</p>}
      </section>
      <section>
        <h2>Said about {data.name} {about.data && about.data.total > 6 && <a class="aside-link" href={writeAddress(['quotes'], { about: `"${data.name}"` })}>all {showCount(about.data.total)}</a>}</h2>
        {about.data && about.data.items.length > 0 ? <ol class="quotes">{about.data.items.map((item) => <QuoteRow key={`${item.number}${item.attribution.id}`} item={item} />)}</ol> : <p class="faint">Nobody is quoted with this name.</p>}
      </section>
    </div>
  );
}
