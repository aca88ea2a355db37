/// Axes and bars of the timeline.

/// About `count` round numbers from 0 to at least `top`: 0, 20, 40, 60.
export function ticks(top: number, count = 4): number[] {
  if (!(top > 0)) return [0, 1];
  const rough = top / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? 10 * power);
  const found = [];
  for (let at = 0; at < top + step; at += step) found.push(at);
  return found;
}

export interface Bar {
  period: string;
  counts: readonly [number, number, number, number];
}

/// Cooperation stands on the line (material on it, verbal on top), conflict hangs from it (material under it).
/// Values of a quad class run from `from` to `to`, conflict below zero.
export function stack(bar: Bar): { quad: 1 | 2 | 3 | 4; from: number; to: number }[] {
  const [verbalUp, materialUp, verbalDown, materialDown] = bar.counts;
  return [
    { quad: 2, from: 0, to: materialUp },
    { quad: 1, from: materialUp, to: materialUp + verbalUp },
    { quad: 4, from: 0, to: -materialDown },
    { quad: 3, from: -materialDown, to: -materialDown - verbalDown },
  ] as { quad: 1 | 2 | 3 | 4; from: number; to: number }[];
}

export function extent(bars: readonly Bar[]): { up: number; down: number } {
  let up = 0;
  let down = 0;
  for (const { counts } of bars) {
    up = Math.max(up, counts[0] + counts[1]);
    down = Math.max(down, counts[2] + counts[3]);
  }
  return { up, down };
}
