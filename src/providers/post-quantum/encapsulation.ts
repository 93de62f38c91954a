/** Key encapsulation with ML-KEM (FIPS 203 algorithms 20 and 21). */
import { KeyslotError } from '../../core/errors.js';
import { copySecret, wipe } from '../key-encoding/secret-bytes.js';
import { nobleKem } from './noble.js';
import { nodeHas, postQuantumCrypto, privateObject, publicObject } from './node-keys.js';
import { parameterSet } from './parameter-sets.js';

export interface EncapsulatedSecret {
  readonly ciphertext: Uint8Array;
  /** 32 bytes. The receiver wipes it. */
  readonly sharedSecret: Uint8Array;
}

/** A new secret and its ciphertext for the holder of the private key. `publicKey` has passed the checks of an import (FIPS 203 7.2). */
export function encapsulate(name: string, publicKey: Uint8Array): EncapsulatedSecret {
  const set = parameterSet(name);
  if (nodeHas(set) && postQuantumCrypto.encapsulate !== undefined) {
    const { ciphertext, sharedKey } = postQuantumCrypto.encapsulate(publicObject(set, publicKey));
    return { ciphertext: Uint8Array.from(ciphertext), sharedSecret: taken(sharedKey) };
  }
  const { cipherText, sharedSecret } = nobleKem(name).encapsulate(publicKey);
  return { ciphertext: Uint8Array.from(cipherText), sharedSecret: taken(sharedSecret) };
}

/**
 * The secret of a ciphertext: 32 bytes, which the caller wipes. A ciphertext that was not made for this key gives a secret that nobody
 * else knows (implicit rejection). `privateKey` is the expanded key and has passed the checks of an import (FIPS 203 7.3).
 * @throws INVALID_ARGUMENT with field `ciphertext` for another size
 */
export function decapsulate(name: string, privateKey: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const set = parameterSet(name);
  if (ciphertext.length !== set.outputSize) {
    throw new KeyslotError('INVALID_ARGUMENT', `a ciphertext of ${name} has ${set.outputSize} bytes, not ${ciphertext.length}`, {
      field: 'ciphertext',
    });
  }
  if (nodeHas(set) && postQuantumCrypto.decapsulate !== undefined) {
    return taken(postQuantumCrypto.decapsulate(privateObject(set, privateKey), ciphertext));
  }
  return taken(nobleKem(name).decapsulate(ciphertext, privateKey));
}

function taken(secret: Uint8Array): Uint8Array {
  const copy = copySecret(secret);
  wipe(secret);
  return copy;
}
