/// A small map of a story's places. A place known only as a country or region is a tinted country or a ring, no pin.

import { useEffect, useMemo, useState } from 'preact/hooks';
import type { GeoProjection } from 'd3-geo';
import type { Place } from '../record/record.ts';
import { fit, geoPath, loadWorld, type World } from '../lib/map.ts';
import { useWidth } from '../lib/hooks.ts';

const height = 190;

export function SmallMap({ places }: { places: readonly Place[] }) {
  const [world, setWorld] = useState<World | null>(null);
  const [hold, width] = useWidth<HTMLElement>();
  useEffect(() => {
    void loadWorld(true).then(setWorld, () => undefined);
  }, []);
  const seen = useMemo(() => {
    const found = new Map<string, Place>();
    for (const place of places) if (place.lat !== undefined && place.lon !== undefined && !found.has(`${place.name}${place.lat}`)) found.set(`${place.name}${place.lat}`, place);
    return [...found.values()];
  }, [places]);
  // Drawn again only when what it shows changes, not with every step through the story.
  const drawn = useMemo(() => width > 0 && draw(seen, world, width), [seen, world, width]);
  if (seen.length === 0) return null;
  return <figure class="small-map" ref={hold}>{drawn}</figure>;
}

function draw(seen: readonly Place[], world: World | null, width: number) {
  const projection = fit(seen.map((place): [number, number] => [place.lon!, place.lat!]), width, height, 14);
  const path = geoPath(projection.clipExtent([[-4, -4], [width + 4, height + 4]]));
  const wide = new Set(seen.filter((place) => place.precision === 'country').map((place) => place.country));
  const pins = seen.filter((place) => place.precision !== 'country');
  const labelled = freeNames(pins, projection);
  return (
    <svg width={width} height={height} role="img" aria-label={`Map: ${seen.map((place) => place.name).join(', ')}`}>
      {world?.countries.map((shape, i) => {
        const d = path(shape);
        return d && <path key={i} d={d} class={`land${wide.has(String(shape.id)) ? ' named' : ''}`} />;
      })}
      {pins.map((place, i) => {
        const at = projection([place.lon!, place.lat!]);
        if (!at) return null;
        const exact = place.precision === 'city' || place.precision === 'point';
        return (
          <g key={i} transform={`translate(${at[0]},${at[1]})`} data-tip={`${place.name}\n${place.precision ?? 'position not known exactly'}`}>
            <circle r={exact ? 4 : 11} class={exact ? 'pin' : 'about'} />
            {labelled.has(place) && <text x={exact ? 7 : 13} y={4} class="map-label">{place.name}</text>}
          </g>
        );
      })}
    </svg>
  );
}

/// The places whose names can stand beside them without covering one that came earlier.
function freeNames(pins: readonly Place[], projection: GeoProjection): Set<Place> {
  const found = new Set<Place>();
  const taken: [number, number, number][] = [];
  for (const place of pins) {
    const at = projection([place.lon!, place.lat!]);
    const width = place.name.length * 6.2 + 14;
    if (!at || taken.some(([x, y, w]) => Math.abs(y - at[1]) < 13 && at[0] < x + w && x < at[0] + width)) continue;
    taken.push([at[0], at[1], width]);
    found.add(place);
  }
  return found;
}
