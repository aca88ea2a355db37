/// ISO 8601 dates as precise as known ("2031", "2031-05", "2031-05-04", with a time), shown by the reader's locale.

const writer = (parts: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, { ...parts, timeZone: 'UTC' });
const byYear = writer({ year: 'numeric' });
const byMonth = writer({ year: 'numeric', month: 'short' });
const byDay = writer({ year: 'numeric', month: 'short', day: 'numeric' });
const byDayLong = writer({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
const pattern = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2})(?::\d{2})?(.*))?)?)?$/;

/// "4 May 2031", "May 2031", "2031"; what is no such date is shown as it is.
export function showDate(iso: string | undefined | null, long = false): string {
  if (!iso) return '';
  const match = pattern.exec(iso);
  if (!match) return iso;
  const [, year, month, day, time, zone] = match;
  const date = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  if (Number.isNaN(date.getTime())) return iso;
  if (!month) return byYear.format(date);
  if (!day) return byMonth.format(date);
  const shown = (long ? byDayLong : byDay).format(date);
  return time ? `${shown}, ${time}${zone ? ` ${zone === 'Z' ? 'UTC' : zone}` : ''}` : shown;
}

/// A TIMEX3 value for people: dates by locale, weeks, seasons and lengths in words, else the value.
export function showTimex(value: string): string {
  if (pattern.test(value)) return showDate(value);
  const week = /^(\d{4})-W(\d{2})$/.exec(value);
  if (week) return `week ${Number(week[2])} of ${week[1]}`;
  const part = /^(\d{4})-(SP|SU|FA|WI|Q[1-4]|H[12])$/.exec(value);
  if (part) return `${({ SP: 'spring', SU: 'summer', FA: 'autumn', WI: 'winter' } as Record<string, string>)[part[2]!] ?? part[2]} ${part[1]}`;
  const length = /^P(T?)(\d+(?:\.\d+)?)([YMWDH])$/.exec(value);
  if (length) {
    const unit = { Y: 'year', M: length[1] ? 'minute' : 'month', W: 'week', D: 'day', H: 'hour' }[length[3] as 'Y'];
    return `${length[2]} ${unit}${length[2] === '1' ? '' : 's'}`;
  }
  const known: Record<string, string> = { PRESENT_REF: 'now', PAST_REF: 'in the past', FUTURE_REF: 'in the future' };
  return known[value] ?? value;
}

const dayMs = 86_400_000;

/// Days since 1970-01-01 of the first day that a date stands for; none when it is no date.
export function dayNumber(iso: string | undefined | null): number | null {
  const match = iso ? pattern.exec(iso) : null;
  if (!match) return null;
  const time = Date.UTC(Number(match[1]), Number(match[2] ?? 1) - 1, Number(match[3] ?? 1));
  return Number.isNaN(time) ? null : Math.round(time / dayMs);
}

export function isoDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

export type Period = 'day' | 'week' | 'month';

/// First and last day of a period as the series name it: "2031-05-04", "2031-W18" or "2031-05".
export function periodDays(name: string): [string, string] {
  const week = /^(\d{4})-W(\d{2})$/.exec(name);
  if (week) {
    const fourth = Date.UTC(Number(week[1]), 0, 4);
    const monday = fourth / dayMs - ((new Date(fourth).getUTCDay() + 6) % 7) + (Number(week[2]) - 1) * 7;
    return [isoDay(monday), isoDay(monday + 6)];
  }
  const month = /^(\d{4})-(\d{2})$/.exec(name);
  if (month) {
    const first = Date.UTC(Number(month[1]), Number(month[2]) - 1, 1) / dayMs;
    const last = Date.UTC(Number(month[1]), Number(month[2]), 1) / dayMs - 1;
    return [isoDay(first), isoDay(last)];
  }
  return [name, name];
}

export function showPeriod(name: string): string {
  const week = /^(\d{4})-W(\d{2})$/.exec(name);
  return week ? `${showDate(periodDays(name)[0])} – ${showDate(periodDays(name)[1])}` : showDate(name);
}

/// Months in order, those without a count put in with none; at most the last `most`.
export function fillMonths(months: readonly { value: string; count: number }[], most: number): { value: string; count: number }[] {
  const counts = new Map(months.map(({ value, count }) => [value, count]));
  const named = [...counts.keys()].filter((month) => /^\d{4}-\d{2}$/.test(month)).sort();
  if (named.length === 0) return [];
  const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
  const last = number(named.at(-1)!);
  const first = Math.max(number(named[0]!), last - most + 1);
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const value = `${String(Math.floor((first + i) / 12)).padStart(4, '0')}-${String(((first + i) % 12) + 1).padStart(2, '0')}`;
    return { value, count: counts.get(value) ?? 0 };
  });
}
