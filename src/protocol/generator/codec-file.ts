/** Emits the TypeScript file of a table of operations: types, encoders, decoders and the maps that join them. */
import { emitCatalogue } from './catalogue.js';
import { emitDecoder } from './decoder.js';
import { emitEncoder } from './encoder.js';
import { emitListMeasure, emitMeasure } from './measure.js';
import type { Model } from './model.js';
import { errorHelpers, readerHelpers, writerHelpers } from './names.js';
import { emitTypes } from './types.js';

/** @param runtime where the emitted file finds src/protocol, as in `..` or `../../../protocol`. */
export function emitCodec(model: Model, runtime: string): string {
  const sub = tablesUsed(model, 'table');
  const listed = tablesUsed(model, 'list');
  const code = model.tables.map((table) => {
    const use = { sub: sub.has(table.name), listed: listed.has(table.name) };
    const measures = use.listed ? [emitMeasure(table), emitListMeasure(table)] : [emitMeasure(table)];
    return [emitTypes(table), ...measures, emitEncoder(table, use), emitDecoder(table, use)].join('\n');
  });
  const body = [...code, emitCatalogue(model)].join('\n');
  const header = '// Generated from the table of operations by `npm run generate`. Do not edit.\n';
  return `${header}${emitImports(body, runtime)}\n${body}`;
}

function tablesUsed(model: Model, type: 'table' | 'list'): Set<string> {
  const names = new Set<string>();
  for (const { fields } of model.tables) for (const field of fields) if (field.type === type) names.add(field.of.name);
  return names;
}

function emitImports(body: string, runtime: string): string {
  const sources: readonly (readonly [string, readonly string[]])[] = [
    ['body-errors', errorHelpers],
    ['body-reader', readerHelpers],
    ['body-writer', writerHelpers],
  ];
  const lines = sources.flatMap(([file, helpers]) => {
    const used = helpers.filter((helper) => new RegExp(`\\b${helper}\\b[(;]`).test(body));
    return used.length === 0 ? [] : [`import { ${used.join(', ')} } from '${runtime}/${file}.js';\n`];
  });
  return `${lines.join('')}import type { OperationCodec } from '${runtime}/operation-codec.js';\n`;
}
