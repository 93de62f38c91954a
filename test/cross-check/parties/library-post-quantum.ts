/** Post-quantum algorithms by @noble/post-quantum: to compare with a Node that has its own. */
import type { Deeds, SignatureJob } from '../party.js';
import { unable } from '../party.js';
import { kems, signers } from '../post-quantum-pairs.js';

const options = ({ parameters }: SignatureJob) => ({
  ...(parameters.context instanceof Uint8Array && { context: parameters.context }),
  ...(parameters.deterministic === true && { extraEntropy: false as const }),
});

export const libraryPostQuantum: Pick<Deeds, 'sign' | 'verify' | 'encapsulate' | 'decapsulate'> = {
  sign: async (job, message) => {
    const { key, row } = job;
    return (signers[row.name] ?? unable(row.name)).sign(message, key.rawPrivate ?? unable(row.name), options(job));
  },
  verify: async (job, message, signature) => {
    const { key, row, parameters } = job;
    const { deterministic: _signing, ...rest } = parameters;
    return (signers[row.name] ?? unable(row.name)).verify(
      signature,
      message,
      key.rawPublic ?? unable(row.name),
      options({ ...job, parameters: rest }),
    );
  },
  encapsulate: async ({ key, row }) => {
    const { cipherText, sharedSecret } = (kems[row.name] ?? unable(row.name)).encapsulate(key.rawPublic ?? unable(row.name));
    return { ciphertext: cipherText, secret: sharedSecret };
  },
  decapsulate: async ({ key, row }, ciphertext) =>
    (kems[row.name] ?? unable(row.name)).decapsulate(ciphertext, key.rawPrivate ?? unable(row.name)),
};
