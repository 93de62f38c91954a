/** NSS softokn 3.87, as far as it was measured. */
import { anyToken } from './any-token.js';
import type { Quirks } from './quirks.js';

export const nss: Quirks = { ...anyToken, oaep: { hashes: ['SHA-1', 'SHA-256', 'SHA-512'], otherMgf: false, labels: true } };
