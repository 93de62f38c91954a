/** Emits the tables of the protocol's reference, each between `<!-- generated: name -->` and `<!-- end -->`. */
import { errorTable } from '../../core/errors.js';
import { permissionNames } from '../../core/permissions.js';
import { slotRights } from '../../core/resources.js';
import * as enumerations from '../enumerations.js';
import type { Operation } from '../schema.js';
import { fillSections, rowsOf } from './document.js';
import type { Model } from './model.js';

export function emitReference(text: string, model: Model): string {
  return fillSections(text, {
    operations: operationRows(model.operations),
    enumerations: enumerationRows(),
    masks: maskRows(),
    errors: errorRows(),
  });
}

function operationRows(operations: readonly Operation[]): string {
  const rows = operations.map(({ opcode, name, repeatable, about }) => [opcode, `\`${name}\``, repeatable ? 'yes' : 'no', about]);
  return rowsOf(['number', 'operation', 'repeatable', 'what it does'], rows);
}

/** Where each enumeration is met. */
const uses: readonly (readonly [string, enumerations.Enumeration<string>])[] = [
  ['`type` of resources (`resolveResource`, `listResources`, `Resource`, `ListedResource`)', enumerations.resourceTypeNumbers],
  ['`persistence` of `Resource`', enumerations.persistenceNumbers],
  ['`state` of `SlotInfo`', enumerations.slotStateNumbers],
  ['`kind` of `createContext`', enumerations.contextKindNumbers],
  ['`direction` of `createContext`, for ciphers and AEAD', enumerations.directionNumbers],
  ['`mode` of `createContext`, for MACs', enumerations.operationModeNumbers],
  ['`selection` of `createContext`', enumerations.providerSelectionNumbers],
  ['`format` of `importKey` and `exportKey`', enumerations.keyFormatNumbers],
  ['`kind` of `getKeyInfo`', enumerations.keyKindNumbers],
  ['`type` of `Provider`', enumerations.providerTypeNumbers],
  ['`state` of `Provider`', enumerations.providerStateNumbers],
  ['`status` of `health`', enumerations.healthStatusNumbers],
];

function enumerationRows(): string {
  const rows = uses.map(([where, { names }]) => [where, names.map((name, i) => `${i + 1} ${name}`).join(', ')]);
  return rowsOf(['field', 'values'], rows);
}

function maskRows(): string {
  const bits = (names: readonly string[]) => names.map((name, i) => `0x${(1 << i).toString(16)} ${name}`).join(', ');
  return rowsOf(
    ['field', 'bits'],
    [
      ['`permissions`, `publicPermissions`, `permittedOperations`', bits(permissionNames)],
      ['`rights` of `ListedResource`', bits(slotRights)],
    ],
  );
}

function errorRows(): string {
  const rows = errorTable.map(({ numericCode, code, category, retryable }) => [
    `0x${numericCode.toString(16).padStart(8, '0')}`,
    `\`${code}\``,
    category,
    retryable ? 'yes' : 'no',
  ]);
  return rowsOf(['status', 'code', 'category', 'retryable'], rows);
}
