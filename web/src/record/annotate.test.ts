import { expect, test } from 'vitest';
import { annotate } from './annotate.ts';
import type { StoryRecord } from './record.ts';

const text = 'Ana Póvoa said “yes”. Later Póvoa left.';
const at = (words: string, from = 0): [number, number] => {
  const start = Buffer.byteLength(text.slice(0, text.indexOf(words, from)));
  return [start, start + Buffer.byteLength(words)];
};
const span = (words: string, from = 0) => ({ start: at(words, from)[0], end: at(words, from)[1] });

const record: StoryRecord = {
  dateline: 1, id: '0', source: { id: null, path: null, url: null, format: 'text', encoding: 'utf-8' }, article: {}, text,
  blocks: [{ kind: 'paragraph', start: 0, end: Buffer.byteLength(text) }], sentences: [],
  entities: [{ id: 'e1', type: 'person', name: 'Ana Póvoa', roles: [], mentions: [{ ...span('Ana Póvoa'), kind: 'name' }, { ...span('Póvoa', 15), kind: 'name' }] }],
  times: [{ ...span('Later'), type: 'DATE', value: 'FUTURE_REF', mod: null }], places: [],
  attributions: [
    { id: 'a2', kind: 'indirect', source: { spans: [at('Later')] }, cue: { spans: [] }, content: { spans: [at('left')] }, confidence: 0.5 },
    { id: 'a1', kind: 'direct', source: { spans: [at('Ana Póvoa')], entity: 'e1' }, cue: { spans: [at('said')] }, content: { spans: [at('“yes”')] }, confidence: 0.9 },
  ],
  events: [],
};

test('marks stand where the bytes of the record point', () => {
  const { marks } = annotate(record);
  expect(marks.map(({ start, end, value }) => `${value.kind}:${text.slice(start, end)}`)).toEqual(['quote:“yes”', 'cue:said', 'quote:left', 'mention:Ana Póvoa', 'mention:Póvoa', 'time:Later']);
});

test('speakers are numbered as they first speak; one without a name goes by the words of the text', () => {
  expect(annotate(record).speakers).toEqual(['Ana Póvoa', 'Later']);
});
