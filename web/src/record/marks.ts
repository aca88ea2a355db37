/// Overlapping marks over a text, cut into pieces that each carry the marks that cover them.
///
/// Marks may nest and cross; a piece lists its marks outermost first (earlier start, then later end, then order
/// given). The pieces of `[begin, end)` join to exactly that stretch of text; empty marks are left out.

export interface Mark<T> {
  start: number;
  end: number;
  value: T;
}

export interface Piece<T> {
  start: number;
  end: number;
  marks: Mark<T>[];
}

export function cutIntoPieces<T>(begin: number, end: number, marks: readonly Mark<T>[]): Piece<T>[] {
  const inside = marks
    .filter((mark) => mark.start < mark.end && mark.start < end && mark.end > begin)
    .map((mark, order) => ({ mark, order }))
    .sort((a, b) => a.mark.start - b.mark.start || b.mark.end - a.mark.end || a.order - b.order)
    .map(({ mark }) => mark);
  const cuts = new Set([begin, end]);
  for (const mark of inside) {
    cuts.add(Math.max(begin, mark.start));
    cuts.add(Math.min(end, mark.end));
  }
  const places = [...cuts].sort((a, b) => a - b);
  const pieces: Piece<T>[] = [];
  let open: Mark<T>[] = [];
  let next = 0;
  for (let i = 0; i + 1 < places.length; ++i) {
    const at = places[i]!;
    open = open.filter((mark) => mark.end > at);
    while (next < inside.length && inside[next]!.start <= at) open.push(inside[next++]!);
    pieces.push({ start: at, end: places[i + 1]!, marks: open.slice() });
  }
  return pieces;
}
