/// What views share: the address, answers of the server, names of codes, waiting for a pause in typing.

import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { parseAddress, writeAddress, type Address } from './address.ts';
import { get, Problem, type Archive, type Codes, type Page, type Settings } from './api.ts';

export function useAddress(): Address {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = () => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return useMemo(() => parseAddress(hash), [hash]);
}

/// Goes to an address; with `quiet`, in place of the one that is shown (of a slider being moved, say).
export function go(path: readonly (string | number)[], query: Record<string, string | undefined> = {}, quiet = false): void {
  const hash = writeAddress(path, query);
  if (hash === location.hash) return;
  if (quiet) {
    history.replaceState(null, '', hash);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = hash;
  }
}

/// Changes settings of the address as it is now, not as it was when the page was last drawn: of two quick choices, both count.
export function change(settings: Record<string, string | undefined>, quiet = false): void {
  const { path, query } = parseAddress(location.hash);
  go(path, { ...query, ...settings }, quiet);
}

export interface Answer<T> {
  data: T | undefined;
  problem: Problem | undefined;
  /// Asked and not answered; `data` is then the answer to the question before, if any.
  waiting: boolean;
  again: () => void;
}

/// The answer to a question; `path` null asks nothing.
export function useAnswer<T>(path: string | null, settings: Settings = {}): Answer<T> {
  const key = path === null ? null : path + JSON.stringify(settings);
  const [state, setState] = useState<{ key: string | null; data?: T; problem?: Problem }>({ key: null });
  const [round, setRound] = useState(0);
  // Asked before the page is painted, not after it.
  useLayoutEffect(() => {
    if (path === null) {
      setState({ key: null });
      return;
    }
    let current = true;
    get<T>(path, settings).then(
      (data) => current && setState({ key, data }),
      (problem: Problem) => current && setState({ key, problem }),
    );
    return () => {
      current = false;
    };
  }, [key, round]);
  const again = useCallback(() => setRound((n) => n + 1), []);
  return { data: state.data, problem: state.key === key ? state.problem : undefined, waiting: key !== state.key, again };
}

export interface Rows<T> {
  rows: T[];
  total: number | undefined;
  problem: Problem | undefined;
  waiting: boolean;
  more: (() => void) | null;
  again: () => void;
}

/// A list that grows by a page whenever `more` is called, until there is none.
export function useRows<T>(path: string | null, settings: Settings, limit = 100): Rows<T> {
  const key = path === null ? null : path + JSON.stringify(settings);
  const [state, setState] = useState<{ key: string | null; rows: T[]; total?: number; next?: string; problem?: Problem }>({ key: null, rows: [] });
  const [round, setRound] = useState(0);
  const asked = useRef('');
  const ask = useCallback(
    (cursor: string | undefined, before: T[]) => {
      if (path === null) return;
      const mark = `${key}@${cursor ?? ''}@${round}`;
      if (asked.current === mark) return;
      asked.current = mark;
      get<Page<T>>(path, { ...settings, limit, cursor }).then(
        (page) => asked.current === mark && setState({ key, rows: [...before, ...page.items], total: page.total, next: page.next }),
        (problem: Problem) => {
          if (asked.current !== mark) return;
          asked.current = '';
          setState({ key, rows: before, problem });
        },
      );
    },
    [key, round],
  );
  useLayoutEffect(() => {
    if (path === null) setState({ key: null, rows: [] });
    ask(undefined, []);
  }, [ask]);
  const same = state.key === key;
  return {
    rows: state.rows,
    total: state.total,
    problem: same ? state.problem : undefined,
    waiting: !same,
    more: same && state.next ? () => ask(state.next, state.rows) : null,
    again: () => setRound((n) => n + 1),
  };
}

export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

/// Width of an element's content box, followed as it changes; 0 until it is known.
export function useWidth<E extends Element>(): [(element: E | null) => void, number] {
  const [width, setWidth] = useState(0);
  const watcher = useRef<ResizeObserver | null>(null);
  const hold = useCallback((element: E | null) => {
    watcher.current?.disconnect();
    if (!element) return;
    watcher.current = new ResizeObserver(([entry]) => entry && setWidth(Math.round(entry.contentRect.width)));
    watcher.current.observe(element);
    setWidth(Math.round(element.getBoundingClientRect().width));
  }, []);
  return [hold, width];
}

/// For what changes the archive: `act` does it and then calls `onDone`; `problem` is what the server has against it.
export function useChange(onDone: () => void) {
  const [problem, setProblem] = useState<Problem | undefined>();
  const [busy, setBusy] = useState(false);
  const act = async (change: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await change();
      onDone();
    } catch (error) {
      setProblem(error as Problem);
    }
    setBusy(false);
  };
  return { problem, busy, act };
}

export interface Known {
  archive: Archive | undefined;
  codes: Codes | undefined;
}

export const KnownContext = createContext<Known>({ archive: undefined, codes: undefined });

/// Names of codes, as the server tells them: of countries, of CAMEO events and of actors.
export function useNames() {
  const { codes } = useContext(KnownContext);
  return useMemo(() => {
    const events = new Map((codes?.events ?? []).map((row) => [row.code, row.name]));
    const country = (code: string | undefined) => (code && codes?.countries[code]) || code || '';
    const event = (code: string): string => events.get(code) ?? events.get(code.slice(0, 3)) ?? events.get(code.slice(0, 2)) ?? code;
    const actor = (code: string | undefined): string => describeActor(code, country);
    return { country, event, actor };
  }, [codes]);
}

const sectors: Record<string, string> = {
  GOV: 'government', MIL: 'military', REB: 'rebels', OPP: 'opposition', PTY: 'party', COP: 'police', JUD: 'judiciary', SPY: 'intelligence',
  MED: 'media', EDU: 'education', BUS: 'business', CRM: 'crime', CVL: 'civilians', ELI: 'former elite', LAB: 'labour', REF: 'refugees',
  AGR: 'agriculture', ENV: 'environment', HLH: 'health', HRI: 'human rights', LEG: 'parliament', MNC: 'multinational', NGO: 'non-governmental organisation',
  IGO: 'intergovernmental organisation', NGM: 'non-governmental movement', UAF: 'armed group', INS: 'insurgents', SEP: 'separatists', RAD: 'radicals', MOD: 'moderates',
  CHR: 'Christian', MOS: 'Muslim', JEW: 'Jewish', HIN: 'Hindu', BUD: 'Buddhist', UNO: 'United Nations', EEC: 'European Union', NAT: 'NATO', INT: 'international', SET: 'settlers',
};

function describeActor(code: string | undefined, country: (code: string) => string): string {
  if (!code) return '';
  const parts = code.match(/.{1,3}/g) ?? [];
  return parts.map((part, i) => (i === 0 && country(part) !== part ? country(part) : (sectors[part] ?? part))).join(' · ');
}
