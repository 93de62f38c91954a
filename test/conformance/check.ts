/** What a check is, and what a run of checks answers. */
import type { Bench } from './bench.js';
import type { Claim } from './claims.js';

export interface Check {
  /** `area: what holds`, the same on every provider. */
  readonly name: string;
  readonly run: (bench: Bench) => Promise<void>;
  /** Moves very much data; runs once, not again with the blocking client. */
  readonly slow?: true;
  /** Needs several calls under way at once, or a signal; not for the blocking client. */
  readonly asyncOnly?: true;
  /** Takes long and finds what a shorter check finds too; for the command only. */
  readonly thorough?: true;
  /** Left out where the provider does not claim all of these. */
  readonly needs?: readonly Claim[];
  /** Left out where the provider does claim all of these. */
  readonly lacks?: readonly Claim[];
}

export type CheckResult =
  | { readonly name: string; readonly result: 'passed' }
  | { readonly name: string; readonly result: 'failed'; readonly message: string }
  | { readonly name: string; readonly result: 'skipped'; readonly reason: string };

/** Thrown by a check that can't run here. */
export class Skip extends Error {}

export function skip(reason: string): never {
  throw new Skip(reason);
}

export async function runCheck(check: Check, bench: Bench): Promise<CheckResult> {
  const { name } = check;
  try {
    await check.run(bench);
    return { name, result: 'passed' };
  } catch (error) {
    if (error instanceof Skip) return { name, result: 'skipped', reason: error.message };
    return { name, result: 'failed', message: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, field } = error as { code?: unknown; field?: unknown };
  const prefix = typeof code === 'string' ? `${code}${typeof field === 'string' ? ` (${field})` : ''}: ` : '';
  return `${prefix}${error.message}`;
}
