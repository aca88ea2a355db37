/// Why a sentence is read as an event: the rules that were tried at its words and what became of each.

import { makeByteIndex } from '../record/offsets.ts';
import type { Event } from '../record/record.ts';
import type { Candidate, Explanation } from '../lib/api.ts';
import { useNames } from '../lib/hooks.ts';

const verdicts: Record<Candidate['verdict'], [string, string]> = {
  accepted: ['✓', 'an event'],
  rejected: ['✗', 'fits, but is none'],
  refused: ['·', 'does not fit'],
};
const shownOthers = 6;

export function Why({ explanation, event }: { explanation: Explanation; event: Event }) {
  const names = useNames();
  const record = explanation.items[0];
  if (!record) return <p class="card-note">The story could not be read again.</p>;
  const index = makeByteIndex(record.text);
  const candidates = record.candidates ?? [];
  const near = (candidate: Candidate) => (candidate.trigger[0] === event.trigger[0] && candidate.trigger[1] === event.trigger[1] ? 0 : 1);
  const worth = { accepted: 0, rejected: 1, refused: 2 };
  const ordered = [...candidates].sort((a, b) => worth[a.verdict] - worth[b.verdict] || near(a) - near(b));
  const shown = ordered.filter((candidate, i) => candidate.verdict !== 'refused' || i < shownOthers);
  return (
    <div class="why">
      <p class="card-note">
        Rule <code>{event.rule ?? 'not told'}</code>
        {event.dateFrom && <>, date from the {event.dateFrom}</>}
        {event.placeFrom && <>, place from the {event.placeFrom}</>}.
      </p>
      <ul class="tried">
        {shown.map((candidate, i) => (
          <li key={i} class={candidate.verdict}>
            <span aria-hidden="true">{verdicts[candidate.verdict][0]}</span>
            <span>
              <b>{index.slice(candidate.trigger[0], candidate.trigger[1])}</b> {names.event(candidate.cameo)} <span class="code">{candidate.rule}</span>
              <span class="faint"> {verdicts[candidate.verdict][1]}{candidate.reason ? ` (${candidate.reason}${candidate.detail ? `: ${candidate.detail}` : ''})` : ''}</span>
              {candidate.verdict === 'accepted' && candidate.features && near(candidate) === 0 && <Features features={candidate.features} />}
            </span>
          </li>
        ))}
      </ul>
      {candidates.length > shown.length && <p class="card-note faint">{candidates.length - shown.length} more rules did not fit.</p>}
      {candidates.length === 0 && <p class="card-note faint">No rule was tried here: the sentence is a mention of the event told elsewhere.</p>}
    </div>
  );
}

function Features({ features }: { features: string[] | string }) {
  const list = typeof features === 'string' ? features.split(/[\s,]+/) : features;
  return <span class="features">{list.map((feature) => <code key={feature}>{feature}</code>)}</span>;
}
