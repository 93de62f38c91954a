/**
 * What the daemon remembers of its vault: a fingerprint of the identity's public key, so that a wrong phrase, which is a right phrase of another
 * vault, is known as such. Nothing in it is secret.
 */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { KeyslotError } from '../../core/errors.js';
import { syncFolder } from '../../providers/lasting-folder.js';
import { openTrustedFile } from '../../providers/trusted-file.js';

export interface VaultRecord {
  /** The identity's, when the vault was initialised. */
  readonly path: string;
  /** Base64 of SHA-256 of the public key. */
  readonly fingerprint: string;
}

const schema = z.strictObject({
  version: z.literal(1),
  identity: z.strictObject({ path: z.string().max(256), fingerprint: z.base64().length(44) }),
});
const longest = 4096;
const field = 'vault';

export function fingerprintOf(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('base64');
}

/** @throws INVALID_OPERATION where the configuration has another path for the identity by now */
export function assertPathOf(record: VaultRecord, identityPath: string): void {
  if (record.path === identityPath) return;
  const message = `the vault was initialised with the identity at ${record.path}, and vault.paths.identity is ${identityPath} now`;
  throw new KeyslotError('INVALID_OPERATION', message, { field: 'vault.paths.identity' });
}

/** @throws MNEMONIC_INVALID */
export function assertPhraseOf(record: VaultRecord | undefined, identity: Uint8Array): void {
  if (fingerprintOf(identity) === record?.fingerprint) return;
  throw new KeyslotError('MNEMONIC_INVALID', 'this is not the phrase of this vault, or not its passphrase');
}

function placeOf(folder: string): string {
  return join(folder, 'vault.json');
}

/** Undefined where no vault was initialised. @throws INVALID_FORMAT, ACCESS_DENIED */
export function readVaultRecord(folder: string): VaultRecord | undefined {
  const path = placeOf(folder);
  let descriptor: number;
  try {
    descriptor = openTrustedFile(path, { what: "the vault's record", field, secret: false });
  } catch (error) {
    if (error instanceof KeyslotError && error.code === 'RESOURCE_NOT_FOUND') return undefined;
    throw error;
  }
  try {
    const text = fstatSync(descriptor).size > longest ? '' : readFileSync(descriptor, 'utf8');
    return parse(text, path);
  } finally {
    closeSync(descriptor);
  }
}

function parse(text: string, path: string): VaultRecord {
  try {
    return schema.parse(JSON.parse(text)).identity;
  } catch (cause) {
    throw new KeyslotError('INVALID_FORMAT', `${path} is no record of a vault that this version knows`, { field, cause });
  }
}

/** The first record of a vault: durable when it returns; all or nothing. @throws PERSIST_FAILED */
export function writeVaultRecord(folder: string, identity: VaultRecord): void {
  const path = placeOf(folder);
  const unfinished = `${path}.new`;
  let renamed = false;
  try {
    rmSync(unfinished, { force: true });
    const descriptor = openSync(unfinished, 'wx', 0o600);
    try {
      // not secret: a path and the hash of a public key
      writeSync(descriptor, `${JSON.stringify({ version: 1, identity })}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(unfinished, path);
    renamed = true;
    syncFolder(folder);
  } catch (cause) {
    // What was refused must not be there at the next start.
    removeQuietly(renamed ? path : unfinished);
    throw new KeyslotError('PERSIST_FAILED', `${path} can't be written: ${(cause as Error).message}`, { field, cause });
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The first error is the one to tell.
  }
}
