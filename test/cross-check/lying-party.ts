/** Somebody who is always wrong by one bit: what a cross-check must find. */
import { changed } from './agreement.js';
import type { Deed, Deeds, Party } from './party.js';

const bytesOfKeys: ReadonlySet<string> = new Set<Deed>(['generateKey', 'rewrite']);

function bent(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (value instanceof Uint8Array) return value.length === 0 ? Uint8Array.of(1) : changed(value, 8 * (value.length >> 1));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, bent(inner)]));
  return value;
}

/** The same party with every result changed; keys stay readable, but their public halves are told wrong. */
export function lying(party: Party): Party {
  const entries = Object.entries(party as unknown as Record<string, unknown>).map(([name, member]) => {
    if (typeof member !== 'function' || name === 'has' || name === 'claims' || bytesOfKeys.has(name)) return [name, member];
    const deed = member as (...values: readonly unknown[]) => Promise<unknown>;
    return [name, async (...values: readonly unknown[]) => bent(await deed(...values))];
  });
  return Object.fromEntries(entries) as Party & Partial<Deeds>;
}
