const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const signed = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' });

export const showCount = (n: number): string => whole.format(n);
export const showSigned = (n: number): string => signed.format(n);
export const plural = (n: number, one: string, many = `${one}s`): string => `${showCount(n)} ${n === 1 ? one : many}`;
