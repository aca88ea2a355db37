/// What is shown is told by the address: "#/events?source=CHN&code=04" is the view "events" with two settings.

export interface Address {
  path: string[];
  query: Record<string, string>;
}

export function parseAddress(hash: string): Address {
  const text = hash.replace(/^#?\/?/, '');
  const cut = text.indexOf('?');
  const path = (cut < 0 ? text : text.slice(0, cut)).split('/').filter(Boolean).map(decode);
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(cut < 0 ? '' : text.slice(cut + 1))) if (value) query[name] = value;
  return { path, query };
}

export function writeAddress(path: readonly (string | number)[], query: Record<string, string | undefined> = {}): string {
  const settings = new URLSearchParams();
  for (const name of Object.keys(query).sort()) if (query[name]) settings.set(name, query[name]!);
  const tail = settings.toString();
  return `#/${path.map((part) => encodeURIComponent(part)).join('/')}${tail ? `?${tail}` : ''}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
