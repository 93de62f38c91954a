/** AES without authentication (SP 800-38A) on the token, with the padding of PKCS#7 (RFC 5652 6.3) or none. */
import type { CipherRow } from '../../../core/algorithms.js';
import { andThen } from '../../answer.js';
import { counterRoom } from './counter-room.js';
import type { HostContext } from './host-context.js';
import { cipherMechanism } from './mechanisms.js';
import type { HostOperation, Job } from './operation.js';
import { SessionStream } from './session-stream.js';
import { assertBlocks, type Blocks, begin, type Crypt, end, runWhole, update } from './symmetric.js';

function cryptOf({ keys }: HostContext, job: Job): Crypt & { readonly blocks: Blocks } {
  const { name, blockSize } = job.row as CipherRow;
  return {
    direction: job.use === 'decrypt' ? 'decrypt' : 'encrypt',
    name,
    mechanism: cipherMechanism(job.row as CipherRow, Uint8Array.from(job.iv), blockSize > 1 && job.padded),
    key: keys.secret(job.key),
    // What was held back from before and the padding.
    slack: 2 * blockSize,
    blocks: { name, size: blockSize, padded: job.padded, decrypts: job.use === 'decrypt' },
  };
}

export const cipher: HostOperation = {
  whole(context, job, data) {
    const crypt = cryptOf(context, job);
    assertBlocks(data.length, crypt.blocks);
    counterRoom(context, job)(data.length);
    return andThen(runWhole(context, crypt, data), (output) => ({ data: output }));
  },

  begin(context, job, caller) {
    const crypt = cryptOf(context, job);
    const assertRoom = counterRoom(context, job);
    let length = 0;
    return new SessionStream(context, caller, {
      init: (session) => begin(context, crypt, session),
      update: (session, piece) => {
        length += piece.length;
        assertRoom(length);
        return update(context, crypt, session, piece);
      },
      finish: (session) => {
        assertBlocks(length, crypt.blocks);
        return andThen(end(context, crypt, session), (data) => ({ data }));
      },
    });
  },
};
