/// What is marked in the text of a story, with string indices, and what belongs to which block.

import { makeByteIndex, type ByteIndex } from './offsets.ts';
import type { Mark } from './marks.ts';
import type { Attribution, Entity, Event, Mention, Place, StoryRecord, Time } from './record.ts';

export type Value =
  | { kind: 'quote'; attribution: Attribution; speaker: number }
  | { kind: 'cue'; attribution: Attribution; speaker: number }
  | { kind: 'mention'; entity: Entity; mention: Mention }
  | { kind: 'time'; time: Time }
  | { kind: 'place'; place: Place }
  | { kind: 'trigger'; event: Event }
  | { kind: 'evidence'; event: Event };

export interface Annotated {
  record: StoryRecord;
  index: ByteIndex;
  marks: Mark<Value>[];
  speakers: string[];
  entities: Map<string, Entity>;
  attributions: Map<string, Attribution>;
}

/// Speakers get numbers in the order they first speak, so that colours are the same at each view of a story.
export function annotate(record: StoryRecord): Annotated {
  const index = makeByteIndex(record.text);
  const entities = new Map(record.entities.map((entity) => [entity.id, entity]));
  const speakers: string[] = [];
  const marks: Mark<Value>[] = [];
  const add = (start: number, end: number, value: Value) =>
    marks.push({ start: index.indexOf(start), end: index.indexOf(end), value });

  const ordered = [...record.attributions].sort((a, b) => firstByte(a) - firstByte(b));
  for (const attribution of ordered) {
    const name = speakerName(attribution, entities, index);
    let speaker = speakers.indexOf(name);
    if (speaker < 0) speaker = speakers.push(name) - 1;
    for (const [start, end] of attribution.content.spans) add(start, end, { kind: 'quote', attribution, speaker });
    for (const [start, end] of attribution.cue.spans) add(start, end, { kind: 'cue', attribution, speaker });
  }
  for (const entity of record.entities)
    for (const mention of entity.mentions) add(mention.start, mention.end, { kind: 'mention', entity, mention });
  for (const time of record.times) add(time.start, time.end, { kind: 'time', time });
  for (const place of record.places) add(place.start, place.end, { kind: 'place', place });
  for (const event of record.events) {
    for (const span of event.evidence) add(span.start, span.end, { kind: 'evidence', event });
    add(event.trigger[0], event.trigger[1], { kind: 'trigger', event });
  }
  return {
    record, index, marks, speakers, entities,
    attributions: new Map(record.attributions.map((attribution) => [attribution.id, attribution])),
  };
}

function firstByte(attribution: Attribution): number {
  return attribution.content.spans[0]?.[0] ?? 0;
}

export function speakerName(attribution: Attribution, entities: Map<string, Entity>, index: ByteIndex): string {
  const entity = attribution.source.entity ? entities.get(attribution.source.entity) : undefined;
  if (entity) return entity.name;
  return attribution.source.spans.map(([start, end]) => index.slice(start, end)).join(' … ') || 'not named';
}
