/// Cooperation and conflict of an actor, or of two, over time, and the events behind each bar.

import { useMemo } from 'preact/hooks';
import type { Series } from '../lib/api.ts';
import type { Address } from '../lib/address.ts';
import { go, useAnswer, useNames } from '../lib/hooks.ts';
import { periodDays, showPeriod } from '../lib/dates.ts';
import { plural, showSigned } from '../lib/numbers.ts';
import { chosen, Filters } from '../parts/filters.tsx';
import { SeriesChart } from '../parts/series_chart.tsx';
import { Nothing, Waiting, Wrong } from '../parts/states.tsx';
import { Legend } from '../parts/words.tsx';
import { EventTable } from './events.tsx';

const asked = ['one', 'other', 'directed', 'by', 'code', 'quad', 'status', 'sure', 'place', 'near', 'copies'] as const;

export function TimelineView({ address }: { address: Address }) {
  const names = useNames();
  const { query } = address;
  const { data, problem, waiting, again } = useAnswer<Series>('timeline', chosen(address, asked));
  const set = (changes: Record<string, string | undefined>, quiet = false) => go(address.path, { ...query, ...changes }, quiet);
  const totals = useMemo(() => sum(data, query['since'], query['until']), [data, query['since'], query['until']]);
  return (
    <div class="view">
      <header class="view-head">
        <h1>Timeline</h1>
        <Filters address={address} fields={['one', 'other', 'code', 'status', 'sure', 'place']} label="Choose a series" />
      </header>
      <div class="bar">
        <p class="count" role="status">
          {data && plural(totals.events, 'event')}
          {totals.mean !== null && <span class="faint"> mean Goldstein {showSigned(totals.mean)}</span>}
        </p>
        <Legend />
        <div class="tools">
          <div class="choice" role="group" aria-label="Length of a period">
            {(['day', 'week', 'month'] as const).map((by) => (
              <button key={by} type="button" class="button" aria-pressed={(query['by'] ?? 'month') === by} onClick={() => set({ by: by === 'month' ? undefined : by, period: undefined })}>{by}</button>
            ))}
          </div>
          <button type="button" class="button" aria-pressed={query['directed'] === 'true'} disabled={!query['one']} onClick={() => set({ directed: query['directed'] ? undefined : 'true' })}>One way only</button>
        </div>
      </div>
      {problem && <Wrong problem={problem} again={again} />}
      {!data && waiting && <Waiting lines={8} />}
      {data && data.points.length === 0 && !waiting && <Nothing title="No events in this series">An actor is a code such as CHN or USAGOV, or words of a name. Events dated less precisely than the period are left out.</Nothing>}
      {data && data.points.length > 0 && (
        <div class={waiting ? 'stale' : ''}>
          <SeriesChart
            points={data.points} from={query['since']} to={query['until']} period={query['period']}
            onSpan={(since, until) => set({ since, until, period: undefined }, true)}
            onPeriod={(period) => set({ period }, true)}
          />
          {data.vague > 0 && <p class="faint">{plural(data.vague, 'event')} left out, dated less precisely than to the {data.by}.</p>}
        </div>
      )}
      {query['period'] && <Behind address={address} />}
      {!query['period'] && data && data.points.length > 0 && <SeriesTable data={data} since={query['since']} until={query['until']} onPeriod={(period) => set({ period })} />}
      <p class="visually-hidden">{query['one'] && `Series of ${names.actor(query['one'])}`}</p>
    </div>
  );
}

function sum(data: Series | undefined, since: string | undefined, until: string | undefined): { events: number; mean: number | null } {
  const points = (data?.points ?? []).filter((point) => (!since || periodDays(point.period)[1] >= since) && (!until || periodDays(point.period)[0] <= until));
  const events = points.reduce((n, point) => n + point.events, 0);
  return { events, mean: events ? points.reduce((n, point) => n + point.goldstein_sum, 0) / events : null };
}

/// The events of a bar. Those in both directions are asked for separately, as the list knows one.
function Behind({ address }: { address: Address }) {
  const { query } = address;
  const [since, until] = periodDays(query['period']!);
  const common: Record<string, string | undefined> = { ...chosen(address, ['code', 'quad', 'status', 'sure', 'place', 'near']), since, until };
  const { one, other, directed } = query;
  return (
    <section class="behind" aria-label="Events of the period">
      <div class="bar">
        <h2>{showPeriod(query['period']!)}</h2>
        <button type="button" class="link" onClick={() => go(address.path, { ...query, period: undefined })}>Close</button>
      </div>
      {!common['status'] && <p class="faint">Bars count what occurred, goes on or is claimed, each story once; the list also holds what is planned, denied or told by a copy.</p>}
      <div class="behind-table"><EventTable settings={{ ...common, source: one, target: other }} /></div>
      {one && !directed && (
        <>
          <h2 class="behind-title">The other way</h2>
          <div class="behind-table"><EventTable settings={{ ...common, source: other, target: one }} /></div>
        </>
      )}
    </section>
  );
}

function SeriesTable({ data, since, until, onPeriod }: { data: Series; since: string | undefined; until: string | undefined; onPeriod: (period: string) => void }) {
  const rows = data.points.filter((point) => point.events > 0 && (!since || periodDays(point.period)[1] >= since) && (!until || periodDays(point.period)[0] <= until));
  const most = 60;
  return (
    <details class="series-table">
      <summary class="link">As a table</summary>
      <table>
        <thead><tr><th scope="col">Period</th><th scope="col">Events</th><th scope="col">Verbal cooperation</th><th scope="col">Material cooperation</th><th scope="col">Verbal conflict</th><th scope="col">Material conflict</th><th scope="col">Goldstein, mean</th></tr></thead>
        <tbody>
          {rows.slice(-most).map((point) => (
            <tr key={point.period}>
              <th scope="row"><button type="button" class="link" onClick={() => onPeriod(point.period)}>{showPeriod(point.period)}</button></th>
              <td>{point.events}</td><td>{point.verbal_cooperation}</td><td>{point.material_cooperation}</td><td>{point.verbal_conflict}</td><td>{point.material_conflict}</td>
              <td>{point.goldstein_mean === null ? '' : showSigned(point.goldstein_mean)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > most && <p class="faint">The last {most} of {rows.length} periods with events; choose a span above for others.</p>}
    </details>
  );
}
