/**
 * AES-GCM (SP 800-38D) on the token. Encryption streams; decryption is gathered here and done in one call, because tokens give
 * nothing before the end and want room for everything. The token's output ends with the tag.
 */
import { andThen } from '../../answer.js';
import type { Answer } from '../../contract.js';
import { decryptionFailed } from './decryption.js';
import type { HostContext } from './host-context.js';
import { gcmMechanism } from './mechanisms.js';
import type { HostOperation, HostStream, Job, Result } from './operation.js';
import { nothing } from './operation.js';
import { SessionStream } from './session-stream.js';
import { begin, type Crypt, end, runWhole, update } from './symmetric.js';

/** Keeps copies of nonce and additional data, which a stream needs after its first request. */
function cryptOf({ keys }: HostContext, job: Job): Crypt {
  return {
    direction: job.use === 'decrypt' ? 'decrypt' : 'encrypt',
    name: job.row.name,
    mechanism: gcmMechanism(Uint8Array.from(job.iv), Uint8Array.from(job.aad), job.tagLength),
    key: keys.secret(job.key),
    slack: 2 * job.tagLength,
  };
}

function splitTag(output: Uint8Array, tagLength: number): Result {
  const at = output.length - tagLength;
  if (at < 0) throw new Error('the token gave no tag');
  return { data: output.subarray(0, at), tag: output.subarray(at) };
}

function decryptWhole(
  context: HostContext,
  crypt: Crypt,
  tagLength: number,
  parts: readonly Uint8Array[],
  tag: Uint8Array,
): Answer<Result> {
  if (tag.length !== tagLength) throw decryptionFailed();
  const sealed = Buffer.concat([...parts, tag]);
  return andThen(runWhole(context, crypt, sealed), (data) => ({ data, valid: true }));
}

export const aead: HostOperation = {
  whole(context, job, data, expected) {
    const crypt = cryptOf(context, job);
    if (crypt.direction === 'decrypt') return decryptWhole(context, crypt, job.tagLength, [data], expected);
    return andThen(runWhole(context, crypt, data), (output) => splitTag(output, job.tagLength));
  },

  begin(context, job, caller) {
    const crypt = cryptOf(context, job);
    if (crypt.direction === 'decrypt') return new GatheredDecryption(context, crypt, job.tagLength);
    return new SessionStream(context, caller, {
      init: (session) => begin(context, crypt, session),
      update: (session, piece) => update(context, crypt, session, piece),
      finish: (session) => andThen(end(context, crypt, session), (output) => splitTag(output, job.tagLength)),
    });
  },
};

class GatheredDecryption implements HostStream {
  readonly holdsSession = false;
  readonly #context: HostContext;
  readonly #crypt: Crypt;
  readonly #tagLength: number;
  #parts: Uint8Array[] = [];

  constructor(context: HostContext, crypt: Crypt, tagLength: number) {
    this.#context = context;
    this.#crypt = crypt;
    this.#tagLength = tagLength;
  }

  update(data: Uint8Array): Uint8Array {
    this.#parts.push(Uint8Array.from(data));
    return nothing;
  }

  finish(tag: Uint8Array): Answer<Result> {
    const parts = this.#parts;
    this.#parts = [];
    return decryptWhole(this.#context, this.#crypt, this.#tagLength, parts, tag);
  }

  abort(): void {
    this.#parts = [];
  }
}
