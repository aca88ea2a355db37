/// Events of a series as bars: cooperation above the line, conflict below, with the span to look at chosen underneath.
///
/// Drag in the small chart to choose a span, or move its ends with the arrow keys; click a bar for its events.

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Point } from '../lib/api.ts';
import { periodDays, showPeriod } from '../lib/dates.ts';
import { plural, showSigned } from '../lib/numbers.ts';
import { extent, stack, ticks, type Bar } from '../lib/scale.ts';
import { useWidth } from '../lib/hooks.ts';
import { quadNames, quads } from './words.tsx';
import type { Quad } from '../record/record.ts';

const height = 300;
const brushHeight = 54;
const left = 40;
const bottom = 22;

interface SeriesChartProps {
  points: readonly Point[];
  from: string | undefined;
  to: string | undefined;
  period: string | undefined;
  onSpan: (from: string | undefined, to: string | undefined) => void;
  onPeriod: (period: string | undefined) => void;
}

const barOf = (point: Point): Bar => ({
  period: point.period,
  counts: [point.verbal_cooperation, point.material_cooperation, point.verbal_conflict, point.material_conflict],
});

export function SeriesChart({ points, from, to, period, onSpan, onPeriod }: SeriesChartProps) {
  const [hold, width] = useWidth<HTMLDivElement>();
  const bars = useMemo(() => points.map(barOf), [points]);
  const span = useMemo(() => spanOf(points, from, to), [points, from, to]);
  const choose = (first: number, last: number) => {
    if (first <= 0 && last >= points.length - 1) return onSpan(undefined, undefined);
    onSpan(periodDays(points[first]!.period)[0], periodDays(points[last]!.period)[1]);
  };
  return (
    <div class="series" ref={hold}>
      {width > 0 && points.length > 0 && (
        <>
          <Bars points={points} bars={bars} first={span[0]} last={span[1]} width={width} period={period} onPeriod={onPeriod} />
          {points.length > 1 && <Brush bars={bars} first={span[0]} last={span[1]} width={width} points={points} onChoose={choose} />}
        </>
      )}
    </div>
  );
}

function spanOf(points: readonly Point[], from: string | undefined, to: string | undefined): [number, number] {
  const first = from ? points.findIndex((point) => periodDays(point.period)[1] >= from) : 0;
  let last = points.length - 1;
  if (to) while (last > 0 && periodDays(points[last]!.period)[0] > to) --last;
  return [Math.max(0, Math.min(first < 0 ? 0 : first, last)), last];
}

interface BarsProps {
  points: readonly Point[];
  bars: readonly Bar[];
  first: number;
  last: number;
  width: number;
  period: string | undefined;
  onPeriod: (period: string | undefined) => void;
}

function Bars({ points, bars, first, last, width, period, onPeriod }: BarsProps) {
  const [at, setAt] = useState<number | null>(null);
  const shown = bars.slice(first, last + 1);
  const { up, down } = extent(shown);
  const up_ticks = ticks(up, 3);
  const down_ticks = ticks(down, 3);
  const top = up_ticks.at(-1)!;
  const low = down > 0 ? down_ticks.at(-1)! : 0;
  const plot = height - bottom - 8;
  const y = (value: number) => 8 + (plot * (top - value)) / (top + low);
  const step = (width - left) / shown.length;
  const gap = step > 6 ? Math.min(3, step * 0.18) : step > 2.5 ? 0.6 : 0;
  const paths = useMemo(() => pathsOf(shown, (i) => left + i * step + gap / 2, Math.max(0.5, step - gap), y), [bars, first, last, width]);
  const indexOf = (e: PointerEvent | MouseEvent) => {
    const box = (e.currentTarget as Element).getBoundingClientRect();
    return Math.min(shown.length - 1, Math.max(0, Math.floor((e.clientX - box.left - left) / step)));
  };
  const pick = (i: number) => {
    const point = points[first + i];
    onPeriod(point && point.period !== period ? point.period : undefined);
  };
  const keys = (e: KeyboardEvent) => {
    const now = at ?? points.slice(first, last + 1).findIndex((point) => point.period === period);
    const next = e.key === 'ArrowRight' ? now + 1 : e.key === 'ArrowLeft' ? now - 1 : null;
    if (next !== null) {
      e.preventDefault();
      setAt(Math.min(shown.length - 1, Math.max(0, next)));
    } else if ((e.key === 'Enter' || e.key === ' ') && at !== null) {
      e.preventDefault();
      pick(at);
    }
  };
  const point = at === null ? undefined : points[first + at];
  const marked = points.slice(first, last + 1).findIndex((p) => p.period === period);
  return (
    <div class="bars">
      <svg
        width={width} height={height} tabindex={0} role="application" aria-roledescription="bar chart"
        aria-label={`Events over time, ${plural(shown.length, 'period')} from ${showPeriod(shown[0]!.period)} to ${showPeriod(shown.at(-1)!.period)}. Arrow keys move, Enter shows the events.`}
        onPointerMove={(e) => setAt(indexOf(e))} onPointerLeave={() => setAt(null)} onClick={(e) => pick(indexOf(e))} onKeyDown={keys}
      >
        {[...up_ticks.map((v) => [v, v]), ...(low ? down_ticks.slice(1).map((v) => [-v, v]) : [])].map(([value, label]) => (
          <g key={value}>
            <line x1={left} x2={width} y1={y(value!)} y2={y(value!)} class={value === 0 ? 'axis' : 'grid'} />
            <text x={left - 8} y={y(value!) + 4} class="axis-label" text-anchor="end">{label}</text>
          </g>
        ))}
        {marked >= 0 && <rect class="bar-on" x={left + marked * step} width={Math.max(2, step)} y={4} height={plot + 8} />}
        {at !== null && <rect class="bar-at" x={left + at * step} width={Math.max(2, step)} y={4} height={plot + 8} />}
        {quads.map((quad) => <path key={quad} class={`fill-${quad}`} d={paths[quad]} />)}
        <Labels periods={shown.map((bar) => bar.period)} width={width - left} offset={left} y={height - 6} />
      </svg>
      <p class="series-told" aria-live="polite">
        {point ? (
          <>
            <b>{showPeriod(point.period)}</b> {plural(point.events, 'event')}
            {quads.filter((quad) => barOf(point).counts[quad - 1]).map((quad) => <span key={quad}><span class={`dot quad-${quad}`} aria-hidden="true" /> {barOf(point).counts[quad - 1]} {quadNames[quad].toLowerCase()}</span>)}
            {point.goldstein_mean !== null && <span>Goldstein {showSigned(point.goldstein_mean)}</span>}
          </>
        ) : <span class="faint">Point at a bar to read it, click it for its events, drag below to zoom.</span>}
      </p>
    </div>
  );
}

function pathsOf(bars: readonly Bar[], x: (i: number) => number, width: number, y: (value: number) => number): Record<Quad, string> {
  const paths: Record<Quad, string> = { 1: '', 2: '', 3: '', 4: '' };
  bars.forEach((bar, i) => {
    for (const { quad, from, to } of stack(bar)) {
      if (from === to) continue;
      const high = Math.min(y(from), y(to));
      paths[quad] += `M${x(i).toFixed(1)} ${high.toFixed(1)}h${width.toFixed(1)}v${Math.abs(y(from) - y(to)).toFixed(1)}h-${width.toFixed(1)}z`;
    }
  });
  return paths;
}

function Labels({ periods, width, offset, y }: { periods: readonly string[]; width: number; offset: number; y: number }) {
  const most = Math.max(1, Math.floor(width / 96));
  const every = Math.ceil(periods.length / most);
  const step = width / periods.length;
  return (
    <>
      {periods.map((period, i) => i % every === 0 && (i + every / 2 < periods.length || i === 0) && (
        <text key={period} x={offset + i * step} y={y} class="axis-label">{showPeriod(period).split(' – ')[0]}</text>
      ))}
    </>
  );
}

interface BrushProps {
  bars: readonly Bar[];
  points: readonly Point[];
  first: number;
  last: number;
  width: number;
  onChoose: (first: number, last: number) => void;
}

function Brush({ bars, points, first, last, width, onChoose }: BrushProps) {
  const [drag, setDrag] = useState<{ kind: 'new' | 'move' | 'first' | 'last'; from: number; first: number; last: number } | null>(null);
  const [live, setLive] = useState<[number, number]>([first, last]);
  useEffect(() => setLive([first, last]), [first, last]);
  const svg = useRef<SVGSVGElement>(null);
  const inner = width - left;
  const step = inner / bars.length;
  const { up, down } = extent(bars);
  const y = (value: number) => 4 + ((brushHeight - 8) * (up - value)) / Math.max(1, up + down);
  const paths = useMemo(() => pathsOf(bars, (i) => left + i * step, Math.max(0.5, step - (step > 4 ? 1 : 0)), y), [bars, width]);
  const indexAt = (e: PointerEvent) => {
    const x = e.clientX - svg.current!.getBoundingClientRect().left - left;
    return Math.min(bars.length - 1, Math.max(0, Math.floor(x / step)));
  };
  const down_ = (e: PointerEvent) => {
    const at = indexAt(e);
    const x = e.clientX - svg.current!.getBoundingClientRect().left - left;
    const near = (i: number) => Math.abs(x - i * step) < 8;
    const whole = live[0] === 0 && live[1] === bars.length - 1;
    const kind = near(live[0]) && !whole ? 'first' : near(live[1] + 1) && !whole ? 'last' : !whole && at > live[0] && at < live[1] ? 'move' : 'new';
    (e.currentTarget as Element).setPointerCapture(e.pointerId);
    setDrag({ kind, from: at, first: live[0], last: live[1] });
  };
  const move = (e: PointerEvent) => {
    if (!drag) return;
    const at = indexAt(e);
    const by = at - drag.from;
    const limit = (i: number) => Math.min(bars.length - 1, Math.max(0, i));
    if (drag.kind === 'new') setLive([Math.min(drag.from, at), Math.max(drag.from, at)]);
    else if (drag.kind === 'first') setLive([Math.min(at, live[1]), live[1]]);
    else if (drag.kind === 'last') setLive([live[0], Math.max(at, live[0])]);
    else setLive([limit(drag.first + Math.max(by, -drag.first)), limit(drag.last + Math.min(by, bars.length - 1 - drag.last))]);
  };
  const up_ = () => {
    if (!drag) return;
    setDrag(null);
    if (drag.kind === 'new' && live[0] === live[1]) onChoose(0, bars.length - 1);
    else onChoose(live[0], live[1]);
  };
  const end = (which: 0 | 1) => (e: KeyboardEvent) => {
    const by = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
    if (!by) return;
    e.preventDefault();
    const next: [number, number] = [...live];
    next[which] = Math.min(bars.length - 1, Math.max(0, next[which] + by));
    if (next[0] <= next[1]) onChoose(next[0], next[1]);
  };
  const x0 = left + live[0] * step;
  const x1 = left + (live[1] + 1) * step;
  return (
    <svg ref={svg} class="brush" width={width} height={brushHeight} role="group" aria-label="Span of time" onPointerDown={down_} onPointerMove={move} onPointerUp={up_} onPointerCancel={up_}>
      <rect class="brush-ground" x={left} y={0} width={inner} height={brushHeight} />
      {quads.map((quad) => <path key={quad} class={`fill-${quad}`} d={paths[quad]} />)}
      <rect class="brush-out" x={left} y={0} width={Math.max(0, x0 - left)} height={brushHeight} />
      <rect class="brush-out" x={x1} y={0} width={Math.max(0, left + inner - x1)} height={brushHeight} />
      <rect class="brush-in" x={x0} y={0.5} width={Math.max(1, x1 - x0)} height={brushHeight - 1} />
      {([0, 1] as const).map((which) => (
        <rect
          key={which} class="brush-end" x={(which ? x1 : x0) - 3} y={brushHeight / 2 - 11} width={6} height={22} rx={3} tabindex={0} role="slider"
          aria-label={which ? 'Last period' : 'First period'} aria-valuemin={0} aria-valuemax={bars.length - 1} aria-valuenow={live[which]} aria-valuetext={showPeriod(points[live[which]]!.period)}
          onKeyDown={end(which)}
        />
      ))}
    </svg>
  );
}
