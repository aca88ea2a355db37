/// Paste or drop a story and see it read on the spot. Nothing is kept unless that is asked for.

import { useContext, useRef, useState } from 'preact/hooks';
import { forget, send, type Problem } from '../lib/api.ts';
import { writeAddress, type Address } from '../lib/address.ts';
import { KnownContext } from '../lib/hooks.ts';
import { plural } from '../lib/numbers.ts';
import type { StoryRecord } from '../record/record.ts';
import { Wrong, Waiting } from '../parts/states.tsx';
import { Story } from './story.tsx';

interface Reading {
  items: StoryRecord[];
  problems: string[];
}

interface Kept {
  added: number;
  known: number;
  items: { story: number; id: string }[];
}

export function ReadView({ address }: { address: Address }) {
  const { archive } = useContext(KnownContext);
  const [text, setText] = useState('');
  const [input, setInput] = useState<Blob | string | null>(null);
  const [reading, setReading] = useState<Reading | null>(null);
  const [kept, setKept] = useState<Kept | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const [which, setWhich] = useState(0);
  const [date, setDate] = useState('');
  const file = useRef<HTMLInputElement>(null);
  const settings = { date: date || undefined };

  const read = async (body: Blob | string) => {
    setBusy(true);
    setProblem(null);
    setKept(null);
    setInput(body);
    setWhich(0);
    try {
      setReading(await send<Reading>('POST', 'read', body, settings));
    } catch (error) {
      setReading(null);
      setProblem(error as Problem);
    }
    setBusy(false);
  };
  const keep = async () => {
    if (!input) return;
    setBusy(true);
    try {
      setKept(await send<Kept>('POST', 'stories', input, settings));
      forget();
    } catch (error) {
      setProblem(error as Problem);
    }
    setBusy(false);
  };
  const take = (files: FileList | null | undefined) => {
    const first = files?.[0];
    if (!first) return;
    void first.text().then((content) => setText(content.length < 200_000 ? content : ''));
    void read(first);
  };
  const record = reading?.items[which];
  return (
    <div
      class={`view read${over ? ' over' : ''}`}
      onDragOver={(e) => { e.preventDefault(); setOver(true); }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => { e.preventDefault(); setOver(false); take(e.dataTransfer?.files); }}
    >
      <header class="view-head">
        <h1>Read a story</h1>
        <p class="faint">Paste text, or drop a file: plain text, a web page, a feed, NewsML. It is read on this server and not kept.</p>
      </header>
      <form class={`paste${reading ? ' small' : ''}`} onSubmit={(e) => { e.preventDefault(); if (text.trim()) void read(text); }}>
        <label class="visually-hidden" for="paste-text">Text of the story</label>
        <textarea
          id="paste-text" value={text} placeholder="Paste a story here" spellcheck={false}
          onInput={(e) => setText(e.currentTarget.value)}
          onPaste={(e) => {
            const pasted = e.clipboardData?.getData('text/plain') ?? '';
            if (!text && pasted.length > 200) setTimeout(() => void read(pasted), 0);
          }}
          onKeyDown={(e) => e.key === 'Enter' && (e.ctrlKey || e.metaKey) && text.trim() && void read(text)}
        />
        <div class="bar">
          <div class="tools">
            <button type="submit" class="button primary" disabled={busy || !text.trim()}>{busy ? 'Reading …' : 'Read'}</button>
            <button type="button" class="button" onClick={() => file.current?.click()}>Open a file</button>
            <input type="file" ref={file} hidden onChange={(e) => take(e.currentTarget.files)} aria-label="File to read" />
            <label class="field inline"><span>Published, if it does not say</span><input type="date" value={date} onInput={(e) => setDate(e.currentTarget.value)} /></label>
          </div>
          {reading && !archive?.read_only && !kept && <button type="button" class="button" disabled={busy} onClick={() => void keep()}>Keep it in the archive</button>}
          {kept && <p role="status" class="count">{kept.added > 0 ? `Kept as ` : 'Was there already: '}{kept.items.map((item) => <a key={item.story} href={writeAddress(['story', item.story])}>story {item.story}</a>)}</p>}
        </div>
      </form>
      {problem && <Wrong problem={problem} again={() => input && void read(input)} />}
      {busy && !reading && <Waiting lines={8} />}
      {reading && reading.problems.length > 0 && <p class="notice">{reading.problems.join(' ')}</p>}
      {reading && reading.items.length > 1 && (
        <label class="field inline">
          <span>{plural(reading.items.length, 'story', 'stories')} in it</span>
          <select value={String(which)} onChange={(e) => setWhich(Number(e.currentTarget.value))}>
            {reading.items.map((item, i) => <option key={i} value={String(i)}>{item.article.headline ?? `Story ${i + 1}`}</option>)}
          </select>
        </label>
      )}
      {record && <Story record={record} address={address} />}
    </div>
  );
}
