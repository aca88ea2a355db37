/// Rows as CSV (RFC 4180), TSV or JSON lines. A cell that a spreadsheet would take for a formula gets an apostrophe.

export type Cell = string | number | null | undefined;

export function writeCsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => row.map(csvCell).join(',') + '\r\n').join('');
}

function csvCell(cell: Cell): string {
  const text = typeof cell === 'string' ? disarm(cell) : cell == null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function disarm(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

export function writeJsonLines(names: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => JSON.stringify(Object.fromEntries(row.map((cell, i) => [names[i], cell ?? null]))) + '\n').join('');
}
