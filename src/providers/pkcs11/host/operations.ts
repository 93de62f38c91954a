/** Operations by use: what a request asks for, run whole or as a stream. */

import type { OperationRow } from '../../../core/algorithms.js';
import { KeyslotError } from '../../../core/errors.js';
import { andThen } from '../../answer.js';
import type { Answer } from '../../contract.js';
import type { Messages } from '../../hosting/generated/messages.js';
import { hashNumbers, type OperationUse, operationRowOf, operationUseNumbers } from '../../hosting/host-enumerations.js';
import { aead } from './aead.js';
import { cipher } from './cipher.js';
import { hash } from './hash.js';
import type { HostContext } from './host-context.js';
import { mac } from './mac.js';
import type { HostOperation, Job, Result } from './operation.js';
import { rsaCipher } from './rsa-cipher.js';
import { sign } from './sign.js';
import { StreamTable } from './stream-table.js';
import { verify } from './verify.js';

type Request<N extends keyof Messages> = Messages[N]['request'];
type Answers<N extends keyof Messages> = Messages[N]['responseInput'];

/** Who does a family, and for which uses. */
interface Family {
  readonly operation: (use: OperationUse) => HostOperation;
  readonly uses: readonly OperationUse[];
}

const macs: Family = { operation: () => mac, uses: ['mac'] };
const rsa: Family = { operation: () => rsaCipher, uses: ['encrypt', 'decrypt'] };
const signatures: Family = { operation: (use) => (use === 'sign' ? sign : verify), uses: ['sign', 'verify'] };

const families: Readonly<Partial<Record<OperationRow['family'], Family>>> = {
  hash: { operation: () => hash, uses: ['hash'] },
  hmac: macs,
  cmac: macs,
  gmac: macs,
  cipher: { operation: () => cipher, uses: ['encrypt', 'decrypt'] },
  aead: { operation: () => aead, uses: ['encrypt', 'decrypt'] },
  'rsa-oaep': rsa,
  'rsa-pkcs1-encryption': rsa,
  ecdsa: signatures,
  'rsa-pss': signatures,
  'rsa-pkcs1': signatures,
  eddsa: signatures,
};

function jobOf(request: Request<'operate'> | Request<'beginStream'>): { job: Job; operation: HostOperation } {
  const row = operationRowOf(request.algorithm);
  const use = operationUseNumbers.given(request.use, 'use');
  const family = families[row.family];
  if (family === undefined || !family.uses.includes(use)) {
    throw new KeyslotError('UNSUPPORTED_OPERATION', `${row.name} does not ${use}`, { field: 'use' });
  }
  const { key, iv, aad, tagLength, outputLength, saltLength } = request;
  const job: Job = {
    row,
    use,
    key,
    iv,
    aad,
    tagLength,
    outputLength,
    saltLength,
    derSignature: request.derSignature !== 0,
    mgfHash: hashNumbers.name(request.mgfHash, 'mgfHash'),
    // A stream needs it after its first request.
    label: Uint8Array.from(request.label),
    padded: request.unpadded === 0,
    prehashed: request.prehashed !== 0,
  };
  return { job, operation: family.operation(use) };
}

function told({ data, tag, valid }: Result): Answers<'operate'> {
  return { data, tag, valid: valid === true ? 1 : 0 };
}

export class HostOperations {
  readonly #context: HostContext;
  readonly streams: StreamTable;

  /** `streamTimeout`: milliseconds after which an idle stream loses its session. */
  constructor(context: HostContext, streamTimeout: number) {
    this.#context = context;
    this.streams = new StreamTable(streamTimeout);
  }

  operate(request: Request<'operate'>): Answer<Answers<'operate'>> {
    const { job, operation } = jobOf(request);
    return andThen(operation.whole(this.#context, job, request.data, request.expected), told);
  }

  beginStream(request: Request<'beginStream'>): Answer<Answers<'beginStream'>> {
    const { job, operation } = jobOf(request);
    this.streams.add(request.stream, () => operation.begin(this.#context, job, request.caller));
    return this.updateStream(request);
  }

  updateStream({ stream, data }: { readonly stream: number; readonly data: Uint8Array }): Answer<Answers<'updateStream'>> {
    return andThen(
      this.streams.run(stream, (running) => running.update(data)),
      (output) => ({ data: output }),
    );
  }

  finishStream({ stream, expected }: Request<'finishStream'>): Answer<Answers<'finishStream'>> {
    return andThen(this.streams.finish(stream, expected), told);
  }
}
