import { errorTable } from '../../core/errors.js';
import { action, printJson } from '../action.js';
import type { JsonFlags } from '../flags.js';
import { printTable } from '../table.js';

/** `keyslot errors` */
export const errors = action(async (context, flags: JsonFlags) => {
  if (flags.json === true) {
    printJson(context, { errors: errorTable });
    return;
  }
  const rows = errorTable.map(({ code, numericCode, category, exit, retryable }) => [
    code,
    `0x${numericCode.toString(16).padStart(8, '0')}`,
    category,
    String(exit),
    retryable ? 'yes' : '-',
  ]);
  printTable(context.process.stdout, columns, rows);
});

const columns = [
  { name: 'CODE' },
  { name: 'NUMBER' },
  { name: 'CATEGORY' },
  { name: 'EXIT', align: 'right' },
  { name: 'RETRYABLE' },
] as const;
