/// Where cards stand in a margin: each as near as can be to the line it belongs to, none over another.
///
/// `wanted` and `heights` are in the order of the text. With `fixed`, that card stands exactly where it wants and the
/// others give way, those before it upwards as far as the top allows.

export function placeCards(wanted: readonly number[], heights: readonly number[], gap: number, fixed = -1): number[] {
  const tops = new Array<number>(wanted.length);
  const from = Math.max(0, fixed);
  if (wanted.length > 0) tops[from] = Math.max(0, wanted[from]!);
  for (let i = from + 1; i < wanted.length; ++i) tops[i] = Math.max(wanted[i]!, tops[i - 1]! + heights[i - 1]! + gap);
  for (let i = from - 1; i >= 0; --i) tops[i] = Math.min(wanted[i]!, tops[i + 1]! - heights[i]! - gap);
  if ((tops[0] ?? 0) >= 0) return tops;
  tops[0] = 0;
  for (let i = 1; i < tops.length; ++i) tops[i] = Math.max(tops[i]!, tops[i - 1]! + heights[i - 1]! + gap);
  return tops;
}
