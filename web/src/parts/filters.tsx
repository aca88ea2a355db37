/// Filters of a view as fields, kept in the address. The names are the server's and the command line's.

import { useContext, useEffect, useId, useState } from 'preact/hooks';
import { get, type EntityHead, type Page } from '../lib/api.ts';
import type { Address } from '../lib/address.ts';
import { change, go, KnownContext, useSettled } from '../lib/hooks.ts';
import { quadNames, quads } from './words.tsx';

export type Field = 'source' | 'target' | 'code' | 'quad' | 'status' | 'place' | 'since' | 'until' | 'by' | 'about' | 'one' | 'other' | 'from' | 'to' | 'sure' | 'name' | 'country';

const labels: Record<Field, string> = {
  source: 'Who', target: 'To whom', code: 'What', quad: 'Kind', status: 'Status', place: 'Where', since: 'From', until: 'To',
  by: 'Who said it', about: 'About', one: 'Actor', other: 'With', from: 'From', to: 'To', sure: 'How sure', name: 'Name', country: 'Country',
};

const hints: Partial<Record<Field, string>> = {
  source: 'code or name', target: 'code or name', place: 'name or ISO code', by: 'name', about: 'words', one: 'code or name', other: 'anybody', name: 'or a part of it',
};

export function Filters({ address, fields, label }: { address: Address; fields: readonly Field[]; label: string }) {
  const set = (name: Field, value: string) => change({ [name]: value || undefined, period: undefined });
  const used = fields.filter((name) => address.query[name]);
  return (
    <form class="filters" role="search" aria-label={label} onSubmit={(e) => e.preventDefault()}>
      {fields.map((name) => (
        <FilterField key={name} name={name} value={address.query[name] ?? ''} set={(value) => set(name, value)} />
      ))}
      {used.length > 0 && (
        <button type="button" class="link clear" onClick={() => go(address.path, Object.fromEntries(Object.entries(address.query).filter(([name]) => !fields.includes(name as Field))))}>
          Clear
        </button>
      )}
    </form>
  );
}

function FilterField({ name, value, set }: { name: Field; value: string; set: (value: string) => void }) {
  const { codes } = useContext(KnownContext);
  const body = (() => {
    switch (name) {
      case 'code':
        return (
          <select value={value} onChange={(e) => set(e.currentTarget.value)}>
            <option value="">anything</option>
            {codes?.events.map((row) => <option key={row.code} value={row.code}>{row.code.length > 2 ? '\u2003' : ''}{row.code} {row.name}</option>)}
          </select>
        );
      case 'quad':
        return (
          <select value={value} onChange={(e) => set(e.currentTarget.value)}>
            <option value="">all kinds</option>
            {quads.map((quad) => <option key={quad} value={String(quad)}>{quadNames[quad]}</option>)}
          </select>
        );
      case 'status':
        return (
          <select value={value} onChange={(e) => set(e.currentTarget.value)}>
            <option value="">any</option>
            {codes?.statuses.map((status) => <option key={status} value={status}>{status}</option>)}
          </select>
        );
      case 'sure':
        return <SureField value={value} set={set} />;
      case 'country':
        return (
          <select value={value} onChange={(e) => set(e.currentTarget.value)}>
            <option value="">any</option>
            {Object.entries(codes?.countries ?? {}).sort(([, one], [, other]) => one.localeCompare(other)).map(([code, name]) => <option key={code} value={code}>{name}</option>)}
          </select>
        );
      case 'since': case 'until': case 'from': case 'to':
        return <DayField value={value} set={set} />;
      case 'source': case 'target': case 'one': case 'other': case 'by':
        return <NameField value={value} set={set} hint={hints[name] ?? ''} people={name === 'by'} />;
      default:
        return <Typed value={value} set={set} hint={hints[name] ?? ''} />;
    }
  })();
  return <label class={`field field-${name}`}><span>{labels[name]}</span>{body}</label>;
}

/// Typing asks after a pause, Enter and leaving the field at once.
function Typed({ value, set, hint, list }: { value: string; set: (value: string) => void; hint: string; list?: { id: string; ask: (text: string) => void } }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const settled = useSettled(text, 350);
  useEffect(() => {
    if (settled !== value && settled === text) set(settled.trim());
  }, [settled]);
  return (
    <input
      type="text" value={text} placeholder={hint} list={list?.id} autocomplete="off" spellcheck={false}
      onInput={(e) => { setText(e.currentTarget.value); list?.ask(e.currentTarget.value); }}
      onKeyDown={(e) => e.key === 'Enter' && set(text.trim())}
      onBlur={() => text.trim() !== value && set(text.trim())}
    />
  );
}

function NameField({ value, set, hint, people }: { value: string; set: (value: string) => void; hint: string; people: boolean }) {
  const id = useId();
  const [found, setFound] = useState<EntityHead[]>([]);
  const [asked, setAsked] = useState('');
  const settled = useSettled(asked, 150);
  useEffect(() => {
    if (settled.trim().length < 2) return;
    void get<Page<EntityHead>>('entities', { q: settled.trim(), limit: 8, type: people ? 'person' : undefined }).then((page) => setFound(page.items), () => setFound([]));
  }, [settled]);
  return (
    <>
      <Typed value={value} set={set} hint={hint} list={{ id, ask: setAsked }} />
      <datalist id={id}>{found.map((entity) => <option key={entity.entity} value={entity.name}>{entity.actor ?? entity.type}</option>)}</datalist>
    </>
  );
}

const shares: readonly string[] = ['0.3', '0.5', '0.7', '0.9'];

/// From which confidence on events count. One that the address alone names stands among the others.
function SureField({ value, set }: { value: string; set: (value: string) => void }) {
  const known = value === '' || shares.includes(value) ? shares : [...shares, value].sort((one, other) => Number(one) - Number(other));
  return (
    <select value={value} onChange={(e) => set(e.currentTarget.value)}>
      <option value="">all</option>
      {known.map((share) => <option key={share} value={share}>{showShare(share)} or more</option>)}
    </select>
  );
}

function showShare(share: string): string {
  const number = Number(share);
  return Number.isFinite(number) ? `${Math.round(number * 100)} %` : share;
}

function DayField({ value, set }: { value: string; set: (value: string) => void }) {
  return <input type="date" value={/^\d{4}-\d{2}-\d{2}$/.test(value) ? value : ''} onChange={(e) => set(e.currentTarget.value)} />;
}

/// Only these settings of the address, for a question to the server.
export function chosen(address: Address, names: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries(names.map((name) => [name, address.query[name]]));
}
