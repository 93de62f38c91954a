/** Encryption to RSA keys on the token: OAEP (RFC 8017 7.1) and PKCS#1 v1.5 (7.2), of one message that is shorter than the modulus. */
import { type HashName, hashSizes, type RsaCipherRow } from '../../../core/algorithms.js';
import { andThen } from '../../answer.js';
import type { Answer } from '../../contract.js';
import { decryptionFailed } from './decryption.js';
import { assertLength, GatheredStream } from './gathered-stream.js';
import type { HostContext } from './host-context.js';
import { oaepMechanism, rsaPkcs } from './mechanisms.js';
import type { Mechanism } from './module.js';
import type { HostOperation, Job, Result } from './operation.js';
import { runWhole } from './symmetric.js';

interface Padding {
  readonly mechanism: Mechanism;
  /** Bytes that the padding takes at least. */
  readonly overhead: number;
}

export function oaepPadding(hash: HashName, mgfHash: HashName | undefined, label: Uint8Array): Padding {
  return { mechanism: oaepMechanism(hash, mgfHash ?? hash, label), overhead: 2 * hashSizes[hash] + 2 };
}
function paddingOf({ hash }: RsaCipherRow, { mgfHash, label }: Job): Padding {
  return hash === undefined ? { mechanism: rsaPkcs, overhead: 11 } : oaepPadding(hash, mgfHash, label);
}

function run(context: HostContext, job: Job, data: Uint8Array): Answer<Result> {
  const row = job.row as RsaCipherRow;
  const { mechanism, overhead } = paddingOf(row, job);
  const size = modulusSize(context, job);
  const direction = job.use === 'decrypt' ? 'decrypt' : 'encrypt';
  if (direction === 'encrypt') assertLength(data.length, size - overhead);
  else if (data.length !== size) throw decryptionFailed();
  const key = direction === 'decrypt' ? context.keys.private(job.key) : context.keys.public(job.key).handle;
  return andThen(runWhole(context, { direction, name: row.name, mechanism, key, slack: size }, data), (output) => ({ data: output }));
}

/** Bytes. */
function modulusSize({ keys }: HostContext, { key }: Job): number {
  return Math.ceil(keys.get(key).facts.keyLength / 8);
}

export const rsaCipher: HostOperation = {
  whole: run,
  begin: (context, job) => new GatheredStream((message) => run(context, job, message), modulusSize(context, job)),
};
