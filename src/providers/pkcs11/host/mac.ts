/** HMAC (FIPS 198-1) on the token. It computes whole MACs only; short ones are cut here. */
import type { MacRow } from '../../../core/algorithms.js';
import { andThen } from '../../answer.js';
import { hmacSha256 } from './mechanisms.js';
import { asBuffer, ofLength, outputBuffer } from './module.js';
import { type HostOperation, type Job, nothing, type Result } from './operation.js';
import { SessionStream } from './session-stream.js';

function cut(output: Uint8Array, job: Job): Result {
  const mac = ofLength((job.row as MacRow).outputSize, output);
  return { data: job.outputLength === 0 ? mac : mac.subarray(0, job.outputLength) };
}

export const mac: HostOperation = {
  whole({ token: { module }, pool, pace, keys }, job, data) {
    const { row } = job as Job<MacRow>;
    const key = keys.secret(job.key);
    const input = asBuffer(data);
    const output = outputBuffer(row.outputSize);
    const answer = pool.use((session) => {
      module.C_SignInit(session, hmacSha256, key);
      return pace.perform(
        row.name,
        input.length,
        () => module.C_Sign(session, input, output),
        () => module.C_SignAsync(session, input, output),
      );
    });
    return andThen(answer, (whole) => cut(whole, job));
  },

  begin(context, job, caller) {
    const { row } = job as Job<MacRow>;
    const { module } = context.token;
    const key = context.keys.secret(job.key);
    const output = outputBuffer(row.outputSize);
    return new SessionStream(context, caller, {
      init: (session) => module.C_SignInit(session, hmacSha256, key),
      update: (session, piece) => {
        module.C_SignUpdate(session, piece);
        return nothing;
      },
      finish: (session) => {
        const answer = context.pace.perform(
          row.name,
          0,
          () => module.C_SignFinal(session, output),
          () => module.C_SignFinalAsync(session, output),
        );
        return andThen(answer, (whole) => cut(whole, job));
      },
    });
  },
};
