/// Who does how much to whom, as a graph: the size of a node and the width of a tie are numbers of events, the colour of a
/// tie leans to cooperation or conflict. The slider chooses the months that count.

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from 'd3-force';
import { useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Page, Tie } from '../lib/api.ts';
import { writeAddress, type Address } from '../lib/address.ts';
import { go, KnownContext, useAnswer, useNames, useSettled, useWidth } from '../lib/hooks.ts';
import { dayNumber, isoDay, showDate } from '../lib/dates.ts';
import { plural, showSigned } from '../lib/numbers.ts';
import { chosen, Filters } from '../parts/filters.tsx';
import { Nothing, Waiting, Wrong } from '../parts/states.tsx';

const asked = ['by', 'about', 'code', 'quad', 'status', 'sure', 'place', 'since', 'until'] as const;
const height = 560;

interface Node extends SimulationNodeDatum {
  id: string;
  events: number;
}

interface Link extends SimulationLinkDatum<Node> {
  source: Node;
  target: Node;
  tie: Tie;
}

export function NetworkView({ address }: { address: Address }) {
  const { query } = address;
  const { data, problem, waiting, again } = useAnswer<Page<Tie>>('network', { ...chosen(address, asked), limit: Number(query['ties'] ?? 120) });
  const set = (changes: Record<string, string | undefined>, quiet = false) => go(address.path, { ...query, ...changes }, quiet);
  const [node, setNode] = useState<string | null>(null);
  return (
    <div class="view">
      <header class="view-head">
        <h1>Network</h1>
        <Filters address={address} fields={['about', 'code', 'quad', 'status', 'sure']} label="Choose ties" />
      </header>
      <div class="bar">
        <p class="count" role="status">{data ? `${plural(Math.min(data.items.length, data.total), 'tie')}${data.total > data.items.length ? ` of ${data.total}, the strongest` : ''}` : ''}</p>
        <div class="tools">
          <div class="choice" role="group" aria-label="What is a node">
            {(['country', 'actor', 'name'] as const).map((by) => <button key={by} type="button" class="button" aria-pressed={(query['by'] ?? 'country') === by} onClick={() => set({ by: by === 'country' ? undefined : by })}>{by}</button>)}
          </div>
        </div>
      </div>
      <TimeSlider since={query['since']} until={query['until']} onChange={(since, until) => set({ since, until }, true)} />
      {problem && <Wrong problem={problem} again={again} />}
      {!data && waiting && <Waiting lines={10} />}
      {data && data.items.length === 0 && !waiting && <Nothing title="No ties">Nobody does anything to anybody in this span, as far as the filters go.</Nothing>}
      {data && data.items.length > 0 && (
        <div class={`network${waiting ? ' stale' : ''}`}>
          <Graph ties={data.items} node={node} onNode={setNode} by={query['by'] ?? 'country'} />
          <Ties ties={data.items} node={node} onNode={setNode} address={address} />
        </div>
      )}
    </div>
  );
}

/// Two ends over the months of the archive, and a button that lets the window walk.
function TimeSlider({ since, until, onChange }: { since: string | undefined; until: string | undefined; onChange: (since: string | undefined, until: string | undefined) => void }) {
  const { archive } = useContext(KnownContext);
  const first = dayNumber(archive?.first_published) ?? 0;
  const last = dayNumber(archive?.last_published) ?? 0;
  const [ends, setEnds] = useState<[number, number] | null>(null);
  const [walking, setWalking] = useState(false);
  const now: [number, number] = ends ?? [dayNumber(since) ?? first, dayNumber(until) ?? last];
  const settled = useSettled(ends, 120);
  useEffect(() => setEnds(null), [since, until]);
  useEffect(() => {
    if (!settled) return;
    onChange(settled[0] <= first ? undefined : isoDay(settled[0]), settled[1] >= last ? undefined : isoDay(settled[1]));
  }, [settled]);
  useEffect(() => {
    if (!walking) return;
    const timer = setInterval(() => {
      const width = Math.max(1, now[1] - now[0] >= last - first ? Math.round((last - first) / 6) : now[1] - now[0]);
      const step = Math.max(1, Math.round(width / 4));
      const next: [number, number] = now[1] >= last ? [first, first + width] : [Math.min(now[0] + step, last - width), Math.min(now[1] >= last ? width : now[0] + step + width, last)];
      setEnds(next);
    }, 900);
    return () => clearInterval(timer);
  }, [walking, now[0], now[1], first, last]);
  if (!archive || last <= first) return null;
  const move = (which: 0 | 1, value: number) => setEnds(which === 0 ? [Math.min(value, now[1]), now[1]] : [now[0], Math.max(value, now[0])]);
  const share = (day: number) => ((day - first) / (last - first)) * 100;
  return (
    <div class="slider">
      <button type="button" class="button" aria-pressed={walking} onClick={() => setWalking(!walking)}>{walking ? 'Stop' : 'Play'}</button>
      <div class="slider-track">
        <div class="slider-on" style={{ left: `${share(now[0])}%`, width: `${share(now[1]) - share(now[0])}%` }} />
        <input type="range" min={first} max={last} value={now[0]} aria-label="From" aria-valuetext={showDate(isoDay(now[0]))} onInput={(e) => move(0, Number(e.currentTarget.value))} />
        <input type="range" min={first} max={last} value={now[1]} aria-label="To" aria-valuetext={showDate(isoDay(now[1]))} onInput={(e) => move(1, Number(e.currentTarget.value))} />
      </div>
      <output class="slider-told">{showDate(isoDay(now[0]))} – {showDate(isoDay(now[1]))}</output>
    </div>
  );
}

interface GraphProps {
  ties: readonly Tie[];
  node: string | null;
  onNode: (node: string | null) => void;
  by: string;
}

function Graph({ ties, node, onNode, by }: GraphProps) {
  const names = useNames();
  const [hold, width] = useWidth<HTMLDivElement>();
  const before = useRef(new Map<string, Node>());
  const { nodes, links } = useMemo(() => layOut(ties, width || 800, before.current), [ties, width > 0]);
  const most = Math.max(...nodes.map((n) => n.events));
  const strongest = Math.max(...links.map((link) => link.tie.events));
  const named = useMemo(() => new Set([...nodes].sort((a, b) => b.events - a.events).slice(0, 40).map((n) => n.id)), [nodes]);
  const beside = useMemo(() => new Set(links.filter((link) => link.source.id === node || link.target.id === node).flatMap((link) => [link.source.id, link.target.id])), [links, node]);
  const xs = nodes.map((n) => n.x ?? 0);
  const ys = nodes.map((n) => n.y ?? 0);
  const pad = 46;
  const box = [Math.min(...xs) - pad, Math.min(...ys) - pad, Math.max(...xs) - Math.min(...xs) + 2 * pad, Math.max(...ys) - Math.min(...ys) + 2 * pad];
  const label = (id: string) => (by === 'name' ? id : by === 'country' ? names.country(id) : id);
  const tall = width < 600 ? 420 : height;
  const scale = width > 0 ? Math.max(box[2]! / width, box[3]! / tall) : 1;
  const radius = (n: Node) => (4 + 15 * Math.sqrt(n.events / most)) * Math.min(1.5, scale);
  return (
    <div class="graph" ref={hold}>
      {width > 0 && (
        <svg width={width} height={tall} viewBox={box.join(' ')} role="group" aria-label={`Graph of ${nodes.length} actors; the list beside it says the same`}>
          <g>
            {links.map((link) => (
              <path
                key={`${link.tie.source} ${link.tie.target}`} d={curve(link)}
                class={`tie lean-${lean(link.tie)}${node && link.source.id !== node && link.target.id !== node ? ' dim' : ''}`}
                style={{ strokeWidth: `${(0.6 + 4.2 * (link.tie.events / strongest)) * Math.min(1.4, scale)}px` }}
                data-tip={`${label(link.tie.source)} → ${label(link.tie.target)}\n${plural(link.tie.events, 'event')}, Goldstein ${showSigned(link.tie.goldstein_mean ?? 0)}`}
              />
            ))}
          </g>
          {nodes.map((n) => (
            <g key={n.id} transform={`translate(${n.x},${n.y})`} class={`node${node && n.id !== node && !beside.has(n.id) ? ' dim' : ''}${n.id === node ? ' on' : ''}`}>
              <circle r={radius(n)} tabindex={0} role="button" aria-pressed={n.id === node} aria-label={`${label(n.id)}, ${plural(n.events, 'event')}`}
                onClick={() => onNode(n.id === node ? null : n.id)} onKeyDown={(e) => (e.key === 'Enter' || e.key === ' ') && (e.preventDefault(), onNode(n.id === node ? null : n.id))}
                data-tip={`${by === 'actor' ? names.actor(n.id) : label(n.id)}\n${plural(n.events, 'event')}`} />
              {(named.has(n.id) || beside.has(n.id)) && <text y={radius(n) + 12 * scale} style={{ fontSize: `${11.5 * scale}px` }} text-anchor="middle" aria-hidden="true">{label(n.id)}</text>}
            </g>
          ))}
        </svg>
      )}
      <p class="legend-line"><span><i class="line lean-1" /> cooperation</span> <span><i class="line lean-0" /> mixed</span> <span><i class="line lean--1" /> conflict</span></p>
    </div>
  );
}

/// Places of nodes, computed at once and the same for the same ties; known nodes start where they were.
function layOut(ties: readonly Tie[], width: number, before: Map<string, Node>): { nodes: Node[]; links: Link[] } {
  const nodes = new Map<string, Node>();
  const node = (id: string, events: number): Node => {
    const found = nodes.get(id) ?? { id, events: 0, x: before.get(id)?.x, y: before.get(id)?.y };
    found.events += events;
    nodes.set(id, found);
    return found;
  };
  const links = ties.map((tie): Link => ({ tie, source: node(tie.source, tie.events), target: node(tie.target, tie.events) }));
  const list = [...nodes.values()];
  const most = Math.max(1, ...list.map((n) => n.events));
  forceSimulation(list)
    .force('link', forceLink<Node, Link>(links).distance(80).strength((link) => 0.05 + 0.25 * Math.min(1, link.tie.events / 20)))
    .force('charge', forceManyBody().strength(-260).distanceMax(500))
    .force('x', forceX(0).strength(0.06 * Math.min(1, height / width)))
    .force('y', forceY(0).strength(0.08))
    .force('collide', forceCollide<Node>((n) => 14 + 17 * Math.sqrt(n.events / most)))
    .stop()
    .tick(before.size > 0 ? 50 : 140);
  before.clear();
  for (const n of list) before.set(n.id, n);
  return { nodes: list, links };
}

function curve({ source, target }: Link): string {
  const [x0, y0, x1, y1] = [source.x ?? 0, source.y ?? 0, target.x ?? 0, target.y ?? 0];
  const [dx, dy] = [x1 - x0, y1 - y0];
  return `M${x0.toFixed(1)} ${y0.toFixed(1)}Q${((x0 + x1) / 2 - dy * 0.12).toFixed(1)} ${((y0 + y1) / 2 + dx * 0.12).toFixed(1)} ${x1.toFixed(1)} ${y1.toFixed(1)}`;
}

function lean(tie: Tie): -1 | 0 | 1 {
  const share = (tie.verbal_cooperation + tie.material_cooperation) / Math.max(1, tie.events);
  return share > 0.65 ? 1 : share < 0.35 ? -1 : 0;
}

function Ties({ ties, node, onNode, address }: { ties: readonly Tie[]; node: string | null; onNode: (node: string | null) => void; address: Address }) {
  const names = useNames();
  const by = address.query['by'] ?? 'country';
  const label = (id: string) => (by === 'country' ? names.country(id) : id);
  const shown = ties.filter((tie) => !node || tie.source === node || tie.target === node);
  const carried = chosen(address, ['code', 'quad', 'status', 'sure', 'since', 'until']);
  return (
    <aside class="ties" aria-label="Ties">
      <div class="bar">
        <h2>{node ? label(node) : 'Strongest ties'}</h2>
        {node && <button type="button" class="link" onClick={() => onNode(null)}>All</button>}
      </div>
      {node && (
        <p class="ties-tools">
          {by === 'name' ? <a href={writeAddress(['entity'], { name: node })}>Its page</a> : null}
          <a href={writeAddress(['timeline'], { one: node })}>Its timeline</a>
        </p>
      )}
      <ol>
        {shown.slice(0, 60).map((tie) => (
          <li key={`${tie.source} ${tie.target}`}>
            <a href={writeAddress(['events'], { ...carried, source: tie.source, target: tie.target })}>
              <span class="clip">{label(tie.source)} → {label(tie.target)}</span>
              <Split tie={tie} />
              <span class="number">{tie.events}</span>
            </a>
          </li>
        ))}
      </ol>
    </aside>
  );
}

export function Split({ tie }: { tie: Pick<Tie, 'events' | 'verbal_cooperation' | 'material_cooperation' | 'verbal_conflict' | 'material_conflict'> }) {
  const parts = [tie.verbal_cooperation, tie.material_cooperation, tie.verbal_conflict, tie.material_conflict];
  const order = [2, 1, 3, 4] as const;
  return (
    <span class="split" aria-hidden="true">
      {order.map((quad) => <i key={quad} class={`quad-${quad}`} style={{ width: `${(parts[quad - 1]! / Math.max(1, tie.events)) * 100}%` }} />)}
    </span>
  );
}
