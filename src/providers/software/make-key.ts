/** Keys made from other keys: what each way makes them of. */
import { isSecretKey } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { andThen } from '../answer.js';
import type { Answer, Call, KeyMaking } from '../contract.js';
import { importMaterial } from '../key-encoding/import-material.js';
import { encodeMaterial, type Material } from '../key-encoding/material.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { decapsulate } from '../post-quantum/encapsulation.js';
import { assertWanted } from './abandoned.js';
import { sharedSecret } from './agree.js';
import { deriveMaterial, secretToMaterial, type Wanted } from './derive.js';
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

  unwrap: ({ key, wrap, wrapped }, { algorithm }, { providerId }) =>
    andThen(unwrapBytes(wrapped, ownKey(key, providerId), wrap), (plain) => {
      try {
        return contentOf(algorithm, plain);
      } finally {
        wipe(plain);
      }
    }),
};

function decapsulated(key: SoftwareKey, ciphertext: Uint8Array): Uint8Array {
  const { half, postQuantum } = key.postQuantum();
  if (half === 'private') return decapsulate(postQuantum.name, postQuantum.privateKey, ciphertext);
  throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', 'this takes a private key, not a public one', { field: 'privateKey' });
}

/** Whether the content is a key of the kind must not be told apart from whether it was decrypted. */
function contentOf(algorithm: Wanted['algorithm'], plain: Uint8Array): Material {
  try {
    const material = importMaterial(algorithm, isSecretKey(algorithm) ? 'raw' : 'der', plain);
    if (material.half !== 'public') return material;
  } catch (error) {
    if (!(error instanceof KeyslotError)) throw error;
  }
  throw failed();
}

/** @throws what each way throws, see ProviderKeys.make */
export function makeMaterial(making: KeyMaking, wanted: Wanted, maker: Maker, call: Call): Answer<Material> {
  assertWanted(call);
  return (ways[making.from] as Make<Way>)(making, wanted, maker, call);
}
