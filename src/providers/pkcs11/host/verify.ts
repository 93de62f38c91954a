/** Verification on the token, with the public object of a pair or an imported one. What can't be a signature is `valid: false`. */
import type { SignatureRow } from '../../../core/algorithms.js';
import { andThen } from '../../answer.js';
import type { Answer } from '../../contract.js';
import { CKR } from '../cryptoki.js';
import type { Ending } from './digest-stream.js';
import type { HostContext } from './host-context.js';
import { asBuffer } from './module.js';
import type { HostOperation, Job } from './operation.js';
import { returnValueOf } from './return-values.js';
import { signatureInput, signatureScheme, wholeSignatureInput } from './signature-schemes.js';

function verifying(context: HostContext, job: Job): Ending {
  const row = job.row as SignatureRow;
  const { module } = context.token;
  const key = context.keys.public(job.key).handle;
  const scheme = signatureScheme(row, job, context.keys.get(job.key).facts.keyLength);
  return (digest, expected) => {
    const candidate = scheme.decode(expected);
    if (candidate === undefined) return { valid: false };
    const input = asBuffer(scheme.input(digest));
    const signature = asBuffer(candidate);
    const answer = orFalse(() =>
      context.pool.use((session) => {
        module.C_VerifyInit(session, scheme.mechanism, key);
        return context.pace.perform(
          `${row.name} verify`,
          input.length,
          () => module.C_Verify(session, input, signature),
          () => module.C_VerifyAsync(session, input, signature),
        );
      }),
    );
    return andThen(answer, (valid) => ({ valid }));
  };
}

/** A signature that does not match ends as an error of the call, after which the pool replaces the session. */
function orFalse(work: () => Answer<boolean>): Answer<boolean> {
  try {
    const answer = work();
    return answer instanceof Promise ? answer.catch(falseWhenInvalid) : answer;
  } catch (error) {
    return falseWhenInvalid(error);
  }
}

function falseWhenInvalid(error: unknown): false {
  const value = returnValueOf(error);
  if (value === CKR.SIGNATURE_INVALID || value === CKR.SIGNATURE_LEN_RANGE) return false;
  throw error;
}

export const verify: HostOperation = {
  whole: (context, job, data, expected) => wholeSignatureInput(job.row as SignatureRow, job, verifying(context, job), data, expected),
  begin: (context, job) => signatureInput(job.row as SignatureRow, job, verifying(context, job)),
};
