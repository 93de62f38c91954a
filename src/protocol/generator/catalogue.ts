/** Emits the maps that join operations with their messages: by name, by number, and as types. */
import type { Operation } from '../schema.js';
import type { Model } from './model.js';
import { pascal } from './names.js';

export function emitCatalogue(model: Model): string {
  return [emitTypeMap(model.operations), emitByName(model.operations), emitByNumber(model.operations)].join('\n');
}

function emitTypeMap(operations: readonly Operation[]): string {
  const rows = operations.map(({ name }) => {
    const type = pascal(name);
    return `  readonly ${name}: {
    readonly request: ${type}Request;
    readonly requestInput: ${type}RequestInput;
    readonly response: ${type}Response;
    readonly responseInput: ${type}ResponseInput;
  };
`;
  });
  return `/** The messages of each operation. */\nexport interface Messages {\n${rows.join('')}}\n`;
}

function emitByName(operations: readonly Operation[]): string {
  const rows = operations.map(({ name, opcode, repeatable }) => {
    const sides = ['Request', 'Response'].flatMap((side) =>
      ['measure', 'encode', 'decode'].map((verb) => `    ${verb}${side}: ${verb}${pascal(name)}${side},\n`),
    );
    return `  ${name}: {\n    name: '${name}',\n    opcode: ${opcode},\n    repeatable: ${repeatable},\n${sides.join('')}  },\n`;
  });
  return `/** Codecs by name. */
export const operations: { readonly [N in keyof Messages]: OperationCodec<N, Messages[N]> } = {
${rows.join('')}};
`;
}

function emitByNumber(operations: readonly Operation[]): string {
  const rows = operations.map(({ name, opcode }) => `  ${opcode}: operations.${name},\n`);
  return `/** Codecs by number on the wire. */
export const messages: { readonly [opcode: number]: OperationCodec<keyof Messages> | undefined } = {
${rows.join('')}};
`;
}
