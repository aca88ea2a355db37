import { expect, test } from 'vitest';
import { makeByteIndex } from './offsets.ts';

const samples = ['', 'plain words', 'João Lourenço in Luanda', '習近平 said “no”', 'flag 🇦🇴 and 👩‍🚒 here', 'e\u0301 combining', 'x\u{10ffff}y\ufeffz'];

test.each(samples)('cuts %j as a cut of its bytes would', (text) => {
  const bytes = Buffer.from(text, 'utf8');
  const index = makeByteIndex(text);
  const starts = [...text].reduce<number[]>((found, character) => [...found, found.at(-1)! + Buffer.byteLength(character)], [0]);
  for (const start of starts) for (const end of starts.filter((place) => place >= start)) expect(index.slice(start, end)).toBe(bytes.subarray(start, end).toString('utf8'));
});

test('a place inside a character is the start of the character', () => {
  const index = makeByteIndex('a🙂b');
  expect([0, 1, 2, 3, 4, 5, 6].map((byte) => index.indexOf(byte))).toEqual([0, 1, 1, 1, 1, 3, 4]);
});

test('places outside the text are its ends', () => {
  for (const text of ['abc', 'äbc']) {
    const index = makeByteIndex(text);
    expect([index.indexOf(-5), index.indexOf(999)]).toEqual([0, 3]);
  }
});

test('random text: every character is where its bytes are', () => {
  let seed = 7;
  const random = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  for (let round = 0; round < 200; ++round) {
    const text = Array.from({ length: random(40) }, () => String.fromCodePoint([65 + random(26), 0xe0 + random(40), 0x4e00 + random(900), 0x1f600 + random(40)][random(4)]!)).join('');
    const index = makeByteIndex(text);
    let byte = 0;
    for (const character of text) {
      const end = byte + Buffer.byteLength(character);
      expect(index.slice(byte, end), `seed round ${round}: ${text}`).toBe(character);
      byte = end;
    }
  }
});
