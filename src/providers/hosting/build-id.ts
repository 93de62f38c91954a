/** The daemon and its hosts are one build: their private protocol has no versions, only this mark, which must be equal. */
import { createHash } from 'node:crypto';
import type { OperationTable } from '../../protocol/schema.js';

export function buildId(table: OperationTable): string {
  return createHash('sha256').update(JSON.stringify(table)).digest('hex').slice(0, 32);
}
