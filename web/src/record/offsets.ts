/// Byte offsets of a UTF-8 text to indices of the same text as a string, which counts UTF-16 units.
///
/// `indexOf(byte)` of an offset inside a character gives the index of that character's start: a span is never cut
/// through a surrogate pair. Offsets past the end give the length.

export interface ByteIndex {
  indexOf(byte: number): number;
  slice(start: number, end: number): string;
}

export function makeByteIndex(text: string): ByteIndex {
  const map = makeMap(text);
  const indexOf = (byte: number): number => {
    if (byte <= 0) return 0;
    if (!map) return Math.min(byte, text.length);
    return byte >= map.length ? text.length : map[byte]!;
  };
  return { indexOf, slice: (start, end) => text.slice(indexOf(start), indexOf(end)) };
}

/// For each byte the index of the character it belongs to; none for pure ASCII, where both are the same.
function makeMap(text: string): Uint32Array | null {
  const bytes = utf8Length(text);
  if (bytes === text.length) return null;
  const map = new Uint32Array(bytes + 1);
  let byte = 0;
  for (let index = 0; index < text.length; ) {
    const code = text.codePointAt(index)!;
    const end = byte + lengthOf(code);
    map.fill(index, byte, end);
    byte = end;
    index += code > 0xffff ? 2 : 1;
  }
  map[bytes] = text.length;
  return map;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; ) {
    const code = text.codePointAt(index)!;
    bytes += lengthOf(code);
    index += code > 0xffff ? 2 : 1;
  }
  return bytes;
}

function lengthOf(code: number): number {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
