/** Numbers of enumerations on the wire: the position in the list plus one, so that 0 is "not given". Lists only grow at their end. */
import { KeyslotError } from '../core/errors.js';
import { persistences, resourceTypes, slotStates } from '../core/resources.js';
import {
  contextKinds,
  directions,
  healthStatuses,
  keyFormats,
  keyKinds,
  operationModes,
  phraseFormats,
  providerSelections,
  providerStates,
  providerTypes,
  vaultKeyKinds,
  vaultPurposes,
  vaultStates,
} from '../core/vocabulary.js';

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
export const contextKindNumbers = new Enumeration(contextKinds);
export const directionNumbers = new Enumeration(directions);
/** Of MAC contexts. */
export const operationModeNumbers = new Enumeration(operationModes);
export const providerSelectionNumbers = new Enumeration(providerSelections);
export const keyFormatNumbers = new Enumeration(keyFormats);
/** Of a key as `getKeyInfo` tells it. */
export const keyKindNumbers = new Enumeration(keyKinds);
export const providerTypeNumbers = new Enumeration(providerTypes);
export const providerStateNumbers = new Enumeration(providerStates);
export const healthStatusNumbers = new Enumeration(healthStatuses);
/** Of the admin protocol. */
export const vaultStateNumbers = new Enumeration(vaultStates);
export const vaultPurposeNumbers = new Enumeration(vaultPurposes);
export const phraseFormatNumbers = new Enumeration(phraseFormats);
export const vaultKeyKindNumbers = new Enumeration(vaultKeyKinds);
