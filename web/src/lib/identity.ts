/// What the sightings of an identity tell.

import type { Sighting } from './api.ts';

export interface NameSpan {
  text: string;
  first: string | undefined;
  last: string | undefined;
  stories: number;
}

/// Each name with the days between which stories tell it, those told most first.
export function namesOf(sightings: readonly Pick<Sighting, 'name' | 'published' | 'story'>[]): NameSpan[] {
  const spans = new Map<string, NameSpan & { seen: Set<number> }>();
  for (const { name, published, story } of sightings) {
    const day = published?.slice(0, 10);
    const span = spans.get(name) ?? { text: name, first: day, last: day, stories: 0, seen: new Set<number>() };
    if (day && (!span.first || day < span.first)) span.first = day;
    if (day && (!span.last || day > span.last)) span.last = day;
    span.stories = span.seen.add(story).size;
    spans.set(name, span);
  }
  return [...spans.values()].map(({ seen: _, ...span }) => span).sort((one, other) => other.stories - one.stories || one.text.localeCompare(other.text));
}
