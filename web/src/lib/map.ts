/// The world map, fetched once, and projections of it.

import { geoNaturalEarth1, geoPath, type GeoProjection } from 'd3-geo';
import { feature } from 'topojson-client';
import type { Feature, Geometry } from 'geojson';
import type { GeometryCollection, Topology } from 'topojson-specification';
import nearAddress from '../made/world.json?url';
import farAddress from '../made/world_far.json?url';

export interface World {
  countries: Feature<Geometry>[];
}

const kept = new Map<string, Promise<World>>();

/// The map in full, or for a look at all of it (`far`) with a fraction of its points.
export function loadWorld(far = false): Promise<World> {
  const address = far ? farAddress : nearAddress;
  const known = kept.get(address);
  if (known) return known;
  const world = fetch(address)
    .then((response) => response.json() as Promise<Topology<{ countries: GeometryCollection }>>)
    .then((atlas) => ({ countries: (feature(atlas, atlas.objects.countries) as { features: Feature<Geometry>[] }).features }));
  kept.set(address, world);
  world.catch(() => kept.delete(address));
  return world;
}

/// The projection of all maps. The outlines have points enough: none are put between them, which takes most of the time.
export function worldProjection(): GeoProjection {
  return geoNaturalEarth1().precision(0);
}

/// A projection that shows all points with room around them, at most `closest` times as near as the world.
export function fit(points: readonly [number, number][], width: number, height: number, closest: number): GeoProjection {
  const whole = worldProjection().fitExtent([[4, 4], [width - 4, height - 4]], { type: 'Sphere' });
  if (points.length === 0) return whole;
  const at = points.map((point) => whole(point)).filter((p): p is [number, number] => p !== null);
  const xs = at.map((p) => p[0]);
  const ys = at.map((p) => p[1]);
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(closest, (width * 0.7) / Math.max(1e-6, x1 - x0), (height * 0.65) / Math.max(1e-6, y1 - y0));
  const k = Math.max(1, scale);
  const [tx, ty] = whole.translate();
  const mid: [number, number] = [(x0 + x1) / 2, (y0 + y1) / 2];
  return worldProjection()
    .scale(whole.scale() * k)
    .translate([width / 2 + (tx - mid[0]) * k, height / 2 + (ty - mid[1]) * k]);
}

export { geoPath };
