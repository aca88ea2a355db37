/// Stories about one happening: the largest or newest, and the life of one over the days.

import { useMemo } from 'preact/hooks';
import type { Cluster, ClusterLife } from '../lib/api.ts';
import { writeAddress, type Address } from '../lib/address.ts';
import { change, useAnswer, useRows, useWidth } from '../lib/hooks.ts';
import { dayNumber, isoDay, showDate } from '../lib/dates.ts';
import { plural } from '../lib/numbers.ts';
import { chosen, Filters } from '../parts/filters.tsx';
import { Nothing, Waiting, Wrong } from '../parts/states.tsx';
import { EntityLink } from '../parts/words.tsx';

const asked = ['about', 'from', 'to', 'newest', 'least'] as const;

export function ClustersView({ address }: { address: Address }) {
  return address.path[1] ? <Life number={address.path[1]} /> : <List address={address} />;
}

function List({ address }: { address: Address }) {
  const { rows, total, problem, waiting, more, again } = useRows<Cluster>('clusters', chosen(address, asked), 40);
  const newest = address.query['newest'] === 'true';
  const most = Math.max(1, ...rows.map((row) => row.stories));
  return (
    <div class="view">
      <header class="view-head">
        <h1>Clusters</h1>
        <Filters address={address} fields={['about', 'from', 'to']} label="Filter clusters" />
      </header>
      <div class="bar">
        <p class="count" role="status">{total === undefined ? '' : plural(total, 'happening')}</p>
        <div class="tools"><button type="button" class="button" aria-pressed={newest} onClick={() => change({ newest: newest ? undefined : 'true' })}>Newest first</button></div>
      </div>
      {problem && <Wrong problem={problem} again={again} />}
      {rows.length === 0 && waiting && <Waiting lines={10} />}
      {rows.length === 0 && !waiting && !problem && <Nothing title="No happening told twice">A cluster is two stories or more about the same happening.</Nothing>}
      <ol class={`clusters${waiting ? ' stale' : ''}`}>
        {rows.map((row) => (
          <li key={row.cluster} class="cluster">
            <div class="cluster-size" aria-hidden="true"><i style={{ width: `${(row.stories / most) * 100}%` }} /></div>
            <div>
              <a class="hit-title" href={writeAddress(['clusters', row.cluster])}>{row.title || `Cluster ${row.cluster}`}</a>
              <p class="hit-facts">
                <span><b>{row.stories}</b> stories</span>
                {row.copies > 0 && <span>{plural(row.copies, 'copy', 'copies')}</span>}
                <span>{plural(row.outlets, 'outlet')}</span>
                <span>{row.first_day === row.last_day ? showDate(row.first_day) : `${showDate(row.first_day)} – ${showDate(row.last_day)}`}</span>
              </p>
              <p class="cluster-actors">{row.actors.slice(0, 6).map((actor) => <EntityLink key={actor.name} name={actor.name} />)}</p>
            </div>
          </li>
        ))}
      </ol>
      {more && <p class="more"><button type="button" class="button" onClick={more}>More</button></p>}
    </div>
  );
}

function Life({ number }: { number: string }) {
  const { data, problem, waiting, again } = useAnswer<ClusterLife>(`clusters/${encodeURIComponent(number)}`);
  if (problem) return <div class="view"><Wrong problem={problem} again={again} /></div>;
  if (!data) return <div class="view">{waiting && <Waiting lines={10} />}</div>;
  return (
    <div class="view">
      <header class="view-head">
        <p class="kicker"><a href={writeAddress(['clusters'])}>Clusters</a></p>
        <h1>{data.title || `Cluster ${data.cluster}`}</h1>
        <p class="hit-facts">
          <span>{plural(data.stories, 'story', 'stories')}</span>
          {data.copies > 0 && <span>{plural(data.copies, 'copy', 'copies')}</span>}
          <span>{plural(data.outlets, 'outlet')}</span>
          <span>{data.first_day === data.last_day ? showDate(data.first_day) : `${showDate(data.first_day)} – ${showDate(data.last_day)}`}</span>
        </p>
        <p class="cluster-actors">{data.actors.map((actor) => <EntityLink key={actor.name} name={actor.name}>{actor.name} <span class="faint">{actor.stories}</span></EntityLink>)}</p>
      </header>
      <Lanes life={data} />
      <Days life={data} />
      {data.changes.length > 0 && (
        <section class="changes">
          <h2>How it came together</h2>
          <ul class="plain">
            {data.changes.map((change, i) => (
              <li key={i}>{change.kind === 'merged' ? `Cluster ${change.other} is a part of it since ` : `Cluster ${change.other} left it with `}<a href={writeAddress(['story', change.story])}>story {change.story}</a></li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

const laneHeight = 24;
const mostLanes = 18;

/// Outlets as lanes, stories as dots on their day: rewrites filled, copies hollow with a line to what they copy.
function Lanes({ life }: { life: ClusterLife }) {
  const [hold, width] = useWidth<HTMLDivElement>();
  const drawn = useMemo(() => {
    const lanes = new Map<string, number>();
    const at = new Map<number, { lane: number; day: number; slot: number }>();
    const taken = new Map<string, number>();
    for (const member of life.members) {
      const outlet = member.publisher ?? 'outlet not named';
      if (!lanes.has(outlet)) lanes.set(outlet, lanes.size);
      const lane = Math.min(lanes.get(outlet)!, mostLanes);
      const day = dayNumber(member.published) ?? dayNumber(life.first_day) ?? 0;
      const slot = taken.get(`${lane} ${day}`) ?? 0;
      taken.set(`${lane} ${day}`, slot + 1);
      at.set(member.story, { lane, day, slot });
    }
    const days = [...at.values()].map((place) => place.day);
    return { lanes: [...lanes.keys()], at, first: Math.min(...days), last: Math.max(...days) };
  }, [life]);
  const { at, first, last } = drawn;
  const lanes = drawn.lanes.length > mostLanes ? [...drawn.lanes.slice(0, mostLanes), `${drawn.lanes.length - mostLanes} more outlets`] : drawn.lanes;
  const nameWidth = width < 600 ? 92 : 150;
  const dayWidth = (width - nameWidth - 24) / Math.max(1, last - first + 1);
  const x = (place: { day: number; slot: number }) => nameWidth + 12 + (place.day - first) * dayWidth + Math.min(place.slot * 11, Math.max(0, dayWidth - 12)) + 5;
  const y = (place: { lane: number }) => 10 + place.lane * laneHeight;
  const every = Math.ceil((last - first + 1) / Math.max(1, (width - nameWidth) / 90));
  const height = lanes.length * laneHeight + 34;
  return (
    <div class="lanes" ref={hold}>
      {width > 0 && (
        <svg width={width} height={height} role="group" aria-label="Stories by outlet and day; the list below says the same">
          {Array.from({ length: last - first + 1 }, (_, i) => i).filter((i) => i % every === 0).map((i) => (
            <g key={i}>
              <line class="grid" x1={nameWidth + 12 + i * dayWidth} x2={nameWidth + 12 + i * dayWidth} y1={0} y2={height - 22} />
              <text class="axis-label" x={nameWidth + 14 + i * dayWidth} y={height - 6}>{showDate(isoDay(first + i))}</text>
            </g>
          ))}
          {lanes.map((name, i) => (
            <g key={name}>
              <line class="lane" x1={nameWidth + 8} x2={width} y1={y({ lane: i })} y2={y({ lane: i })} />
              <text class="lane-name" x={nameWidth} y={y({ lane: i }) + 4} text-anchor="end">{name.length > nameWidth / 7 ? `${name.slice(0, Math.floor(nameWidth / 7) - 1)}…` : name}</text>
            </g>
          ))}
          {life.members.map((member) => {
            const from = member.copy_of === undefined ? undefined : at.get(member.copy_of);
            const to = at.get(member.story)!;
            return from && <path key={`c${member.story}`} class="copy-line" d={`M${x(from)} ${y(from)}Q${(x(from) + x(to)) / 2 + 14} ${(y(from) + y(to)) / 2} ${x(to)} ${y(to)}`} />;
          })}
          {life.members.map((member) => {
            const place = at.get(member.story)!;
            const told = `${member.headline || `Story ${member.story}`}\n${[member.publisher, showDate(member.published)].filter(Boolean).join(', ')}${member.copy_of === undefined ? '' : '\na copy'}`;
            return (
              <a key={member.story} href={writeAddress(['story', member.story])} aria-label={told.replaceAll('\n', ', ')} data-tip={told}>
                <circle cx={x(place)} cy={y(place)} r={5} class={member.copy_of === undefined ? 'dot-story' : 'dot-copy'} />
              </a>
            );
          })}
        </svg>
      )}
      <p class="legend-line"><span><i class="key-story" /> written anew</span> <span><i class="key-copy" /> copy of an earlier story</span></p>
    </div>
  );
}

function Days({ life }: { life: ClusterLife }) {
  const days = new Map<string, ClusterLife['members']>();
  for (const member of life.members) {
    const day = member.published?.slice(0, 10) ?? '';
    days.set(day, [...(days.get(day) ?? []), member]);
  }
  return (
    <ol class="days">
      {[...days].map(([day, members]) => (
        <li key={day}>
          <h2>{day ? showDate(day, true) : 'No date'}</h2>
          <ul>
            {members.map((member) => (
              <li key={member.story}>
                <a href={writeAddress(['story', member.story])}>{member.headline || `Story ${member.story}`}</a>
                <span class="faint"> {member.publisher}{member.copy_of !== undefined && <> · copy of <a href={writeAddress(['story', member.copy_of])}>{member.copy_of}</a></>}</span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

