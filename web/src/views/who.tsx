/// Who is who: people, organisations and groups, each as one over all stories. One shows under which names and in which
/// offices stories tell it over time, every story in which it is seen and why it is taken for the same, and what users
/// hold against that.

import { useContext, useId, useState } from 'preact/hooks';
import { forget, send, type Correction, type Identity, type IdentityLife, type Page, type Sighting } from '../lib/api.ts';
import { writeAddress, type Address } from '../lib/address.ts';
import { change, go, KnownContext, useAnswer, useChange, useNames, useRows } from '../lib/hooks.ts';
import { showDate } from '../lib/dates.ts';
import { namesOf } from '../lib/identity.ts';
import { plural } from '../lib/numbers.ts';
import { chosen, Filters } from '../parts/filters.tsx';
import { Spans } from '../parts/spans.tsx';
import { Nothing, Waiting, Wrong } from '../parts/states.tsx';
import { Sure } from '../parts/words.tsx';

const asked = ['name', 'type', 'country'] as const;
const kinds = ['person', 'organization', 'group'] as const;
const mostRoles = 14;
const mostShown = 60;

const reasons: Record<string, string> = {
  new: 'the first of it', name: 'the same name', fuller: 'a name with a word more or less', initial: 'an initial for a given name', order: 'family name first or last',
  acronym: 'its acronym', cluster: 'named in full by another story of the happening', role: 'the same surname and office', known: 'known to the tables by one name',
  single: 'a name that several share', user: 'a correction says so',
};

export function WhoView({ address }: { address: Address }) {
  return address.path[1] ? <One key={address.path[1]} number={address.path[1]} /> : <List address={address} />;
}

function days(row: { first_day?: string; last_day?: string }): string {
  return row.first_day === row.last_day ? showDate(row.first_day) : `${showDate(row.first_day)} – ${showDate(row.last_day)}`;
}

function List({ address }: { address: Address }) {
  const names = useNames();
  const { rows, total, problem, waiting, more, again } = useRows<Identity>('identities', chosen(address, asked), 60);
  const type = address.query['type'];
  return (
    <div class="view">
      <header class="view-head">
        <h1>Who is who</h1>
        <Filters address={address} fields={['name', 'country']} label="Find somebody" />
      </header>
      <div class="bar">
        <p class="count" role="status">{total === undefined ? '' : plural(total, 'identity', 'identities')}</p>
        <div class="choice" role="group" aria-label="Kind">
          {kinds.map((kind) => <button key={kind} type="button" class="button" aria-pressed={type === kind} onClick={() => change({ type: type === kind ? undefined : kind })}>{kind}</button>)}
        </div>
      </div>
      {problem && <Wrong problem={problem} again={again} />}
      {rows.length === 0 && waiting && <Waiting lines={10} />}
      {rows.length === 0 && !waiting && !problem && <Nothing title="Nobody fits">A part of the name is enough, in any of its forms.</Nothing>}
      <ul class={`identities${waiting ? ' stale' : ''}`}>
        {rows.map((row) => (
          <li key={row.identity}>
            <a class="hit-title" href={writeAddress(['who', row.identity])}>{row.name}</a>
            <p class="hit-facts">
              <span>{[row.type, names.country(row.country)].filter(Boolean).join(', ')}</span>
              <span><b>{row.stories}</b> {row.stories === 1 ? 'story' : 'stories'}</span>
              <span>{days(row)}</span>
              <Sure confidence={row.confidence} />
            </p>
            {row.aliases.length > 0 && <p class="aliases">{row.aliases.join(' · ')}</p>}
          </li>
        ))}
      </ul>
      {more && <p class="more"><button type="button" class="button" onClick={more}>More</button></p>}
    </div>
  );
}

function One({ number }: { number: string }) {
  const names = useNames();
  const { archive } = useContext(KnownContext);
  const { data, problem, again } = useAnswer<IdentityLife>(`identities/${encodeURIComponent(number)}`);
  const held = useAnswer<Page<Correction>>(data?.evidence.some((seen) => seen.correction) ? 'corrections' : null);
  if (problem) return <div class="view"><Wrong problem={problem} again={again} /></div>;
  if (!data) return <div class="view"><Waiting lines={10} /></div>;
  const reload = (gone?: boolean) => {
    forget();
    if (gone) return go(['who'], { name: data.name });
    again();
    held.again();
  };
  const corrections = new Map((held.data?.items ?? []).map((correction) => [correction.correction, correction]));
  return (
    <div class="view entity">
      <header class="view-head">
        <p class="kicker"><a href={writeAddress(['who'])}>Who is who</a></p>
        <h1>{data.name}</h1>
        <p class="hit-facts">
          <span>{[data.type, names.country(data.country)].filter(Boolean).join(', ')}</span>
          <span>{plural(data.stories, 'story', 'stories')}</span>
          <span>{days(data)}</span>
          <Sure confidence={data.confidence} />
          <a href={writeAddress(['quotes'], { by: data.name })}>Quotes</a>
          <a href={writeAddress(['events'], { source: data.name })}>Events</a>
          <a href={writeAddress(['timeline'], { one: data.name })}>Timeline</a>
          <a href={writeAddress(['entity'], { name: data.name })}>Page of the name</a>
        </p>
      </header>
      <div class="entity-grid">
        <section>
          <h2>Seen in</h2>
          <Sightings life={data} corrections={corrections} readOnly={archive?.read_only ?? true} onChange={reload} />
        </section>
        <aside class="entity-side" aria-label="About the identity">
          <Names life={data} />
          {data.roles.length > 0 && (
            <section>
              <h2>Offices over time</h2>
              <Spans first={data.first_day} last={data.last_day} rows={data.roles.slice(0, mostRoles).map((role) => ({ text: [[role.time, role.title].filter(Boolean).join(' '), names.country(role.of)].filter(Boolean).join(', '), first: role.first_day, last: role.last_day, stories: role.stories }))} />
            </section>
          )}
        </aside>
      </div>
    </div>
  );
}

function Names({ life }: { life: IdentityLife }) {
  const rows = namesOf(life.evidence);
  const told = new Set(rows.map((row) => row.text));
  const others = life.aliases.filter((alias) => !told.has(alias));
  return (
    <section>
      <h2>Names over time</h2>
      <Spans first={life.first_day} last={life.last_day} rows={rows} />
      {others.length > 0 && <p class="faint">also {others.join(', ')}</p>}
    </section>
  );
}

interface SightingProps {
  life: IdentityLife;
  corrections: Map<number, Correction>;
  readOnly: boolean;
  /// `gone`: the identity had this one sighting, which is another's now.
  onChange: (gone?: boolean) => void;
}

function Sightings({ life, corrections, readOnly, onChange }: SightingProps) {
  const [shown, setShown] = useState(mostShown);
  return (
    <>
      <ul class="sightings">
        {life.evidence.slice(0, shown).map((seen) => (
          <Seen key={`${seen.story} ${seen.entity}`} seen={seen} identity={life.identity} correction={seen.correction ? corrections.get(seen.correction) : undefined} readOnly={readOnly} onChange={onChange} alone={life.evidence.length === 1} />
        ))}
      </ul>
      {life.evidence.length > shown && <p class="more"><button type="button" class="button" onClick={() => setShown(shown + mostShown)}>More stories</button></p>}
      {life.evidence.length <= shown && life.stories > life.evidence.length && <p class="faint">The latest {life.evidence.length} are shown.</p>}
    </>
  );
}

interface SeenProps extends Pick<SightingProps, 'readOnly' | 'onChange'> {
  seen: Sighting;
  identity: number;
  correction: Correction | undefined;
  alone: boolean;
}

function Seen({ seen, identity, correction, alone, readOnly, onChange }: SeenProps) {
  const [open, setOpen] = useState(false);
  return (
    <li class="sighting">
      <p class="sighting-story">
        <a href={writeAddress(['story', seen.story], { who: seen.entity })}>{seen.headline || `Story ${seen.story}`}</a>
        <span class="faint">{showDate(seen.published)}</span>
      </p>
      <p class="hit-facts">
        <span>as <b>{seen.name}</b></span>
        <span>{reasons[seen.reason] ?? seen.reason}</span>
        <Sure confidence={seen.confidence} />
        {!readOnly && <button type="button" class="link" aria-expanded={open} onClick={() => setOpen(!open)}>Correct</button>}
      </p>
      {seen.correction !== undefined && <Held number={seen.correction} correction={correction} readOnly={readOnly} onChange={() => onChange(alone && correction?.kind === 'anotherEntity')} />}
      {open && <CorrectSeen seen={seen} identity={identity} onDone={() => { setOpen(false); onChange(); }} />}
    </li>
  );
}

function Held({ number, correction, readOnly, onChange }: { number: number; correction: Correction | undefined; readOnly: boolean; onChange: () => void }) {
  const { problem, act, busy } = useChange(onChange);
  const told = correction?.kind === 'sameEntity' ? 'Corrected: the same as another' : 'Corrected: not whom the program took it for';
  return (
    <p class="corrected">
      <span>{told}{correction?.note && <> — {correction.note}</>}</span>
      {!readOnly && <button type="button" class="link" disabled={busy} onClick={() => void act(() => send('DELETE', `corrections/${number}`))}>Undo</button>}
      {problem && <span role="alert"> {problem.message}</span>}
    </p>
  );
}

/// Whom a name typed here may mean, other than the one that is shown.
function useOthers(name: string, identity: number): Identity[] {
  const { data } = useAnswer<Page<Identity>>(name.trim().length < 2 ? null : 'identities', { name: name.trim(), limit: 20 });
  return (data?.items ?? []).filter((other) => other.identity !== identity);
}

function CorrectSeen({ seen, identity, onDone }: { seen: Sighting; identity: number; onDone: () => void }) {
  const { problem, act, busy } = useChange(onDone);
  const names = useNames();
  const id = useId();
  const [note, setNote] = useState('');
  const [name, setName] = useState('');
  const [other, setOther] = useState('');
  const others = useOthers(name, identity);
  const fact = { story: seen.story, fact: seen.entity, ...(note.trim() ? { note: note.trim() } : {}) };
  const submit = (e: SubmitEvent) => {
    e.preventDefault();
    void act(() => send('POST', 'corrections', { ...fact, same_as: Number(other) }));
  };
  return (
    <form class="correct" aria-label={`Correct who ${seen.name} is`} onSubmit={submit}>
      <label class="field"><span>Note</span><input value={note} maxLength={2000} placeholder="why" onInput={(e) => setNote(e.currentTarget.value)} /></label>
      <div class="buttons"><button type="button" class="button" disabled={busy} onClick={() => void act(() => send('POST', 'corrections', { ...fact, another: true }))}>Somebody else in this story</button></div>
      <div class="same-as">
        <label class="field" for={`${id}name`}><span>Is the same as</span><input id={`${id}name`} value={name} placeholder="name" autocomplete="off" spellcheck={false} onInput={(e) => { setName(e.currentTarget.value); setOther(''); }} /></label>
        <label class="field" for={`${id}other`}>
          <span>Which</span>
          <select id={`${id}other`} value={other} disabled={others.length === 0} onChange={(e) => setOther(e.currentTarget.value)}>
            <option value="">{name.trim().length < 2 ? 'type a name' : others.length === 0 ? 'nobody else' : 'choose …'}</option>
            {others.map((row) => <option key={row.identity} value={String(row.identity)}>{[row.name, row.type, names.country(row.country), plural(row.stories, 'story', 'stories')].filter(Boolean).join(', ')}</option>)}
          </select>
        </label>
        <button type="submit" class="button primary" disabled={busy || !other}>Unite</button>
      </div>
      {problem && <p role="alert" class="card-note">{problem.message}</p>}
    </form>
  );
}
