/** The paths that have a name: who a node is, its devices, its ssh host key, its encryption keys, its Ethereum account. */

import { KeyslotError } from '../core/errors.js';
import { type DerivationPath, hardened, parsePath, requirePathFor } from './derivation-path.js';

/** Paths as text. `{n}` stands for the number of a device, `{v-2}` for an encryption key's version less two. */
export interface PathTemplates {
  /** Ed25519. */
  readonly identity: string;
  /** Ed25519; has `{n}`. */
  readonly device: string;
  /** Ed25519. */
  readonly sshHost: string;
  /** AES-256; has `{v-2}`. */
  readonly encryption: string;
  /** secp256k1. */
  readonly ethereum: string;
}

export const usualPaths: PathTemplates = {
  identity: "m/74'/0'/0'/0'",
  device: "m/74'/0'/0'/{n}'",
  sshHost: "m/74'/0'/1'/0'",
  encryption: "m/74'/2'/0'/{v-2}'",
  ethereum: "m/44'/60'/0'/0/0",
};

/** The first version of an encryption key. Version 1 was made from a password and is no derivation. */
export const firstKeyVersion = 2;
/** The version whose step is the last index. */
export const lastKeyVersion = hardened - 1 + firstKeyVersion;

/** Paths that were checked, with the usual ones where nothing else was said. */
export class NamedPaths {
  readonly identity: DerivationPath;
  readonly sshHost: DerivationPath;
  readonly ethereum: DerivationPath;
  readonly #device: string;
  readonly #encryption: string;

  /** @throws DERIVATION_PATH_INVALID that names the path at fault; INVALID_ARGUMENT for a name that is not one of the five */
  constructor(templates: Partial<PathTemplates> = {}) {
    const unknown = Object.keys(templates).find((name) => !Object.hasOwn(usualPaths, name));
    if (unknown !== undefined) {
      throw new KeyslotError('INVALID_ARGUMENT', `there is no path named ${unknown}: ${Object.keys(usualPaths).join(', ')}`, {
        field: 'paths',
      });
    }
    const { identity, device, sshHost, encryption, ethereum } = { ...usualPaths, ...templates };
    this.identity = parsePath(identity, 'paths.identity');
    this.sshHost = parsePath(sshHost, 'paths.sshHost');
    this.ethereum = parsePath(ethereum, 'paths.ethereum');
    this.#device = requireTemplate(device, '{n}', 'paths.device');
    this.#encryption = requireTemplate(encryption, '{v-2}', 'paths.encryption');
    requirePathFor('Ed25519', this.identity, 'paths.identity');
    requirePathFor('Ed25519', this.sshHost, 'paths.sshHost');
    requirePathFor('Ed25519', this.device(0), 'paths.device');
    requirePathFor('Aes256Gcm', this.encryption(firstKeyVersion), 'paths.encryption');
  }

  /** The Ed25519 key of device `n`. With the usual paths, device 0 is the identity. @throws DERIVATION_PATH_INVALID unless 0 to 2³¹ - 1 */
  device(n: number): DerivationPath {
    return parsePath(this.#device.replace('{n}', indexText(n, 0, 'device', 'device')), 'device');
  }

  /** The AES key of a version, 2 to 2³¹ + 1. @throws DERIVATION_PATH_INVALID for any other */
  encryption(version: number): DerivationPath {
    return parsePath(this.#encryption.replace('{v-2}', indexText(version, firstKeyVersion, 'key version', 'key_version')), 'key_version');
  }
}

function requireTemplate(template: string, place: string, field: string): string {
  const steps = typeof template === 'string' ? template.split('/') : [];
  const places = steps.filter((step) => step === place || step === `${place}'`);
  if (places.length !== 1) throw new KeyslotError('DERIVATION_PATH_INVALID', `the path must have ${place} as one of its steps`, { field });
  parsePath(template.replace(place, '0'), field);
  return template;
}

function indexText(value: number, first: number, name: string, field: string): string {
  const index = Number.isInteger(value) ? value - first : -1;
  if (index >= 0 && index < hardened) return `${index}`;
  throw new KeyslotError('DERIVATION_PATH_INVALID', `a ${name} is an integer from ${first} to ${hardened - 1 + first}`, { field });
}
