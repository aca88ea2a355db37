/// An event as a card: who → what → whom, when, where, how sure; why it is one; and what the reader holds against it.

import { useContext, useState } from 'preact/hooks';
import { send, type Correction, type Explanation } from '../lib/api.ts';
import { KnownContext, useAnswer, useChange, useNames } from '../lib/hooks.ts';
import { showDate } from '../lib/dates.ts';
import type { Event, Side } from '../record/record.ts';
import type { Annotated } from '../record/annotate.ts';
import { speakerName } from '../record/annotate.ts';
import { Actor, EntityLink, QuadDot, quadNames, Status, Sure } from './words.tsx';
import { Why } from './why.tsx';

interface CardProps {
  event: Event;
  annotated: Annotated;
  /// The story's number; none for a story that is not kept: it cannot be corrected or explained.
  story?: number;
  chosen: boolean;
  correction?: Correction;
  onChoose: () => void;
  onChange: () => void;
  onGrow: () => void;
}

export function EventCard(props: CardProps) {
  const { event, annotated, story, chosen, correction } = props;
  const names = useNames();
  const { archive } = useContext(KnownContext);
  const [open, setOpen] = useState<'why' | 'correct' | null>(null);
  const show = (what: 'why' | 'correct') => {
    setOpen(open === what ? null : what);
    requestAnimationFrame(props.onGrow);
  };
  const attribution = event.attributedTo ? annotated.attributions.get(event.attributedTo) : undefined;
  return (
    <article
      class={`card quad-edge-${event.quad}${chosen ? ' chosen' : ''}${correction?.kind === 'notAnEvent' ? ' none' : ''}`}
      id={`event-${event.id}`}
      aria-label={`Event: ${plain(event, annotated, names.event)}`}
      onMouseDown={() => !chosen && props.onChoose()}
    >
      <header class="card-act">
        <QuadDot quad={event.quad} />
        <button type="button" class="act" aria-pressed={chosen} onClick={props.onChoose} title={`${quadNames[event.quad]}${event.goldstein === undefined ? '' : `, Goldstein ${event.goldstein}`}`}>
          {names.event(event.cameo)}
        </button>
        <span class="code" title={[event.plover, event.mode].filter(Boolean).join(': ')}>{event.cameo}</span>
      </header>
      <p class="card-who">
        <Sides sides={event.source} annotated={annotated} none="nobody named" />
        <span class="arrow" aria-label="to">→</span>
        <Sides sides={event.target} annotated={annotated} none="nobody named" />
      </p>
      <p class="card-facts">
        {event.date && <time dateTime={event.date}>{showDate(event.date)}</time>}
        {event.place && <span>{event.place.name}</span>}
        <Status status={event.status} />
        {event.counts?.map((count, i) => <span key={i}>{count.of} {count.least}{count.most === undefined ? '+' : count.most !== count.least ? `–${count.most}` : ''}</span>)}
        {attribution && <span>says {speakerName(attribution, annotated.entities, annotated.index)}</span>}
        <Sure confidence={event.confidence} />
      </p>
      {correction && <Corrected correction={correction} onChange={props.onChange} readOnly={archive?.read_only ?? false} />}
      {story !== undefined && (
        <footer class="card-tools">
          <button type="button" class="link" aria-expanded={open === 'why'} onClick={() => show('why')}>Why?</button>
          {!correction && !archive?.read_only && (
            <button type="button" class="link" aria-expanded={open === 'correct'} onClick={() => show('correct')}>Correct</button>
          )}
        </footer>
      )}
      {open === 'why' && story !== undefined && <Explained story={story} event={event} onGrow={props.onGrow} />}
      {open === 'correct' && story !== undefined && (
        <Correct story={story} event={event} onDone={() => { setOpen(null); props.onChange(); }} />
      )}
    </article>
  );
}

function Sides({ sides, annotated, none }: { sides: Side[]; annotated: Annotated; none: string }) {
  if (sides.length === 0) return <span class="faint">{none}</span>;
  return (
    <span>
      {sides.map((side, i) => {
        const name = nameOf(side, annotated);
        return (
          <span key={i}>
            {i > 0 && ', '}
            {side.entity ? <EntityLink name={name} /> : name} <Actor code={side.actor} />
          </span>
        );
      })}
    </span>
  );
}

function nameOf(side: Side, annotated: Annotated): string {
  const entity = side.entity ? annotated.entities.get(side.entity) : undefined;
  if (entity) return entity.name;
  return side.start !== undefined && side.end !== undefined ? annotated.index.slice(side.start, side.end) : (side.actor ?? 'somebody');
}

function plain(event: Event, annotated: Annotated, code: (cameo: string) => string): string {
  const names = (sides: Side[]) => sides.map((side) => nameOf(side, annotated)).join(', ') || 'nobody named';
  return `${names(event.source)}, ${code(event.cameo)}, ${names(event.target)}`;
}

function Explained({ story, event, onGrow }: { story: number; event: Event; onGrow: () => void }) {
  const { data, problem, waiting } = useAnswer<Explanation>(`stories/${story}/explain`, { fact: event.id });
  if (data) requestAnimationFrame(onGrow);
  if (problem) return <p class="card-note" role="alert">{problem.message}</p>;
  if (waiting || !data) return <p class="card-note" role="status">Reading the story again …</p>;
  return <Why explanation={data} event={event} />;
}

function Corrected({ correction, onChange, readOnly }: { correction: Correction; onChange: () => void; readOnly: boolean }) {
  const { problem, act, busy } = useChange(onChange);
  const names = useNames();
  const undo = () => act(() => send('DELETE', `corrections/${correction.correction}`));
  return (
    <p class="corrected">
      <span>
        {correction.kind === 'code' ? <>Corrected: the program found {names.event(correction.machine)} <span class="code">{correction.machine}</span></> : 'Corrected: no event'}
        {correction.note && <> — {correction.note}</>}
      </span>
      {!readOnly && <button type="button" class="link" disabled={busy} onClick={undo}>Undo</button>}
      {problem && <span role="alert"> {problem.message}</span>}
    </p>
  );
}

function Correct({ story, event, onDone }: { story: number; event: Event; onDone: () => void }) {
  const { codes } = useContext(KnownContext);
  const { problem, act, busy } = useChange(onDone);
  const [code, setCode] = useState('');
  const [note, setNote] = useState('');
  const fact = { story, fact: event.id, ...(note.trim() ? { note: note.trim() } : {}) };
  const submit = (e: SubmitEvent) => {
    e.preventDefault();
    void act(() => send('POST', 'corrections', { ...fact, code }));
  };
  return (
    <form class="correct" onSubmit={submit} aria-label="Correct this event">
      <label class="field">
        <span>It is</span>
        <select value={code} onChange={(e) => setCode(e.currentTarget.value)}>
          <option value="">choose what …</option>
          {codes?.events.map((row) => (
            <option key={row.code} value={row.code}>{row.code} {row.name}</option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Note</span>
        <input value={note} maxLength={2000} placeholder="why" onInput={(e) => setNote(e.currentTarget.value)} />
      </label>
      <div class="buttons">
        <button type="submit" class="button primary" disabled={busy || !code || code === event.cameo}>Change code</button>
        <button type="button" class="button" disabled={busy} onClick={() => void act(() => send('POST', 'corrections', { ...fact, not_an_event: true }))}>Not an event</button>
      </div>
      {problem && <p role="alert" class="card-note">{problem.message}</p>}
    </form>
  );
}
