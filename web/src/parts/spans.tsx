/// What was so from when to when, as bars under each other.

import type { ComponentChildren } from 'preact';
import { dayNumber, showDate } from '../lib/dates.ts';
import { plural, showCount } from '../lib/numbers.ts';

export interface Span {
  /// In words, for the tip.
  text: string;
  shown?: ComponentChildren;
  first: string | undefined;
  last: string | undefined;
  stories: number;
}

/// `first` and `last` are the days at both ends of the bars.
export function Spans({ rows, first, last }: { rows: readonly Span[]; first: string | undefined; last: string | undefined }) {
  const begin = dayNumber(first) ?? 0;
  const end = Math.max(begin + 1, dayNumber(last) ?? 0);
  return (
    <ul class="roles">
      {rows.map((row, i) => {
        const from = dayNumber(row.first) ?? begin;
        const to = dayNumber(row.last) ?? end;
        return (
          <li key={i} data-tip={`${row.text}\n${showDate(row.first)} – ${showDate(row.last)}, ${plural(row.stories, 'story', 'stories')}`}>
            <span class="clip">{row.shown ?? row.text}</span>
            <span class="role-line" aria-hidden="true"><i style={{ left: `${((from - begin) / (end - begin)) * 100}%`, width: `${Math.max(2, ((to - from) / (end - begin)) * 100)}%` }} /></span>
            <span class="number">{showCount(row.stories)}</span>
          </li>
        );
      })}
    </ul>
  );
}
