import { expect, test } from 'vitest';
import { cutIntoPieces, type Mark } from './marks.ts';

const shown = (begin: number, end: number, marks: Mark<string>[]) =>
  cutIntoPieces(begin, end, marks).map((piece) => `${piece.start}-${piece.end}:${piece.marks.map((mark) => mark.value).join('')}`).join(' ');
const mark = (start: number, end: number, value: string): Mark<string> => ({ start, end, value });

test.each([
  ['none', [], '0-10:'],
  ['one', [mark(2, 5, 'a')], '0-2: 2-5:a 5-10:'],
  ['nested: the outer comes first', [mark(3, 4, 'b'), mark(2, 8, 'a')], '0-2: 2-3:a 3-4:ab 4-8:a 8-10:'],
  ['crossing', [mark(0, 6, 'a'), mark(4, 10, 'b')], '0-4:a 4-6:ab 6-10:b'],
  ['the same stretch: in the order given', [mark(1, 3, 'x'), mark(1, 3, 'y')], '0-1: 1-3:xy 3-10:'],
  ['past both ends', [mark(-5, 20, 'a')], '0-10:a'],
  ['empty ones are left out', [mark(4, 4, 'a')], '0-10:'],
  ['outside', [mark(10, 12, 'a'), mark(-3, 0, 'b')], '0-10:'],
])('%s', (_, marks, wanted) => expect(shown(0, 10, marks as Mark<string>[])).toBe(wanted));

test('pieces join to the whole and carry exactly the marks that cover them', () => {
  let seed = 3;
  const random = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  for (let round = 0; round < 300; ++round) {
    const marks = Array.from({ length: random(12) }, (_, i) => mark(random(50), random(50), String(i)));
    const [begin, end] = [5, 45];
    const pieces = cutIntoPieces(begin, end, marks);
    expect(pieces[0]!.start).toBe(begin);
    expect(pieces.at(-1)!.end).toBe(end);
    pieces.forEach((piece, i) => {
      if (i) expect(piece.start).toBe(pieces[i - 1]!.end);
      const covering = marks.filter((m) => m.start < m.end && m.start <= piece.start && m.end >= piece.end).map((m) => m.value).sort();
      expect(piece.marks.map((m) => m.value).sort()).toEqual(covering);
    });
  }
});
