/// The text of a story with its marks: quotes tinted by speaker, actors underlined, times and places dotted,
/// the words that tell an event in bold. Every word of the story is a text node.

import type { ComponentChildren } from 'preact';
import { memo } from 'preact/compat';
import { useMemo } from 'preact/hooks';
import { cutIntoPieces, type Mark, type Piece } from '../record/marks.ts';
import type { Annotated, Value } from '../record/annotate.ts';
import { writeAddress } from '../lib/address.ts';
import { showDate, showTimex } from '../lib/dates.ts';
import { useNames } from '../lib/hooks.ts';

const tints = 8;

export interface Focus {
  event?: string;
  quote?: string;
  entity?: string;
}

interface BlockTextProps {
  annotated: Annotated;
  start: number;
  end: number;
  focus: Focus;
  onEvent: (id: string) => void;
}

export const BlockText = memo(function BlockText({ annotated, start, end, focus, onEvent }: BlockTextProps) {
  const pieces = useMemo(() => cutIntoPieces(start, end, annotated.marks), [annotated, start, end]);
  return (
    <>
      {pieces.map((piece) => (
        <PieceText key={piece.start} piece={piece} annotated={annotated} focus={focus} onEvent={onEvent} />
      ))}
    </>
  );
});

function PieceText({ piece, annotated, focus, onEvent }: { piece: Piece<Value>; annotated: Annotated; focus: Focus; onEvent: (id: string) => void }) {
  const text = annotated.record.text.slice(piece.start, piece.end);
  if (piece.marks.length === 0) return <>{text}</>;
  const classes = classesOf(piece, focus);
  const body = wrap(piece, text, onEvent);
  return classes ? <span class={classes}>{body}</span> : <>{body}</>;
}

/// Quotes, evidence and triggers colour the piece; of nested quotes the innermost gives the tint.
function classesOf(piece: Piece<Value>, focus: Focus): string {
  const classes: string[] = [];
  let quotes = 0;
  let tint = -1;
  for (const { value } of piece.marks) {
    if (value.kind === 'quote') {
      ++quotes;
      tint = value.speaker % tints;
      if (focus.quote === value.attribution.id) classes.push('focus-quote');
    }
    if (value.kind === 'cue') classes.push('cue');
    if (value.kind === 'trigger') classes.push('trigger', `quad-ink-${value.event.quad}`);
    if (value.kind === 'evidence' && focus.event === value.event.id) classes.push('focus-event');
    if (value.kind === 'mention' && focus.entity === value.entity.id) classes.push('focus-entity');
  }
  if (tint >= 0) classes.push('quoted', `tint-${tint}`);
  if (quotes > 1) classes.push('nested');
  return [...new Set(classes)].join(' ');
}

/// What a piece is a part of, as elements: a link to the entity, a time with its date, a place.
function wrap(piece: Piece<Value>, text: string, onEvent: (id: string) => void): ComponentChildren {
  let body: ComponentChildren = text;
  const inner = [...piece.marks].reverse();
  const mention = inner.find((mark) => mark.value.kind === 'mention');
  const place = inner.find((mark) => mark.value.kind === 'place');
  const time = inner.find((mark) => mark.value.kind === 'time');
  const trigger = inner.find((mark) => mark.value.kind === 'trigger');
  if (time && time.value.kind === 'time') {
    const { value, firstDay, lastDay, type } = time.value.time;
    const days = firstDay ? (firstDay === lastDay ? showDate(firstDay, true) : `${showDate(firstDay)} – ${showDate(lastDay)}`) : showTimex(value);
    body = <time class="time" dateTime={/^\d{4}/.test(value) ? value : undefined} data-tip={`${days}\n${type.toLowerCase()} ${value}`}>{body}</time>;
  }
  if (mention) body = <MentionLink mark={mention} piece={piece} place={place}>{body}</MentionLink>;
  else if (place && place.value.kind === 'place') {
    const { name, country, admin1, precision } = place.value.place;
    body = <span class="place" data-tip={[name, admin1, country].filter(Boolean).join(', ') + (precision ? `\nplace, known to the ${precision}` : '')}>{body}</span>;
  }
  if (trigger && trigger.value.kind === 'trigger') {
    const { event } = trigger.value;
    if (!mention) body = <a class="to-event" href={`#event-${event.id}`} aria-label={`${text}: event ${event.id}`} onClick={(e) => { e.preventDefault(); onEvent(event.id); }}>{body}</a>;
  }
  return body;
}

function MentionLink({ mark, piece, place, children }: { mark: Mark<Value>; piece: Piece<Value>; place: Mark<Value> | undefined; children: ComponentChildren }) {
  const names = useNames();
  if (mark.value.kind !== 'mention') return <>{children}</>;
  const { entity, mention } = mark.value;
  const role = entity.roles[0];
  const lines = [
    entity.name,
    role ? `${role.time ? `${role.time} ` : ''}${role.title}${role.of ? `, ${names.country(role.of)}` : ''}` : entity.type,
    entity.actor ? `${entity.actor}  ${names.actor(entity.actor)}` : '',
    place?.value.kind === 'place' && !place.value.place.literal ? 'stands for who sits there' : '',
  ];
  const first = piece.start === mark.start;
  return (
    <a
      class={`mention mention-${mention.kind}${entity.actor ? ' coded' : ''}`}
      href={writeAddress(['entity'], { name: entity.name, type: entity.type })}
      data-tip={lines.filter(Boolean).join('\n')}
      data-entity={entity.id}
      tabIndex={first && mention.kind === 'name' ? undefined : -1}
    >
      {children}
    </a>
  );
}
