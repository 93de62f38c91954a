/** Ephemeral keys: made, imported, exported. */
import { KeyslotError } from '../../core/errors.js';
import { andThen } from '../answer.js';
import type { Answer, Call, GenerateSpec, ImportSpec, ProviderKey, ProviderKeys } from '../contract.js';
import { importMaterial } from '../key-encoding/import-material.js';
import { encodeMaterial } from '../key-encoding/material.js';
import { assertWanted } from './abandoned.js';
import { SoftwareKey } from './key.js';
import { generateMaterial } from './key-kinds.js';
import type { OwnedKeys } from './owned-keys.js';
import type { SlowHost } from './slow-host.js';

/** @throws CROSS_PROVIDER_INCOMPATIBLE for a key that another provider holds */
export function ownKey(key: ProviderKey | undefined, providerId: number): SoftwareKey {
  if (key instanceof SoftwareKey && key.provider.id === providerId) return key;
  if (key === undefined) throw new KeyslotError('INVALID_ARGUMENT', 'this needs a key', { field: 'key' });
  throw new KeyslotError('CROSS_PROVIDER_INCOMPATIBLE', `the key is held by provider "${key.provider.name}"`, { field: 'key' });
}

export class SoftwareKeys implements ProviderKeys {
  readonly #providerId: number;
  readonly #owned: OwnedKeys;
  readonly #slowHost: SlowHost;

  constructor(providerId: number, owned: OwnedKeys, slowHost: SlowHost) {
    this.#providerId = providerId;
    this.#owned = owned;
    this.#slowHost = slowHost;
  }

  generate({ algorithm }: GenerateSpec, owner: number, call: Call): Answer<ProviderKey> {
    return andThen(generateMaterial(algorithm, this.#slowHost, call), (material) => this.#owned.add(algorithm, material, owner));
  }

  /**
   * `raw`: the bytes of a secret key, the uncompressed point of an elliptic-curve public key. `der`, `pem`: PKCS#8 or SPKI, one key
   * and nothing else. `jwk`: RFC 7517.
   */
  import({ algorithm, format, keyData }: ImportSpec, owner: number, call: Call): Answer<ProviderKey> {
    assertWanted(call);
    return this.#owned.add(algorithm, importMaterial(algorithm, format, keyData), owner);
  }

  publicKey(key: ProviderKey, owner: number, call: Call): Answer<ProviderKey> {
    assertWanted(call);
    const object = ownKey(key, this.#providerId).publicKey();
    return this.#owned.add(key.algorithm, { half: 'public', object }, owner);
  }

  exportPublic(key: ProviderKey): Answer<Uint8Array> {
    return encodeMaterial({ half: 'public', object: ownKey(key, this.#providerId).publicKey() });
  }

  exportSecret(key: ProviderKey): Answer<Uint8Array> {
    const material = ownKey(key, this.#providerId).material();
    if (material.half === 'public') throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', 'a public key has no secret half', { field: 'key' });
    return encodeMaterial(material);
  }
}
