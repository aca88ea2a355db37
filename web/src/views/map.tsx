/// Where events happened. A city is a circle where it lies; a province a dashed ring; what is known only to the country
/// tints the country and pins nothing.

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Page, PlaceItem } from '../lib/api.ts';
import { writeAddress, type Address } from '../lib/address.ts';
import { change, go, useAnswer, useNames, useWidth } from '../lib/hooks.ts';
import { geoPath, loadWorld, worldProjection, type World } from '../lib/map.ts';
import type { GeoProjection } from 'd3-geo';
import { plural, showCount } from '../lib/numbers.ts';
import { chosen, Filters } from '../parts/filters.tsx';
import { Nothing, Waiting, Wrong } from '../parts/states.tsx';
import { Split } from './network.tsx';

const asked = ['source', 'target', 'code', 'quad', 'status', 'sure', 'place', 'near', 'since', 'until'] as const;
const closest = 40;
/// From this nearness on the map is drawn in full.
const nearFrom = 3;

export function MapView({ address }: { address: Address }) {
  const { data, problem, waiting, again } = useAnswer<Page<PlaceItem>>('places', { ...chosen(address, asked), limit: 500 });
  const [failed, setFailed] = useState(false);
  // The map comes while the places are asked for; where it fails WorldMap says so.
  useEffect(() => void loadWorld(true).catch(() => undefined), []);
  const events = data?.items.reduce((n, place) => n + place.events, 0) ?? 0;
  return (
    <div class="view view-fill">
      <header class="view-head">
        <h1>Map</h1>
        <Filters address={address} fields={['source', 'target', 'code', 'quad', 'status', 'sure', 'since', 'until']} label="Filter events" />
      </header>
      <div class="bar">
        <p class="count" role="status">{data && `${plural(events, 'event')} at ${plural(data.items.length, 'place')}${data.total > data.items.length ? ` of ${showCount(data.total)}, those with the most` : ''}`}</p>
        <p class="legend-line"><span><i class="key-city" /> city or point</span> <span><i class="key-about" /> province or region: somewhere about here</span> <span><i class="key-country" /> known to the country only</span></p>
      </div>
      {problem && <Wrong problem={problem} again={again} />}
      {failed && <Wrong problem={{ status: 0, title: 'The map could not be loaded', message: 'The list of places still tells where events happened.' } as never} again={() => location.reload()} />}
      {!data && waiting && <Waiting lines={10} />}
      {data && data.items.length === 0 && !waiting && <Nothing title="No places">No event that fits these filters has a place.</Nothing>}
      {data && data.items.length > 0 && (
        <div class={`map-and-list${waiting ? ' stale' : ''}`}>
          <WorldMap places={data.items} address={address} onFail={() => setFailed(true)} />
          <PlaceList places={data.items} address={address} />
        </div>
      )}
    </div>
  );
}

/// The view of the map as the address tells it: longitude, latitude, nearness.
function viewOf(address: Address): [number, number, number] {
  const [lon, lat, k] = (address.query['at'] ?? '').split(',').map(Number);
  return [lon, lat, k].every(Number.isFinite) ? [lon!, lat!, Math.min(closest, Math.max(1, k!))] : [10, 18, 1];
}

function WorldMap({ places, address, onFail }: { places: readonly PlaceItem[]; address: Address; onFail: () => void }) {
  const names = useNames();
  const [hold, width] = useWidth<HTMLDivElement>();
  const height = width < 600 ? Math.round(width * 0.7) : Math.max(420, Math.min(620, width * 0.56));
  const [[lon, lat, k], setView] = useState(viewOf(address));
  const [far, setFar] = useState<World | null>(null);
  const [near, setNear] = useState<World | null>(null);
  useEffect(() => {
    loadWorld(true).then(setFar, onFail);
  }, []);
  useEffect(() => {
    if (k > nearFrom) void loadWorld().then(setNear, () => undefined);
  }, [k > nearFrom]);
  const world = k > nearFrom ? (near ?? far) : far;
  const drag = useRef<{ x: number; y: number; lon: number; lat: number; moved: boolean } | null>(null);
  const frame = useRef(0);
  useEffect(() => {
    const timer = setTimeout(() => change({ at: k === 1 && lon === 10 ? undefined : `${lon.toFixed(2)},${lat.toFixed(2)},${k.toFixed(2)}` }, true), 300);
    return () => clearTimeout(timer);
  }, [lon, lat, k]);
  const projection = useMemo(() => {
    const unit = worldProjection().scale((Math.max(width, 320) / 5) * k).translate([0, 0]);
    const at = unit([lon, lat]) ?? [0, 0];
    return unit.translate([width / 2 - at[0], height / 2 - at[1]]).clipExtent([[-8, -8], [width + 8, height + 8]]);
  }, [width, height, lon, lat, k]);
  const byCountry = useMemo(() => {
    const found = new Map<string, PlaceItem>();
    for (const place of places) if (place.precision === 'country' && place.country) found.set(place.country, place);
    return found;
  }, [places]);
  const mostWide = Math.max(1, ...[...byCountry.values()].map((place) => place.events));
  const land = useMemo(() => {
    if (!world || width === 0) return null;
    const path = geoPath(projection);
    return world.countries.map((shape, i) => {
      const d = path(shape);
      if (!d) return null;
      const place = byCountry.get(String(shape.id));
      const step = place ? Math.min(5, 1 + Math.floor((5 * Math.log(1 + place.events)) / Math.log(2 + mostWide))) : 0;
      return <path key={i} d={d} class={`land wide-${step}`} data-tip={place ? `${place.name}\n${plural(place.events, 'event')} known to the country only` : undefined} onClick={() => place && !drag.current?.moved && toEvents(place, address)} />;
    });
  }, [world, projection, byCountry]);
  const most = Math.max(1, ...places.filter((place) => place.precision !== 'country').map((place) => place.events));
  const pins = useMemo(() => [...places].filter((place) => place.precision !== 'country' && place.lat !== undefined && place.lon !== undefined).sort((a, b) => b.events - a.events), [places]);
  const drawn = useMemo(() => drawnOf(pins, projection, width, height, most), [pins, projection, most]);
  const labels = useMemo(() => labelsOf(drawn), [drawn]);
  const zoom = (by: number, x = width / 2, y = height / 2) => {
    const next = Math.min(closest, Math.max(1, k * by));
    const under = projection.invert?.([x, y]);
    if (!under || next === k) return;
    const f = 1 - k / next;
    setView([lon + (under[0] - lon) * f, lat + (under[1] - lat) * f, next]);
  };
  const wheel = (e: WheelEvent) => {
    e.preventDefault();
    const box = (e.currentTarget as Element).getBoundingClientRect();
    const [x, y, dy] = [e.clientX - box.left, e.clientY - box.top, e.deltaY];
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => zoom(dy < 0 ? 1.25 : 0.8, x, y));
  };
  const move = (e: PointerEvent) => {
    if (!drag.current || e.buttons === 0) return;
    const [dx, dy] = [e.clientX - drag.current.x, e.clientY - drag.current.y];
    if (Math.abs(dx) + Math.abs(dy) < 4 && !drag.current.moved) return;
    drag.current.moved = true;
    const degrees = 57.3 / ((Math.max(width, 320) / 5) * k);
    const start = drag.current;
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => setView([Math.max(-180, Math.min(180, start.lon - dx * degrees)), Math.max(-85, Math.min(85, start.lat + dy * degrees)), k]));
  };
  const keys = (e: KeyboardEvent) => {
    const step = 12 / k;
    const acts: Record<string, () => void> = {
      '+': () => zoom(1.5), '=': () => zoom(1.5), '-': () => zoom(1 / 1.5),
      ArrowLeft: () => setView([lon - step, lat, k]), ArrowRight: () => setView([lon + step, lat, k]), ArrowUp: () => setView([lon, lat + step, k]), ArrowDown: () => setView([lon, lat - step, k]),
    };
    if (!acts[e.key] || e.target !== e.currentTarget) return;
    e.preventDefault();
    acts[e.key]!();
  };
  return (
    <div class="world" ref={hold}>
      {width > 0 && (
        <svg
          width={width} height={height} tabindex={0} role="group" aria-label="World map of events. Arrow keys move it, plus and minus zoom; the list beside it names the places." ref={(element) => { if (element) element.onwheel = wheel; }}
          onPointerDown={(e) => (drag.current = { x: e.clientX, y: e.clientY, lon, lat, moved: false })} onPointerMove={move} onKeyDown={keys}
        >
          <rect class="sea" width={width} height={height} />
          {land}
          {drawn.map(({ place, x, y, r, exact }) => (
            <circle
              key={`${place.name}${place.lat}${place.lon}`} cx={x.toFixed(1)} cy={y.toFixed(1)} r={r} class={exact ? `pin lean-${lean(place)}` : 'about'}
              data-tip={`${place.name}${place.country ? `, ${names.country(place.country)}` : ''}\n${plural(place.events, 'event')}${exact ? '' : `\nknown to the ${place.precision ?? 'area'} only`}`}
              onClick={() => !drag.current?.moved && toEvents(place, address)}
            />
          ))}
          {labels.map(({ text, x, y }) => <text key={`${text}${x}`} x={x} y={y} class="map-label" aria-hidden="true">{text}</text>)}
        </svg>
      )}
      <div class="zoom">
        <button type="button" class="button" aria-label="Zoom in" onClick={() => zoom(1.6)}>+</button>
        <button type="button" class="button" aria-label="Zoom out" onClick={() => zoom(1 / 1.6)}>−</button>
        <button type="button" class="button" aria-label="Whole world" onClick={() => setView([10, 18, 1])}>◯</button>
      </div>
    </div>
  );
}

interface Drawn {
  place: PlaceItem;
  x: number;
  y: number;
  r: number;
  exact: boolean;
}

/// Circles in sight, those that stand for an area under those that stand for a spot.
function drawnOf(pins: readonly PlaceItem[], projection: GeoProjection, width: number, height: number, most: number): Drawn[] {
  const found: Drawn[] = [];
  for (const place of pins) {
    const at = projection([place.lon!, place.lat!]);
    if (!at || at[0] < -20 || at[1] < -20 || at[0] > width + 20 || at[1] > height + 20) continue;
    const exact = place.precision === 'city' || place.precision === 'point';
    const r = 2.5 + 15 * Math.sqrt(place.events / most);
    found.push({ place, x: at[0], y: at[1], r: exact ? r : Math.max(9, r + 5), exact });
  }
  return found.sort((a, b) => Number(a.exact) - Number(b.exact) || b.place.events - a.place.events);
}

const mostLabels = 24;

/// Names beside the largest circles, where no other name stands.
function labelsOf(drawn: readonly Drawn[]): { text: string; x: number; y: number }[] {
  const placed: { text: string; x: number; y: number }[] = [];
  const free = (x: number, y: number, length: number) => placed.every((other) => Math.abs(other.y - y) > 13 || x > other.x + other.text.length * 6.2 || x + length * 6.2 < other.x);
  for (const { place, x, y, r } of [...drawn].sort((a, b) => b.place.events - a.place.events)) {
    if (placed.length >= mostLabels) break;
    if (free(x + r + 4, y + 4, place.name.length)) placed.push({ text: place.name, x: x + r + 4, y: y + 4 });
  }
  return placed;
}

function lean(place: PlaceItem): -1 | 0 | 1 {
  const share = (place.verbal_cooperation + place.material_cooperation) / Math.max(1, place.events);
  return share > 0.65 ? 1 : share < 0.35 ? -1 : 0;
}

function placeFilter(place: PlaceItem): string {
  return place.precision === 'country' && place.country ? place.country : place.name;
}

function toEvents(place: PlaceItem, address: Address): void {
  go(['events'], { ...chosen(address, asked), place: placeFilter(place) });
}

function PlaceList({ places, address }: { places: readonly PlaceItem[]; address: Address }) {
  const names = useNames();
  return (
    <aside class="ties" aria-label="Places">
      <h2>Places</h2>
      <ol>
        {places.slice(0, 80).map((place, i) => (
          <li key={i}>
            <a href={writeAddress(['events'], { ...chosen(address, asked), place: placeFilter(place) })}>
              <span class="clip">{place.name} <span class="faint">{place.precision === 'country' ? 'country' : names.country(place.country)}</span></span>
              <Split tie={place} />
              <span class="number">{showCount(place.events)}</span>
            </a>
          </li>
        ))}
      </ol>
    </aside>
  );
}
