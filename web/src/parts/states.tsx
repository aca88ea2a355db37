/// What stands where an answer will be: waiting, nothing found, something wrong.

import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { setToken, type Problem } from '../lib/api.ts';

/// Shown only when it takes long enough to be noticed.
export function Waiting({ lines = 6 }: { lines?: number }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class={`waiting${shown ? ' shown' : ''}`} role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, i) => <div key={i} class={`bone bone-${i % 4}`} />)}
    </div>
  );
}

export function Nothing({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="nothing" role="status">
      <p class="nothing-title">{title}</p>
      {children && <div class="nothing-hint">{children}</div>}
    </div>
  );
}

export function Wrong({ problem, again }: { problem: Problem; again: () => void }) {
  if (problem.status === 401) return <AskToken />;
  return (
    <div class="wrong" role="alert">
      <h1 class="nothing-title">{problem.title}</h1>
      <p class="nothing-hint">{problem.message}</p>
      <button type="button" class="button" onClick={again}>Try again</button>
    </div>
  );
}

function AskToken() {
  const [token, set] = useState('');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setToken(token.trim());
    location.reload();
  };
  return (
    <form class="wrong" onSubmit={submit}>
      <h1 class="nothing-title">This server wants a token</h1>
      <p class="nothing-hint">It is the one that it was started with. It is kept for this tab only.</p>
      <label class="field">
        <span>Token</span>
        <input type="password" autocomplete="off" value={token} onInput={(e) => set(e.currentTarget.value)} />
      </label>
      <button type="submit" class="button primary">Open</button>
    </form>
  );
}
