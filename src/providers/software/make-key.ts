/** Keys made from other keys: what each way makes them of. */
import { isSecretKey } from '../../core/algorithms.js';
import { type ErrorCode, KeyslotError } from '../../core/errors.js';
import { andThen, andThenOr } from '../answer.js';
import type { Answer, Call, KeyMaking } from '../contract.js';
import { encodeMaterial, type Material } from '../key-encoding/material.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { decapsulate } from '../post-quantum/encapsulation.js';
import { assertWanted } from './abandoned.js';
import { sharedSecret } from './agree.js';
import { deriveMaterial, secretToMaterial, type Wanted } from './derive.js';
import { importKeyMaterial } from './import-key.js';
import type { SoftwareKey } from './key.js';
import { ownKey } from './own-key.js';
import type { SlowHost } from './slow-host.js';
import { failed, unwrapBytes } from './wrap.js';

type Way = KeyMaking['from'];
type MakingOf<W extends Way> = Extract<KeyMaking, { from: W }>;
export interface Maker {
  readonly providerId: number;
  readonly slowHost: SlowHost;
}
type Make<W extends Way> = (making: MakingOf<W>, wanted: Wanted, maker: Maker, call: Call) => Answer<Material>;

const ways: { readonly [W in Way]: Make<W> } = {
  derive: ({ key, kdf }, wanted, { providerId, slowHost }, call) =>
    deriveMaterial(kdf, encodeMaterial(ownKey(key, providerId).material()), wanted, slowHost, call),

  agree: (making, wanted, { providerId, slowHost }, call) =>
    secretToMaterial(making.kdf, sharedSecret(ownKey(making.key, providerId), making), wanted, slowHost, call),

  decapsulate: ({ key, ciphertext, kdf }, wanted, { providerId, slowHost }, call) =>
    secretToMaterial(kdf, decapsulated(ownKey(key, providerId), ciphertext), wanted, slowHost, call),

  unwrap: ({ key, wrap, wrapped }, { algorithm }, { providerId, slowHost }, call) =>
    andThen(unwrapBytes(wrapped, ownKey(key, providerId), wrap), (plain) => contentOf(algorithm, plain, slowHost, call)),
};

function decapsulated(key: SoftwareKey, ciphertext: Uint8Array): Uint8Array {
  const { half, postQuantum } = key.postQuantum();
  if (half === 'private') return decapsulate(postQuantum.name, postQuantum.privateKey, ciphertext);
  throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', 'this takes a private key, not a public one', { field: 'privateKey' });
}

/** What says something about the content, and must not be told apart from whether it was decrypted. */
const ofContent: ReadonlySet<string> = new Set<ErrorCode>(['INVALID_FORMAT', 'ALGORITHM_MISMATCH', 'INVALID_ARGUMENT']);

/** Wipes the content. */
function contentOf(algorithm: Wanted['algorithm'], plain: Uint8Array, slowHost: SlowHost, call: Call): Answer<Material> {
  return andThenOr(
    () => importKeyMaterial({ algorithm, format: isSecretKey(algorithm) ? 'raw' : 'der', keyData: plain }, slowHost, call),
    (material) => {
      wipe(plain);
      if (material.half !== 'public') return material;
      throw failed();
    },
    (error) => {
      wipe(plain);
      throw error instanceof KeyslotError && ofContent.has(error.code) ? failed() : error;
    },
  );
}

/** @throws what each way throws, see ProviderKeys.make */
export function makeMaterial(making: KeyMaking, wanted: Wanted, maker: Maker, call: Call): Answer<Material> {
  assertWanted(call);
  return (ways[making.from] as Make<Way>)(making, wanted, maker, call);
}
