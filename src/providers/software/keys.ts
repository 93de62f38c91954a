/** Ephemeral keys: made, imported, exported, wrapped. */
import { KeyslotError } from '../../core/errors.js';
import { andFinally, andThen } from '../answer.js';
import type {
  Answer,
  Call,
  Encapsulated,
  EncapsulateSpec,
  GenerateSpec,
  ImportSpec,
  MakeSpec,
  ProviderKey,
  ProviderKeys,
  WrapSpec,
} from '../contract.js';
import { encodeMaterial, type Material, publicHalfOf, publicSpkiOf } from '../key-encoding/material.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { encapsulate } from '../post-quantum/encapsulation.js';
import { assertWanted } from './abandoned.js';
import { secretToMaterial } from './derive.js';
import { importKeyMaterial } from './import-key.js';
import { generateMaterial } from './key-kinds.js';
import { makeMaterial } from './make-key.js';
import { ownKey } from './own-key.js';
import type { OwnedKeys } from './owned-keys.js';
import type { SlowHost } from './slow-host.js';
import { VaultKey } from './vault-key.js';
import { wrapBytes } from './wrap.js';

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
   * `raw`: the bytes of a secret key, or of a public key where there is such a form. `der`, `pem`: PKCS#8, SPKI, SEC1 or PKCS#1, one
   * key and nothing else. `jwk`: RFC 7517.
   */
  import(spec: ImportSpec, owner: number, call: Call): Answer<ProviderKey> {
    assertWanted(call);
    return andThen(importKeyMaterial(spec, this.#slowHost, call), (material) => this.#owned.add(spec.algorithm, material, owner));
  }

  make({ algorithm, keyLength, making }: MakeSpec, owner: number, call: Call): Answer<ProviderKey> {
    const maker = { providerId: this.#providerId, slowHost: this.#slowHost };
    return andThen(makeMaterial(making, { algorithm, keyLength }, maker, call), (material) => this.#owned.add(algorithm, material, owner));
  }

  encapsulate({ key, kem, algorithm, keyLength, kdf }: EncapsulateSpec, owner: number, call: Call): Answer<Encapsulated> {
    assertWanted(call);
    const { publicKey } = ownKey(key, this.#providerId).postQuantum().postQuantum;
    const { ciphertext, sharedSecret } = encapsulate(kem.name, publicKey);
    const made = secretToMaterial(kdf, sharedSecret, { algorithm, keyLength }, this.#slowHost, call);
    return andThen(made, (material) => ({ key: this.#owned.add(algorithm, material, owner), ciphertext }));
  }

  wrap(key: ProviderKey, wrappingKey: ProviderKey, spec: WrapSpec, call: Call): Answer<Uint8Array> {
    assertWanted(call);
    const plain = encodeMaterial(ownKey(key, this.#providerId).material());
    return andFinally(
      () => wrapBytes(plain, ownKey(wrappingKey, this.#providerId), spec),
      () => wipe(plain),
    );
  }

  publicKey(key: ProviderKey, owner: number, call: Call): Answer<ProviderKey> {
    assertWanted(call);
    return this.#owned.add(key.algorithm, this.#publicHalf(key), owner);
  }

  exportPublic(key: ProviderKey): Answer<Uint8Array> {
    return publicSpkiOf(this.#publicHalf(key));
  }

  exportSecret(key: ProviderKey): Answer<Uint8Array> {
    if (key instanceof VaultKey) throw new KeyslotError('KEY_NOT_EXPORTABLE', 'a key of the vault never leaves it', { field: 'key' });
    const material = ownKey(key, this.#providerId).material();
    if (material.half === 'public') throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', 'a public key has no secret half', { field: 'key' });
    return encodeMaterial(material);
  }

  #publicHalf(key: ProviderKey): Material {
    return key instanceof VaultKey && key.provider.id === this.#providerId
      ? key.publicMaterial()
      : publicHalfOf(ownKey(key, this.#providerId).material());
  }
}
