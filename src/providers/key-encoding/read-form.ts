/** What an encoded key is, before anything of it is believed. */
import type { KeyFormat } from '../contract.js';
import { formOf, type KeyForm } from './key-form.js';
import { decodePem } from './pem.js';
import { copySecret, wipe } from './secret-bytes.js';

/** `der` is fresh memory, which the caller wipes. @throws INVALID_FORMAT with field `keyData` */
export function readForm(format: 'pem' | 'der', keyData: Uint8Array): { readonly form: KeyForm; readonly der: Uint8Array } {
  return format === 'pem' ? decodePem(keyData) : { form: formOf(keyData), der: copySecret(keyData) };
}

/** Undefined for formats without forms, and for what is no key at all. */
export function formIn(format: KeyFormat, keyData: Uint8Array): KeyForm | undefined {
  if (format !== 'pem' && format !== 'der') return undefined;
  try {
    const { form, der } = readForm(format, keyData);
    wipe(der);
    return form;
  } catch {
    return undefined;
  }
}
