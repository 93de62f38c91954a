/** Numbers of enumerations on the wire: the position in the list plus one, so that 0 is "not given". Lists only grow at their end. */
import { KeyslotError } from '../core/errors.js';
import type { ContextKind, Direction } from '../core/permissions.js';
import { persistences, resourceTypes, slotStates } from '../core/resources.js';

export class Enumeration<T extends string> {
  readonly names: readonly T[];

  constructor(names: readonly T[]) {
    this.names = names;
  }

  /**
   * @throws {KeyslotError} INVALID_ARGUMENT that names the field, for a name that is not in the list.
   */
  number(name: T | undefined, field: string): number {
    if (name === undefined) return 0;
    const position = this.names.indexOf(name);
    if (position < 0) throw invalid(field, `${field} is not one of ${this.names.join(', ')}`);
    return position + 1;
  }

  /**
   * undefined for 0.
   * @throws {KeyslotError} INVALID_ARGUMENT that names the field, for a number that this version doesn't know.
   */
  name(number: number, field: string): T | undefined {
    if (number === 0) return undefined;
    const name = this.names[number - 1];
    if (name === undefined) throw invalid(field, `${field} has the unknown number ${number}`);
    return name;
  }

  /** @throws {KeyslotError} INVALID_ARGUMENT that names the field, for 0 and for a number that this version doesn't know. */
  given(number: number, field: string): T {
    const name = this.name(number, field);
    if (name === undefined) throw invalid(field, `${field} is missing`);
    return name;
  }
}

function invalid(field: string, message: string): KeyslotError {
  return new KeyslotError('INVALID_ARGUMENT', message, { field });
}

export const resourceTypeNumbers = new Enumeration(resourceTypes);
export const persistenceNumbers = new Enumeration(persistences);
export const slotStateNumbers = new Enumeration(slotStates);

export const contextKinds = ['hash', 'mac', 'cipher', 'aead', 'sign', 'verify', 'random', 'keyManagement'] as const satisfies ContextKind[];
export const contextKindNumbers = new Enumeration<ContextKind>(contextKinds);

export const directions = ['encrypt', 'decrypt'] as const satisfies Direction[];
export const directionNumbers = new Enumeration<Direction>(directions);

/** Of MAC contexts. */
export const macModes = ['generate', 'verify'] as const;
export const macModeNumbers = new Enumeration(macModes);

export const providerSelections = ['default', 'hardware', 'software', 'hardwarePreferred', 'softwarePreferred'] as const;
export const providerSelectionNumbers = new Enumeration(providerSelections);

export const keyFormats = ['raw', 'der', 'pem', 'jwk'] as const;
export const keyFormatNumbers = new Enumeration(keyFormats);

/** Of a key as `getKeyInfo` tells it. */
export const keyKinds = ['symmetric', 'public', 'private'] as const;
export const keyKindNumbers = new Enumeration(keyKinds);

export const providerTypes = ['hardware', 'software'] as const;
export const providerTypeNumbers = new Enumeration(providerTypes);

export const providerStates = ['ready', 'starting', 'unavailable'] as const;
export const providerStateNumbers = new Enumeration(providerStates);

export const healthStates = ['serving', 'degraded', 'stopping'] as const;
export const healthStateNumbers = new Enumeration(healthStates);
