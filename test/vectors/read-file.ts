/** The tests of one file: its format is told by its content. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { skipped, type VectorCase } from './case.js';
import { isAcvp, readAcvp } from './formats/acvp.js';
import { isBotan, readBotan } from './formats/botan.js';
import { readSignInput } from './formats/cavp/ec.js';
import { readCavp } from './formats/cavp.js';
import { isObject, type JsonObject } from './formats/json-fields.js';
import { isKeyFile, readKeyFile } from './formats/key-files.js';
import { isOpensslEvp, readOpensslEvp } from './formats/openssl-evp.js';
import { isJsonSchema, readOtherJson } from './formats/other-json.js';
import { parsePairs } from './formats/pairs.js';
import { isPkcs1Text, readPkcs1Text } from './formats/pkcs1-text.js';
import { isWycheproof, readWycheproof } from './formats/wycheproof.js';

const notKnown: readonly VectorCase[] = [skipped('file', 'format')];

/** `path` is the file's name as people see it; some formats name their algorithm there only. */
export function readVectorFile(file: string, path: string): readonly VectorCase[] {
  const zipped = file.endsWith('.gz');
  const stored = readFileSync(file);
  const content = zipped ? gunzipSync(stored) : stored;
  const json = content.includes(0) ? undefined : parseJson(content.toString('utf8'));
  if (json === undefined && isKeyFile(content, path)) return readKeyFile({ content, notes: notesOf(dirname(file)) }, path);
  if (content.includes(0)) return notKnown;
  const cases = json === undefined ? readText(content.toString('utf8'), path.replace(/\.gz$/, '')) : readJson(json);
  if (cases === undefined) return notKnown;
  return cases.length === 0 ? [skipped('file', 'noTests')] : cases;
}

/** READMEs of a folder: they tell passphrases. */
function notesOf(folder: string): string {
  const names = readdirSync(folder).filter((name) => /^readme/i.test(name));
  return names.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
}

function readText(text: string, path: string): VectorCase[] | undefined {
  if (isPkcs1Text(text)) return readPkcs1Text(text);
  const signInput = readSignInput(text);
  if (signInput !== undefined) return signInput;
  const document = parsePairs(text);
  if (document === undefined) return undefined;
  if (isOpensslEvp(document)) return readOpensslEvp(document);
  return isBotan(document, path) ? readBotan(document) : readCavp(document, path);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** ACVP's own files are lists whose members are a version and a vector set. */
function readJson(parsed: unknown): VectorCase[] | undefined {
  const sets = (Array.isArray(parsed) ? parsed : [parsed]).filter(isObject);
  const cases = sets.map(readJsonObject).filter((read) => read !== undefined);
  return cases.length === 0 ? undefined : cases.flat();
}

function readJsonObject(file: JsonObject): VectorCase[] | undefined {
  if (isWycheproof(file)) return readWycheproof(file);
  if (isAcvp(file)) return readAcvp(file);
  return isJsonSchema(file) ? [skipped('file', 'noTests')] : readOtherJson(file);
}
