/** JSON files of families that belong to later parts, so that their tests are counted and named. */
import { skipped, type VectorCase } from '../case.js';
import { isObject, type JsonObject } from './json-fields.js';

interface OtherFormat {
  readonly is: (file: JsonObject) => boolean;
  readonly algorithm: string;
  /** Members whose entries are tests. */
  readonly lists: readonly string[];
}

const formats: readonly OtherFormat[] = [
  { is: (file) => Array.isArray(file.testcases), algorithm: 'X.509 path validation', lists: ['testcases'] },
  { is: (file) => Array.isArray(file.signMatrix), algorithm: 'Open Crypto Broker service', lists: ['kat', 'signMatrix'] },
  { is: (file) => Array.isArray(file.english), algorithm: 'BIP39', lists: ['english', 'french', 'japanese'] },
  {
    is: (file) => Array.isArray(file.vectors) && /bip-?32|bip-0032/i.test(String(file.source)),
    algorithm: 'BIP32',
    lists: ['vectors', 'invalid'],
  },
  { is: (file) => Array.isArray(file.vectors) && /slip/i.test(String(file.source)), algorithm: 'SLIP-0010', lists: ['vectors'] },
];

export function isJsonSchema(file: JsonObject): boolean {
  return isObject(file.$defs) || isObject(file.definitions) || typeof file.$schema === 'string';
}

/** Undefined for a file of no known format. */
export function readOtherJson(file: JsonObject): VectorCase[] | undefined {
  const format = formats.find(({ is }) => is(file));
  if (format === undefined) return undefined;
  return format.lists.flatMap((list) => {
    const entries = Object.keys(isObject(file[list]) || Array.isArray(file[list]) ? file[list] : {});
    return entries.map((entry) => skipped(`${list} ${entry}`, 'laterPart', format.algorithm));
  });
}
