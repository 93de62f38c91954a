/** Hashes (FIPS 180-4) on the token. */
import type { HashRow } from '../../../core/algorithms.js';
import { andThen } from '../../answer.js';
import { hashMechanism } from './mechanisms.js';
import { asBuffer, ofLength, outputBuffer } from './module.js';
import type { HostOperation, Job } from './operation.js';
import { nothing } from './operation.js';
import { SessionStream } from './session-stream.js';

export const hash: HostOperation = {
  whole({ token: { module }, pool, pace }, job, data) {
    const { row } = job as Job<HashRow>;
    const mechanism = hashMechanism(row.hash);
    const input = asBuffer(data);
    const output = outputBuffer(row.outputSize);
    const answer = pool.use((session) => {
      module.C_DigestInit(session, mechanism);
      return pace.perform(
        row.name,
        input.length,
        () => module.C_Digest(session, input, output),
        () => module.C_DigestAsync(session, input, output),
      );
    });
    return andThen(answer, (digest) => ({ data: ofLength(row.outputSize, digest) }));
  },

  begin(context, job, caller) {
    const { row } = job as Job<HashRow>;
    const { module } = context.token;
    const mechanism = hashMechanism(row.hash);
    const output = outputBuffer(row.outputSize);
    return new SessionStream(context, caller, {
      init: (session) => module.C_DigestInit(session, mechanism),
      update: (session, piece) => {
        module.C_DigestUpdate(session, piece);
        return nothing;
      },
      finish: (session) => {
        const answer = context.pace.perform(
          row.name,
          0,
          () => module.C_DigestFinal(session, output),
          () => module.C_DigestFinalAsync(session, output),
        );
        return andThen(answer, (digest) => ({ data: ofLength(row.outputSize, digest) }));
      },
    });
  },
};
