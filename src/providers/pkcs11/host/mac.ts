/** HMAC (FIPS 198-1), CMAC (SP 800-38B) and GMAC (SP 800-38D) on the token. It computes whole MACs only; short ones are cut here. */
import type { MacRow } from '../../../core/algorithms.js';
import { andThen } from '../../answer.js';
import { aesCmac, gmacMechanism, hmacMechanism } from './mechanisms.js';
import { asBuffer, type Mechanism, ofLength, outputBuffer } from './module.js';
import { type HostOperation, type Job, nothing, type Result } from './operation.js';
import { SessionStream } from './session-stream.js';

/** Keeps a copy of the nonce, which a stream needs after its first request. */
function mechanismOf({ row, iv }: Job): Mechanism {
  const mac = row as MacRow;
  if (mac.family === 'hmac') return hmacMechanism(mac.hash);
  return mac.family === 'gmac' ? gmacMechanism(Uint8Array.from(iv)) : aesCmac;
}

function cut(output: Uint8Array, job: Job): Result {
  const mac = ofLength((job.row as MacRow).outputSize, output);
  return { data: job.outputLength === 0 ? mac : mac.subarray(0, job.outputLength) };
}

export const mac: HostOperation = {
  whole({ token: { module }, pool, pace, keys }, job, data) {
    const { row } = job as Job<MacRow>;
    const key = keys.secret(job.key);
    const mechanism = mechanismOf(job);
    const input = asBuffer(data);
    const output = outputBuffer(row.outputSize);
    const answer = pool.use((session) => {
      module.C_SignInit(session, mechanism, key);
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
    const mechanism = mechanismOf(job);
    const output = outputBuffer(row.outputSize);
    return new SessionStream(context, caller, {
      init: (session) => module.C_SignInit(session, mechanism, key),
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
