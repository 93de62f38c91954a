/** Signatures of whole messages: one row per family, used for signing and verifying alike. */
import type { MessageSignatureRow } from '../../core/algorithms.js';
import { edwards } from './edwards.js';
import type { MessageScheme, SchemeParts } from './message-scheme.js';
import { postQuantum } from './post-quantum-signatures.js';

const families: Readonly<Record<MessageSignatureRow['family'], (parts: SchemeParts) => MessageScheme>> = {
  eddsa: edwards,
  'ml-dsa': postQuantum,
  'slh-dsa': postQuantum,
};

export function messageScheme(parts: SchemeParts): MessageScheme {
  return families[parts.algorithm.family](parts);
}
