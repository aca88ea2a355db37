/// Who said what.

import { type QuoteItem } from '../lib/api.ts';
import { writeAddress, type Address } from '../lib/address.ts';
import { change, useNames, useRows } from '../lib/hooks.ts';
import { plural } from '../lib/numbers.ts';
import { chosen, Filters } from '../parts/filters.tsx';
import { Nothing, Waiting, Wrong } from '../parts/states.tsx';
import { Actor, Day, EntityLink } from '../parts/words.tsx';
import { TakeAlong } from './events.tsx';

const fields = ['by', 'about', 'since', 'until'] as const;
const exported = ['story', 'headline', 'published', 'speaker', 'role', 'country', 'actor', 'kind', 'cue', 'quote', 'date'];

export function QuotesView({ address }: { address: Address }) {
  const newest = address.query['newest'] !== 'false';
  const settings = { ...chosen(address, fields), newest: newest ? 'true' : undefined };
  const { rows, total, problem, waiting, more, again } = useRows<QuoteItem>('quotes', settings, 50);
  return (
    <div class="view">
      <header class="view-head">
        <h1>Quotes</h1>
        <Filters address={address} fields={fields} label="Filter quotes" />
      </header>
      <div class="bar">
        <p class="count" role="status">{total === undefined ? '' : plural(total, 'quote')}</p>
        <div class="tools">
          <button type="button" class="button" aria-pressed={newest} onClick={() => change({ newest: newest ? 'false' : undefined })}>Newest first</button>
          <TakeAlong settings={settings} columns={exported} what="quotes" />
        </div>
      </div>
      {problem && <Wrong problem={problem} again={again} />}
      {rows.length === 0 && waiting && <Waiting lines={10} />}
      {rows.length === 0 && !waiting && !problem && <Nothing title="No quote">Nobody in the archive is quoted so. Words in “About” must all stand in the quote.</Nothing>}
      <ol class={`quotes${waiting ? ' stale' : ''}`}>
        {rows.map((item) => <QuoteRow key={`${item.number}-${item.attribution.id}`} item={item} />)}
      </ol>
      {more && <p class="more"><button type="button" class="button" onClick={more}>More quotes</button></p>}
    </div>
  );
}

export function QuoteRow({ item, withSpeaker = true }: { item: QuoteItem; withSpeaker?: boolean }) {
  const names = useNames();
  return (
    <li class="quote-row">
      {withSpeaker && (
        <p class="quote-who">
          {item.speaker ? <EntityLink name={item.speaker} /> : <span class="faint">not named</span>}
          <Actor code={item.actor} />
          {item.role && <span class="faint">{item.role}{item.country ? `, ${names.country(item.country)}` : ''}</span>}
        </p>
      )}
      <blockquote class={`said said-${item.kind}`}>
        <p>{item.quote}</p>
        <footer>
          <a href={writeAddress(['story', item.number], { quote: item.attribution.id })}>{item.headline || `Story ${item.number}`}</a>
          <Day iso={item.published} />
          {item.cue && <span class="faint">{item.kind}, “{item.cue}”</span>}
        </footer>
      </blockquote>
    </li>
  );
}
