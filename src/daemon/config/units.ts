/** Sizes and times as people write them in the configuration. */
import { GiB, KiB, MiB } from '../../core/limits.js';

const sizeUnits: Readonly<Record<string, number>> = { B: 1, KiB, MiB, GiB };
const timeUnits: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };

function parse(text: string | number, units: Readonly<Record<string, number>>, bare: number): number | undefined {
  if (typeof text === 'number') return Number.isSafeInteger(text) && text >= 0 ? text * bare : undefined;
  const match = /^(\d{1,12})\s?([A-Za-z]+)$/.exec(text.trim());
  if (match === null) return undefined;
  const [, digits, unit] = match as unknown as [string, string, string];
  if (!Object.hasOwn(units, unit)) return undefined;
  const value = Number(digits) * (units[unit] as number);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Bytes of `64MiB`, `4096`, `1 GiB`. */
export function parseSize(text: string | number): number | undefined {
  return parse(text, sizeUnits, 1);
}
/** Milliseconds of `5s`, `300 ms`, `2min`. A bare number is refused: nobody remembers its unit. */
export function parseTime(text: string | number): number | undefined {
  return typeof text === 'number' ? undefined : parse(text, timeUnits, 1);
}
