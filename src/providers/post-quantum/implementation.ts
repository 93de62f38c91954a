/** Which implementation does a post-quantum algorithm here, for what is told about capabilities. */
import { nodeHas } from './node-keys.js';
import { parameterSet } from './parameter-sets.js';

/** `node` is OpenSSL; deterministic signatures are made by noble all the same. */
export function implementationOf(name: string): 'node' | 'noble' {
  return nodeHas(parameterSet(name)) ? 'node' : 'noble';
}
