import { describe, expect, test } from 'vitest';
import { parseAddress, writeAddress } from './address.ts';
import { dayNumber, fillMonths, isoDay, periodDays, showDate, showTimex } from './dates.ts';
import { namesOf } from './identity.ts';
import { placeCards } from './place_cards.ts';
import { extent, stack, ticks } from './scale.ts';

describe('addresses', () => {
  test.each([
    [['events'], { source: 'CHN', code: '04' }, '#/events?code=04&source=CHN'],
    [['story', 12], { event: 'v1' }, '#/story/12?event=v1'],
    [['stories'], { q: 'a & b = "c" é', from: undefined }, '#/stories?q=a+%26+b+%3D+%22c%22+%C3%A9'],
    [['entity', 'a/b?c'], {}, '#/entity/a%2Fb%3Fc'],
  ])('%j %j', (path, query, written) => {
    expect(writeAddress(path, query)).toBe(written);
    const read = parseAddress(written);
    expect(read.path).toEqual(path.map(String));
    expect(read.query).toEqual(Object.fromEntries(Object.entries(query).filter(([, value]) => value)));
  });
  test('what is no address is read as far as it goes', () => {
    expect(parseAddress('')).toEqual({ path: [], query: {} });
    expect(parseAddress('#/story/%E0%A4%A')).toEqual({ path: ['story', '%E0%A4%A'], query: {} });
  });
});

describe('dates', () => {
  test('show no more than is known', () => {
    expect(showDate('2031')).toBe('2031');
    expect(showDate('2031-05')).not.toMatch(/\b0?4\b/);
    expect(showDate('2031-05-04')).toMatch(/4/);
    expect(showDate('2031-05-04T08:15:00+01:00')).toMatch(/08:15 \+01:00$/);
    expect(showDate('soon')).toBe('soon');
    expect(showDate(undefined)).toBe('');
  });
  test.each([['2031-W18', 'week 18 of 2031'], ['2030-SU', 'summer 2030'], ['P3M', '3 months'], ['PT1H', '1 hour'], ['PRESENT_REF', 'now'], ['XXXX-WXX-1', 'XXXX-WXX-1']])('timex %s is %s', (value, words) => expect(showTimex(value)).toBe(words));
  test.each([
    ['2031-05', ['2031-05-01', '2031-05-31']],
    ['2032-02', ['2032-02-01', '2032-02-29']],
    ['2020-W53', ['2020-12-28', '2021-01-03']],
    ['2026-W01', ['2025-12-29', '2026-01-04']],
    ['2031-05-04', ['2031-05-04', '2031-05-04']],
  ])('period %s is %j', (period, days) => expect(periodDays(period)).toEqual(days));
  test('months without a count are put in', () => {
    const months = [{ value: '2030-11', count: 2 }, { value: '2031-02', count: 1 }, { value: '2031', count: 9 }];
    expect(fillMonths(months, 60).map(({ value, count }) => `${value} ${count}`)).toEqual(['2030-11 2', '2030-12 0', '2031-01 0', '2031-02 1']);
    expect(fillMonths(months, 2).map(({ value }) => value)).toEqual(['2031-01', '2031-02']);
    expect(fillMonths([], 5)).toEqual([]);
  });
  test('days count from 1970', () => {
    expect(dayNumber('1970-01-02')).toBe(1);
    expect(isoDay(dayNumber('2031-05-04T23:59')!)).toBe('2031-05-04');
    expect(dayNumber('later')).toBeNull();
  });
});

describe('cards in the margin', () => {
  test.each([
    ['apart: where they want', [0, 100, 200], [50, 50, 50], -1, [0, 100, 200]],
    ['crowded: pushed down in order', [0, 10, 20], [50, 50, 50], -1, [0, 58, 116]],
    ['the chosen one stands by its line, those before give way', [60, 70, 300], [50, 50, 50], 1, [12, 70, 300]],
    ['never above the top', [0, 5, 10], [50, 50, 50], 2, [0, 58, 116]],
    ['none', [], [], -1, []],
  ])('%s', (_, wanted, heights, fixed, tops) => expect(placeCards(wanted, heights, 8, fixed)).toEqual(tops));
});

describe('bars', () => {
  test('cooperation stands on the line, conflict hangs from it', () => {
    expect(stack({ period: '2031', counts: [3, 2, 4, 1] })).toEqual([
      { quad: 2, from: 0, to: 2 }, { quad: 1, from: 2, to: 5 }, { quad: 4, from: 0, to: -1 }, { quad: 3, from: -1, to: -5 },
    ]);
    expect(extent([{ period: 'a', counts: [3, 2, 4, 1] }, { period: 'b', counts: [0, 0, 9, 0] }])).toEqual({ up: 5, down: 9 });
  });
  test.each([[0, [0, 1]], [1, [0, 1]], [7, [0, 5, 10]], [95, [0, 50, 100]], [1200, [0, 500, 1000, 1500]]])('axis up to %d', (top, wanted) => expect(ticks(top, 3)).toEqual(wanted));
});

describe('names of an identity', () => {
  test('each has the days of the first and the last story that tells it', () => {
    const sightings = [
      { name: 'A. Quill', story: 3, published: '2031-05-04T08:15:00Z' },
      { name: 'Ada Quill', story: 2, published: '2031-04' },
      { name: 'Ada Quill', story: 2, published: '2031-04' },
      { name: 'Ada Quill', story: 1, published: '2031-02-11' },
      { name: 'Quill', story: 4 },
    ];
    expect(namesOf(sightings)).toEqual([
      { text: 'Ada Quill', first: '2031-02-11', last: '2031-04', stories: 2 },
      { text: 'A. Quill', first: '2031-05-04', last: '2031-05-04', stories: 1 },
      { text: 'Quill', first: undefined, last: undefined, stories: 1 },
    ]);
  });
});
