/** In which modes a symmetric key can be used where it lives. */
import { algorithmTable } from '../../core/algorithms.js';
import type { ProviderKey } from '../../providers/contract.js';
import { keyRowFits } from '../key-fit.js';

export function allowedModes(key: ProviderKey): string[] {
  const { algorithm, keyLength, half, provider } = key;
  if (half !== 'secret') return [];
  const modes = algorithmTable.flatMap((row) => {
    if ((row.family !== 'cipher' && row.family !== 'aead') || !keyRowFits(row, algorithm, keyLength)) return [];
    if (key.isFor?.(row) === false) return [];
    const runs = provider.supports(row, row.family, { padding: 'none' }, row.family === 'aead' ? row.outputSize : 0) === true;
    return runs ? [row.mode.toUpperCase()] : [];
  });
  return [...new Set(modes)];
}
