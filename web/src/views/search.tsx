/// Stories: all of them or those found by words, with what they have in common to narrow them down.

import { useMemo } from 'preact/hooks';
import type { Count, FacetName, Facets, Hit, SearchPage } from '../lib/api.ts';
import { writeAddress, type Address } from '../lib/address.ts';
import { change, useAnswer, useNames, useRows } from '../lib/hooks.ts';
import { fillMonths, periodDays, showDate } from '../lib/dates.ts';
import { plural, showCount } from '../lib/numbers.ts';
import { makeByteIndex } from '../record/offsets.ts';
import { chosen } from '../parts/filters.tsx';
import { Nothing, Waiting, Wrong } from '../parts/states.tsx';
import { Day, Marked } from '../parts/words.tsx';

const asked = ['q', 'from', 'to', 'outlet', 'section', 'person', 'country', 'event', 'status', 'newest', 'copies'] as const;
const titles: [FacetName, string][] = [
  ['event', 'What happened'], ['country', 'Country'], ['person', 'Person'], ['outlet', 'Outlet'], ['section', 'Section'], ['status', 'Status'],
];

export function SearchView({ address }: { address: Address }) {
  const settings = chosen(address, asked);
  const { rows, total, problem, waiting, more, again } = useRows<Hit>('search', settings, 30);
  const facets = useAnswer<SearchPage>('search', { ...settings, facets: true, limit: 1 });
  const set = (name: string, value: string | undefined) => change({ [name]: value });
  return (
    <div class="view search">
      <aside class="facets" aria-label="Narrow down">
        {facets.data?.facets ? <FacetLists facets={facets.data.facets} address={address} set={set} /> : !facets.problem && <Waiting lines={8} />}
      </aside>
      <section class="found" aria-label="Stories found">
        <div class="bar">
          <h1 class="count">{total === undefined ? 'Stories' : plural(total, 'story', 'stories')}{address.query['q'] ? ` for “${address.query['q']}”` : ''}</h1>
          <div class="tools">
            {address.query['q'] && <button type="button" class="button" aria-pressed={address.query['newest'] === 'true'} onClick={() => set('newest', address.query['newest'] ? undefined : 'true')}>Newest first</button>}
            <button type="button" class="button" aria-pressed={address.query['copies'] === 'true'} onClick={() => set('copies', address.query['copies'] ? undefined : 'true')}>With copies</button>
          </div>
        </div>
        <Chosen address={address} set={set} />
        {problem && <Wrong problem={problem} again={again} />}
        {rows.length === 0 && waiting && <Waiting lines={12} />}
        {rows.length === 0 && !waiting && !problem && (
          <Nothing title="No story found">
            Words side by side must all be there. Try fewer words, a beginning (<code>nego*</code>), <code>OR</code> between words, or take filters away.
          </Nothing>
        )}
        <ol class={`hits${waiting ? ' stale' : ''}`}>
          {rows.map((hit) => <HitRow key={hit.story} hit={hit} />)}
        </ol>
        {more && <p class="more"><button type="button" class="button" onClick={more}>More stories</button></p>}
      </section>
    </div>
  );
}

function HitRow({ hit }: { hit: Hit }) {
  const { text, marks } = useMemo(() => {
    const index = makeByteIndex(hit.snippet);
    // The beginning of a story is often its headline, which stands above already.
    const skip = hit.headline && hit.snippet.startsWith(hit.headline) && hit.snippet.length > hit.headline.length + 60 ? hit.headline.length : 0;
    const marks = hit.marks.map(([start, end]): [number, number] => [index.indexOf(start) - skip, index.indexOf(end) - skip]).filter(([start]) => start >= 0);
    return { text: hit.snippet.slice(skip), marks };
  }, [hit]);
  return (
    <li class="hit">
      <a class="hit-title" href={writeAddress(['story', hit.story])}>{hit.headline || `Story ${hit.story}`}</a>
      <p class="hit-text"><Marked text={text} marks={marks} /></p>
      <p class="hit-facts"><Day iso={hit.published} />{hit.publisher && <span>{hit.publisher}</span>}</p>
    </li>
  );
}

interface FacetProps {
  address: Address;
  set: (name: string, value: string | undefined) => void;
}

function useFacetText() {
  const names = useNames();
  return (facet: string, value: string): string => (facet === 'country' ? names.country(value) : facet === 'event' ? names.event(value) : value);
}

function FacetLists({ facets, address, set }: FacetProps & { facets: Facets }) {
  const text = useFacetText();
  return (
    <>
      <Months months={facets.date} address={address} />
      {titles.map(([name, title]) => {
        const list = facets[name];
        if (list.length === 0) return null;
        const most = Math.max(...list.map((row) => row.count));
        const row = ({ value, count }: Count) => (
          <li key={value}>
            <button type="button" class="facet" aria-pressed={address.query[name] === value} onClick={() => set(name, address.query[name] === value ? undefined : value)}>
              <span class="facet-bar" style={{ width: `${(count / most) * 100}%` }} aria-hidden="true" />
              <span class="clip">{text(name, value)}</span> <span class="number">{showCount(count)}</span>
            </button>
          </li>
        );
        return (
          <section key={name}>
            <h2>{title}</h2>
            <ul>{list.slice(0, 7).map(row)}</ul>
            {list.length > 7 && <details><summary class="link">More</summary><ul>{list.slice(7).map(row)}</ul></details>}
          </section>
        );
      })}
    </>
  );
}

/// Stories by month; a click takes a month, another lets it go.
function Months({ months, address }: { months: Count[]; address: Address }) {
  const shown = fillMonths(months, 60);
  if (shown.length === 0) return null;
  const most = Math.max(...shown.map((month) => month.count));
  return (
    <section>
      <h2>When</h2>
      <div class="months">
        {shown.map(({ value, count }) => {
          const [from, to] = periodDays(value);
          const on = address.query['from'] === from && address.query['to'] === to;
          return (
            <button
              key={value} type="button" class="month" aria-pressed={on} data-tip={`${showDate(value)}\n${plural(count, 'story', 'stories')}`} aria-label={`${showDate(value)}: ${plural(count, 'story', 'stories')}`}
              onClick={() => change({ from: on ? undefined : from, to: on ? undefined : to })}
            >
              <i style={{ height: `${count && Math.max(6, (count / most) * 100)}%` }} />
            </button>
          );
        })}
      </div>
      <p class="months-ends"><span>{showDate(shown[0]?.value)}</span><span>{showDate(shown.at(-1)?.value)}</span></p>
    </section>
  );
}

function Chosen({ address, set }: FacetProps) {
  const text = useFacetText();
  const { from, to } = address.query;
  const rows = titles.filter(([name]) => address.query[name]);
  if (rows.length === 0 && !from && !to) return null;
  return (
    <ul class="chips" aria-label="Chosen filters">
      {(from || to) && (
        <li><button type="button" class="chip" onClick={() => change({ from: undefined, to: undefined })}>{showDate(from)} – {showDate(to)} <span aria-hidden="true">×</span><span class="visually-hidden">, remove</span></button></li>
      )}
      {rows.map(([name, title]) => (
        <li key={name}><button type="button" class="chip" onClick={() => set(name, undefined)}><span class="faint">{title}</span> {text(name, address.query[name]!)} <span aria-hidden="true">×</span><span class="visually-hidden">, remove</span></button></li>
      ))}
    </ul>
  );
}
