// Makes the world map (Natural Earth, 1:50 million) with ISO 3166-1 alpha-3 codes for ids: src/made/world.json, and
// src/made/world_far.json with a fraction of its points, for looking at all of it. Run by web/build before Vite.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { quantize } from 'topojson-client';
import { presimplify, quantile, simplify } from 'topojson-simplify';

const here = (path) => new URL(path, import.meta.url);

const lines = readFileSync(here('../data/iso_numeric.tsv'), 'utf8').split('\n');
const iso3 = new Map(lines.filter((line) => /^\d/.test(line)).map((line) => line.split('\t')));
const unnumbered = { Kosovo: 'XKX' };

const atlas = JSON.parse(readFileSync(here('../node_modules/world-atlas/countries-50m.json'), 'utf8'));
for (const shape of atlas.objects.countries.geometries) {
  const id = iso3.get(shape.id) ?? unnumbered[shape.properties.name];
  if (id) shape.id = id;
  else delete shape.id;
  delete shape.properties;
}
delete atlas.objects.land;

mkdirSync(here('../src/made'), { recursive: true });
writeFileSync(here('../src/made/world.json'), JSON.stringify(atlas));

const kept = 0.16;
const weighed = presimplify(atlas);
const far = quantize(simplify(weighed, quantile(weighed, kept)), 1e4);
writeFileSync(here('../src/made/world_far.json'), JSON.stringify(far));
