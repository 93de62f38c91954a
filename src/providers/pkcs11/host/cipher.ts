/** AES-CBC with the padding of PKCS#7 (SP 800-38A, RFC 5652 6.3) on the token. */
import type { CipherRow } from '../../../core/algorithms.js';
import { andThen } from '../../answer.js';
import type { HostContext } from './host-context.js';
import { cbcMechanism } from './mechanisms.js';
import type { HostOperation, Job } from './operation.js';
import { SessionStream } from './session-stream.js';
import { assertBlocks, begin, type Crypt, end, runWhole, update } from './symmetric.js';

function cryptOf({ keys }: HostContext, job: Job): Crypt & { readonly blockSize: number } {
  const { name, blockSize } = job.row as CipherRow;
  return {
    direction: job.use === 'decrypt' ? 'decrypt' : 'encrypt',
    name,
    mechanism: cbcMechanism(Uint8Array.from(job.iv)),
    key: keys.secret(job.key),
    // What was held back from before and the padding.
    slack: 2 * blockSize,
    blockSize,
  };
}

export const cipher: HostOperation = {
  whole(context, job, data) {
    const crypt = cryptOf(context, job);
    if (crypt.direction === 'decrypt') assertBlocks(data.length, crypt.blockSize);
    return andThen(runWhole(context, crypt, data), (output) => ({ data: output }));
  },

  begin(context, job, caller) {
    const crypt = cryptOf(context, job);
    let length = 0;
    return new SessionStream(context, caller, {
      init: (session) => begin(context, crypt, session),
      update: (session, piece) => {
        length += piece.length;
        return update(context, crypt, session, piece);
      },
      finish: (session) => {
        if (crypt.direction === 'decrypt') assertBlocks(length, crypt.blockSize);
        return andThen(end(context, crypt, session), (data) => ({ data }));
      },
    });
  },
};
