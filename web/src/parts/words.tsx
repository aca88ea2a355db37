/// Small pieces that many views share.

import type { ComponentChildren } from 'preact';
import { useNames } from '../lib/hooks.ts';
import { writeAddress } from '../lib/address.ts';
import { showDate } from '../lib/dates.ts';
import type { Quad } from '../record/record.ts';

export const quadNames: Record<Quad, string> = {
  1: 'Verbal cooperation',
  2: 'Material cooperation',
  3: 'Verbal conflict',
  4: 'Material conflict',
};

export const quads: readonly Quad[] = [1, 2, 3, 4];

export function QuadDot({ quad }: { quad: Quad }) {
  return <span class={`dot quad-${quad}`} role="img" aria-label={quadNames[quad]} title={quadNames[quad]} />;
}

export function Day({ iso, long }: { iso: string | undefined; long?: boolean }) {
  return iso ? <time dateTime={iso}>{showDate(iso, long)}</time> : <span class="faint">no date</span>;
}

export function Actor({ code }: { code: string | undefined }) {
  const { actor } = useNames();
  return code ? <abbr class="code" title={actor(code)}>{code}</abbr> : null;
}

export function EntityLink({ name, children }: { name: string; children?: ComponentChildren }) {
  return <a href={writeAddress(['entity'], { name })}>{children ?? name}</a>;
}

export function Status({ status }: { status: string }) {
  return status === 'occurred' ? null : <span class={`status status-${status}`}>{status}</span>;
}

/// How sure, as a short bar with the figure in its name.
export function Sure({ confidence }: { confidence: number }) {
  const filled = Math.max(1, Math.round(confidence * 5));
  const text = `Confidence ${Math.round(confidence * 100)} %`;
  return (
    <span class="sure" role="img" aria-label={text} title={text}>
      {[1, 2, 3, 4, 5].map((i) => <i key={i} class={i <= filled ? 'on' : ''} />)}
    </span>
  );
}

/// `text` with stretches of it marked.
export function Marked({ text, marks }: { text: string; marks: readonly (readonly [number, number])[] }) {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const [start, end] of marks) {
    if (start < at) continue;
    parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  parts.push(text.slice(at));
  return <>{parts}</>;
}

export function Legend() {
  return (
    <ul class="legend" aria-label="Colours">
      {quads.map((quad) => <li key={quad}><span class={`dot quad-${quad}`} aria-hidden="true" />{quadNames[quad]}</li>)}
    </ul>
  );
}
