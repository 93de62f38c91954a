/** The part of RFC 7512 that configurations use: URIs that select a token, and URIs that select an object on it. */
import { KeyslotError } from '../../core/errors.js';
import type { TokenIdentity } from '../contract.js';

/** What of a token's identity must be equal. At least one is given. */
export interface TokenSelector {
  readonly token?: string;
  readonly serial?: string;
  readonly manufacturer?: string;
  readonly model?: string;
}

/** Label, id or both, of the objects that make a key. */
export interface ObjectSelector {
  readonly label: string | undefined;
  readonly id: Uint8Array | undefined;
}

const scheme = 'pkcs11:';
/** `pk11-pchar` of RFC 7512 2.3. */
const allowed = /^(?:[A-Za-z0-9\-._~:[\]@!$'()*+,=&]|%[0-9A-Fa-f]{2})*$/;

/** Attributes of a token and the longest value in bytes that CK_TOKEN_INFO has room for. */
const tokenAttributes = { token: 32, serial: 16, manufacturer: 32, model: 16 } as const;
const objectAttributes = { object: 256, id: 256 } as const;

function invalid(field: string, message: string): KeyslotError {
  return new KeyslotError('INVALID_ARGUMENT', message, { field });
}

function decodePercent(value: string): Uint8Array {
  const bytes: number[] = [];
  for (let i = 0; i < value.length; i++) {
    if (value[i] !== '%') bytes.push(value.charCodeAt(i));
    else {
      bytes.push(Number.parseInt(value.slice(i + 1, i + 3), 16));
      i += 2;
    }
  }
  return Uint8Array.from(bytes);
}

/** Values by attribute, percent-decoded. */
function parse(uri: string, known: Readonly<Record<string, number>>, field: string): Map<string, Uint8Array> {
  const names = Object.keys(known).join(', ');
  if (uri.slice(0, scheme.length).toLowerCase() !== scheme) throw invalid(field, `"${uri}" is not a pkcs11: URI`);
  if (uri.includes('?')) throw invalid(field, 'a query ("?…") is not taken here; the PIN comes from the file that the configuration names');
  const values = new Map<string, Uint8Array>();
  for (const part of uri.slice(scheme.length).split(';')) {
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(at, 0));
    const value = part.slice(at + 1);
    if (at < 1 || value === '') throw invalid(field, `"${part}" is not of the form name=value; the names are ${names}`);
    const longest = Object.hasOwn(known, name) ? known[name] : undefined;
    if (longest === undefined) throw invalid(field, `"${name}" is not one of ${names}`);
    if (values.has(name)) throw invalid(field, `"${name}" is given twice`);
    if (!allowed.test(value))
      throw invalid(field, `the value of "${name}" holds a character that must be percent-encoded, such as %20 for a blank`);
    const bytes = decodePercent(value);
    if (bytes.length > longest) throw invalid(field, `the value of "${name}" is longer than ${longest} bytes`);
    values.set(name, bytes);
  }
  return values;
}

function text(name: string, bytes: Uint8Array, field: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid(field, `the value of "${name}" is not UTF-8`);
  }
}

/**
 * `pkcs11:token=…;serial=…;manufacturer=…;model=…`, at least one of them.
 * @throws INVALID_ARGUMENT with the given field
 */
export function parseTokenUri(uri: string, field: string): TokenSelector {
  const entries = [...parse(uri, tokenAttributes, field)].map(([name, bytes]) => [name, text(name, bytes, field)]);
  return Object.fromEntries(entries) as TokenSelector;
}

/**
 * `pkcs11:object=…;id=…`, at least one of them.
 * @throws INVALID_ARGUMENT with the given field
 */
export function parseObjectUri(uri: string, field: string): ObjectSelector {
  const values = parse(uri, objectAttributes, field);
  const label = values.get('object');
  return { label: label === undefined ? undefined : text('object', label, field), id: values.get('id') };
}

export function selectsToken(selector: TokenSelector, token: TokenIdentity): boolean {
  const wanted: readonly (readonly [string | undefined, string])[] = [
    [selector.token, token.label],
    [selector.serial, token.serial],
    [selector.manufacturer, token.manufacturer],
    [selector.model, token.model],
  ];
  return wanted.every(([want, has]) => want === undefined || want === has);
}
