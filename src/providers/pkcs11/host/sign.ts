/** Signing on the token. */
import type { SignatureRow } from '../../../core/algorithms.js';
import { andThen } from '../../answer.js';
import type { Ending } from './digest-stream.js';
import type { HostContext } from './host-context.js';
import { asBuffer, ofLength, outputBuffer } from './module.js';
import type { HostOperation, Job } from './operation.js';
import { signatureInput, signatureScheme, wholeSignatureInput } from './signature-schemes.js';

function signing(context: HostContext, job: Job): Ending {
  const row = job.row as SignatureRow;
  const { module } = context.token;
  const key = context.keys.private(job.key);
  const scheme = signatureScheme(row, job, context.keys.get(job.key).facts.keyLength);
  const output = outputBuffer(scheme.size);
  return (digest) => {
    const input = asBuffer(scheme.input(digest));
    const answer = context.pool.use((session) => {
      module.C_SignInit(session, scheme.mechanism, key);
      return context.pace.perform(
        `${row.name} sign`,
        input.length,
        () => module.C_Sign(session, input, output),
        () => module.C_SignAsync(session, input, output),
      );
    });
    return andThen(answer, (signature) => ({ data: scheme.encode(ofLength(scheme.size, signature)) }));
  };
}

export const sign: HostOperation = {
  whole: (context, job, data, expected) => wholeSignatureInput(job.row as SignatureRow, job, signing(context, job), data, expected),
  begin: (context, job) => signatureInput(job.row as SignatureRow, job, signing(context, job)),
};
