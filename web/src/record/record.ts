/// The story record (docs/formats/story-record.md) as far as the page reads it. Spans count bytes of `text`.

export interface Span {
  start: number;
  end: number;
}

export interface Mention extends Span {
  kind: 'name' | 'nominal' | 'pronoun';
}

export interface Role extends Partial<Span> {
  title: string;
  of?: string;
  time?: string;
}

export interface Entity {
  id: string;
  type: string;
  name: string;
  country?: string;
  actor?: string;
  roles: Role[];
  mentions: Mention[];
}

export interface Time extends Span {
  type: 'DATE' | 'TIME' | 'DURATION' | 'SET';
  value: string;
  mod: string | null;
  firstDay?: string;
  lastDay?: string;
}

export interface Place extends Span {
  name: string;
  country?: string;
  admin1?: string;
  lat?: number;
  lon?: number;
  precision?: string;
  literal: boolean;
}

export type Pair = [number, number];

export interface Attribution {
  id: string;
  kind: 'direct' | 'indirect' | 'mixed';
  source: { spans: Pair[]; entity?: string };
  cue: { spans: Pair[]; lemma?: string };
  content: { spans: Pair[] };
  confidence: number;
}

export interface Side extends Partial<Span> {
  entity?: string;
  actor?: string;
  country?: string;
}

export interface Event {
  id: string;
  cameo: string;
  plover?: string;
  mode?: string;
  quad: Quad;
  goldstein?: number;
  trigger: Pair;
  evidence: Span[];
  source: Side[];
  target: Side[];
  date?: string;
  dateFrom?: string;
  place?: { name: string; country?: string; lat?: number; lon?: number };
  placeFrom?: string;
  counts?: ({ of: string; least?: number; most?: number; unit?: string } & Span)[];
  means?: { kind: string } & Span;
  status: string;
  attributedTo: string | null;
  confidence: number;
  rule?: string;
}

export type Quad = 1 | 2 | 3 | 4;

export interface Block extends Span {
  kind: string;
  speaker?: string;
}

export interface Article {
  headline?: string;
  alternativeHeadline?: string;
  description?: string;
  author?: string[];
  contributor?: string[];
  editor?: string[];
  datePublished?: string;
  dateModified?: string;
  dateText?: string;
  dateline?: string;
  locationCreated?: string;
  articleSection?: string;
  keywords?: string[];
  publisher?: string;
  sourceOrganization?: string[];
  correction?: string;
  creativeWorkStatus?: string;
  url?: string;
  inLanguage?: string;
  wordCount?: number;
  relatedLink?: ({ label?: string; headline?: string; url?: string } & Span)[];
  image?: { caption?: string; creditText?: string }[];
}

export interface StoryRecord {
  dateline: 1;
  id: string;
  source: { id: string | null; path: string | null; url: string | null; format: string; encoding: string };
  article: Article;
  text: string;
  blocks: Block[];
  sentences: (Span & { block: number })[];
  entities: Entity[];
  times: Time[];
  places: Place[];
  attributions: Attribution[];
  events: Event[];
}
