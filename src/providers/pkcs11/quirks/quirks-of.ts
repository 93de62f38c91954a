import type { TokenIdentity } from '../../contract.js';
import { anyToken } from './any-token.js';
import { nss } from './nss.js';
import type { Quirks } from './quirks.js';
import { softHsm2 } from './softhsm2.js';

interface Kind {
  readonly manufacturer: string;
  readonly model: string;
  readonly quirks: Quirks;
}
const kinds: readonly Kind[] = [
  { manufacturer: 'SoftHSM project', model: 'SoftHSM v2', quirks: softHsm2 },
  { manufacturer: 'Mozilla Foundation', model: 'NSS 3', quirks: nss },
];

/** The table for a token, chosen by what it says of itself. */
export function quirksOf({ manufacturer, model }: Pick<TokenIdentity, 'manufacturer' | 'model'>): Quirks {
  return kinds.find((kind) => kind.manufacturer === manufacturer && kind.model === model)?.quirks ?? anyToken;
}
