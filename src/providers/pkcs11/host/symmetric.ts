/** Encryption and decryption on the token, whole and in parts, for every mechanism alike. */
import { KeyslotError } from '../../../core/errors.js';
import { orElse } from '../../answer.js';
import type { Answer } from '../../contract.js';
import { decryptionFailed, refuseDecryption } from './decryption.js';
import type { HostContext } from './host-context.js';
import { asBuffer, type Handle, type Mechanism, outputBuffer } from './module.js';

export interface Crypt {
  readonly direction: 'encrypt' | 'decrypt';
  /** The algorithm's name, for the measurement of its pace. */
  readonly name: string;
  readonly mechanism: Mechanism;
  readonly key: Handle;
  /** Bytes that one output may be longer than its input. */
  readonly slack: number;
}

export function runWhole(context: HostContext, crypt: Crypt, data: Uint8Array): Answer<Buffer> {
  const { module } = context.token;
  const input = asBuffer(data);
  const output = outputBuffer(input.length + crypt.slack);
  const encrypts = crypt.direction === 'encrypt';
  return context.pool.use((session) => {
    begin(context, crypt, session);
    return ending(crypt, () =>
      context.pace.perform(
        paceName(crypt),
        input.length,
        () => (encrypts ? module.C_Encrypt(session, input, output) : module.C_Decrypt(session, input, output)),
        () => (encrypts ? module.C_EncryptAsync(session, input, output) : module.C_DecryptAsync(session, input, output)),
      ),
    );
  });
}

export function begin({ token: { module } }: HostContext, { direction, mechanism, key }: Crypt, session: Handle): void {
  if (direction === 'encrypt') module.C_EncryptInit(session, mechanism, key);
  else module.C_DecryptInit(session, mechanism, key);
}

export function update({ token: { module } }: HostContext, { direction, slack }: Crypt, session: Handle, piece: Buffer): Buffer {
  const output = outputBuffer(piece.length + slack);
  return direction === 'encrypt' ? module.C_EncryptUpdate(session, piece, output) : module.C_DecryptUpdate(session, piece, output);
}

export function end(context: HostContext, crypt: Crypt, session: Handle): Answer<Buffer> {
  const { module } = context.token;
  const output = outputBuffer(crypt.slack);
  const encrypts = crypt.direction === 'encrypt';
  return ending(crypt, () =>
    context.pace.perform(
      paceName(crypt),
      0,
      () => (encrypts ? module.C_EncryptFinal(session, output) : module.C_DecryptFinal(session, output)),
      () => (encrypts ? module.C_EncryptFinalAsync(session, output) : module.C_DecryptFinalAsync(session, output)),
    ),
  );
}

function paceName({ name, direction }: Crypt): string {
  return `${name} ${direction}`;
}

/** The call that ends a decryption tells whether it came out. */
function ending(crypt: Crypt, work: () => Answer<Buffer>): Answer<Buffer> {
  if (crypt.direction === 'encrypt') return work();
  return orElse(work, refuseDecryption);
}

export interface Blocks {
  readonly name: string;
  /** Bytes; 1 for modes that work byte by byte. */
  readonly size: number;
  readonly padded: boolean;
  readonly decrypts: boolean;
}

/**
 * What is padded comes back in whole blocks, one at least, and what is not padded goes in as whole blocks; a token might pass others.
 * @throws OPERATION_FAILED, INVALID_ARGUMENT with field `data`
 */
export function assertBlocks(length: number, { name, size, padded, decrypts }: Blocks): void {
  if (size === 1 || (padded && !decrypts)) return;
  if (length % size === 0 && (length > 0 || !padded)) return;
  if (decrypts) throw decryptionFailed();
  throw new KeyslotError('INVALID_ARGUMENT', `without padding ${name} takes whole blocks of ${size} bytes only`, { field: 'data' });
}
