/** EncryptedData in files: JSON with base64, as docs/vault.md has it. */
import { longestSealed } from '../../daemon/admin/operations.js';
import { type EncryptedBytes, encryptedData, parseEncryptedData } from '../../vault/encrypted-data.js';
import type { CliContext } from '../context.js';
import { usageError } from '../failure.js';
import { readWhole } from './whole-file.js';

/** Base64 takes four bytes for three; names, salt, iv and blanks of any layout come on top. */
const longestText = Math.ceil((longestSealed + 16) / 3) * 4 + 65_536;

// not secret: the first bytes of every file of its kind
const [boxMagic, fileMagic] = ['KSLTBOX', 'KSLTENC'].map((text) => Buffer.from(text, 'latin1')) as [Buffer, Buffer];

/** What `keyslot seal` makes, told from its first bytes. */
export type Sealed = { readonly kind: 'vault'; readonly text: Uint8Array } | { readonly kind: 'key'; readonly message: Uint8Array };

/** @throws INVALID_ARGUMENT (usage) for a file of keyslot encrypt */
export async function readSealedFile(context: CliContext, name: string | undefined): Promise<Sealed> {
  const bytes = await readWhole(context, name, longestText);
  const begins = (magic: Buffer) => magic.equals(bytes.subarray(0, magic.length));
  if (begins(fileMagic)) throw usageError('this file was made by keyslot encrypt: keyslot decrypt opens it', 'file');
  return begins(boxMagic) ? { kind: 'key', message: bytes } : { kind: 'vault', text: bytes };
}

/** @throws INVALID_FORMAT, DERIVATION_PATH_INVALID */
export function parseEncryptedFile(text: Uint8Array): EncryptedBytes {
  // not secret: ciphertext, and what stands beside it
  return parseEncryptedData(Buffer.from(text.buffer, text.byteOffset, text.length).toString('utf8'));
}

/** A line of JSON. */
export function encryptedFile(encrypted: EncryptedBytes): Uint8Array {
  // not secret: ciphertext, and what stands beside it
  return Buffer.from(`${JSON.stringify(encryptedData(encrypted))}\n`);
}
