/**
 * ML-DSA (FIPS 204) and SLH-DSA (FIPS 205). What takes more than a few milliseconds is done by a slow host: signing with SLH-DSA always,
 * the rest where OpenSSL does not do it or the message is long.
 */
import type { MessageSignatureRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { MiB } from '../../core/limits.js';
import type { Answer } from '../contract.js';
import { copySecret, wipe } from '../key-encoding/secret-bytes.js';
import { implementationOf } from '../post-quantum/implementation.js';
import { signMessage, verifyMessage } from '../post-quantum/signing.js';
import type { SoftwareKey } from './key.js';
import { contextOf, type MessageScheme, type SchemeParts } from './message-scheme.js';
import { javaScriptPace } from './paced.js';

type By = ReturnType<typeof implementationOf>;

/** Longest message, in bytes, that is worked on in process. */
const signsInProcess: Readonly<Record<'ml-dsa' | 'slh-dsa', Readonly<Record<By, number>>>> = {
  'ml-dsa': { node: MiB, noble: -1 },
  'slh-dsa': { node: -1, noble: -1 },
};
const verifiesInProcess: typeof signsInProcess = {
  'ml-dsa': { node: MiB, noble: javaScriptPace.turn },
  'slh-dsa': { node: MiB, noble: -1 },
};

export function postQuantum({ algorithm, key, parameters, slowHost }: SchemeParts): MessageScheme {
  const { keyName: name } = algorithm;
  const family = algorithm.family as Exclude<MessageSignatureRow['family'], 'eddsa'>;
  const context = contextOf(parameters);
  const deterministic = parameters.deterministic === true;
  const by = implementationOf(name);
  // OpenSSL through node:crypto signs with fresh randomness only.
  const signer = deterministic ? 'noble' : by;
  return {
    sign: (message, call): Answer<Uint8Array> => {
      const privateKey = privateKeyOf(key);
      if (message.length <= signsInProcess[family][signer]) return signMessage(name, privateKey, message, { context, deterministic });
      // The key may be released before the slow host is asked.
      const copy = copySecret(privateKey);
      return slowHost.signPostQuantum({ name, privateKey: copy, message, context, deterministic }, call).finally(() => wipe(copy));
    },
    verify: (message, signature, call): Answer<boolean> => {
      const { publicKey } = key.postQuantum().postQuantum;
      if (message.length <= verifiesInProcess[family][by]) return verifyMessage(name, publicKey, message, signature, { context });
      return slowHost.verifyPostQuantum({ name, publicKey, message, context, signature }, call);
    },
  };
}

function privateKeyOf(key: SoftwareKey): Uint8Array {
  const { half, postQuantum: parts } = key.postQuantum();
  if (half === 'private') return parts.privateKey;
  throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', 'a public key does not sign', { field: 'key' });
}
