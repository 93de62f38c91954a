/** The rows of the demo: what Keyslot does, and what shows that it did it right. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { KeyslotError } from '../../core/errors.js';
import { type CipherName, cipher, hashOf, isSignature, macOf, type Scheme, signatureOf, type Through } from './file-operations.js';
import type { DemoKeys, ProviderKeys } from './keys.js';
import { ivSizes, nodeDecrypt, nodeEncrypt } from './node-ciphers.js';
import { type DemoProvider, demoProviders, foreignSlot } from './settings.js';
import type { SignatureKind, Witness } from './witness.js';

export interface Subject extends Through {
  readonly data: Uint8Array;
  readonly witness: Witness;
  readonly keys: DemoKeys;
}

export interface Outcome {
  /** Milliseconds that Keyslot took. */
  readonly ms: number;
  readonly checkedBy: string;
  readonly ok: boolean;
}

export interface Check {
  readonly operation: string;
  readonly algorithm: string;
  readonly provider: DemoProvider;
  run(subject: Subject): Promise<Outcome>;
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const since = performance.now();
  const result = await work();
  return { result, ms: performance.now() - since };
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function own(subject: Subject, provider: DemoProvider): ProviderKeys {
  return subject.keys.of[provider];
}

/** openssl is named with the subcommand that did it. */
function by(witness: Witness, how: string): string {
  return witness.name === 'openssl' ? `openssl ${how}` : witness.name;
}

const withTestKey = 'node:crypto, imported key';

function hashing(provider: DemoProvider, algorithm: string): Check {
  return {
    operation: 'hash',
    algorithm,
    provider,
    async run(subject) {
      const { result, ms } = await timed(() => hashOf(subject, algorithm, provider, subject.data));
      return { ms, checkedBy: by(subject.witness, 'dgst'), ok: same(result, await subject.witness.digest(algorithm)) };
    },
  };
}

function authenticating(provider: DemoProvider): Check {
  return {
    operation: 'mac',
    algorithm: 'HMAC-SHA-256',
    provider,
    async run(subject) {
      const { result, ms } = await timed(() => macOf(subject, own(subject, provider).slots.mac, subject.data));
      const expected = createHmac('sha256', subject.keys.test.mac).update(subject.data).digest();
      return { ms, checkedBy: withTestKey, ok: same(result, expected) };
    },
  };
}

function encrypting(provider: DemoProvider, algorithm: CipherName): Check {
  return {
    operation: 'encrypt',
    algorithm,
    provider,
    async run(subject) {
      const iv = randomBytes(ivSizes[algorithm]);
      const { result, ms } = await timed(() => cipher(subject, own(subject, provider).testAes, algorithm, 'encrypt', iv, subject.data));
      return { ms, checkedBy: withTestKey, ok: same(nodeDecrypt(algorithm, subject.keys.test.aes, iv, result), subject.data) };
    },
  };
}

function decrypting(provider: DemoProvider, algorithm: CipherName): Check {
  return {
    operation: 'decrypt',
    algorithm,
    provider,
    async run(subject) {
      const iv = randomBytes(ivSizes[algorithm]);
      const sealed = nodeEncrypt(algorithm, subject.keys.test.aes, iv, subject.data);
      const { result, ms } = await timed(() => cipher(subject, own(subject, provider).testAes, algorithm, 'decrypt', iv, sealed));
      return { ms, checkedBy: withTestKey, ok: same(result, subject.data) };
    },
  };
}

/** With the key of the slot, which nobody has ever seen: what comes back must be the file. */
function roundTrip(provider: DemoProvider, algorithm: CipherName): Check {
  return {
    operation: 'encrypt+decrypt',
    algorithm,
    provider,
    async run(subject) {
      const key = own(subject, provider).slots.aes;
      const iv = randomBytes(ivSizes[algorithm]);
      const { result, ms } = await timed(async () => {
        const sealed = await cipher(subject, key, algorithm, 'encrypt', iv, subject.data);
        return { sealed, opened: await cipher(subject, key, algorithm, 'decrypt', iv, sealed) };
      });
      const came = createHash('sha256').update(result.opened).digest();
      const hidden = !Buffer.from(result.sealed).includes(Buffer.from(subject.data.subarray(0, 16)));
      return { ms, checkedBy: by(subject.witness, 'dgst'), ok: hidden && same(came, await subject.witness.digest('SHA-256')) };
    },
  };
}

const schemes: Readonly<Record<SignatureKind, Scheme & { readonly slot: 'ec' | 'rsa' }>> = {
  ecdsa: { slot: 'ec', algorithm: 'ECDSA-P256', parameters: { signatureFormat: 'der' } },
  'rsa-pss': { slot: 'rsa', algorithm: 'RSA-PSS-SHA-256' },
};

function signing(provider: DemoProvider, kind: SignatureKind): Check {
  const { slot, ...scheme } = schemes[kind];
  return {
    operation: 'sign',
    algorithm: scheme.algorithm,
    provider,
    async run(subject) {
      const key = own(subject, provider).slots[slot];
      const { result, ms } = await timed(() => signatureOf(subject, key, scheme, subject.data));
      const publicKey = await (await subject.crypto.getKeyObject(key, subject.call)).exportPublicKey?.('pem', subject.call);
      const ok = publicKey !== undefined && (await subject.witness.verify(kind, publicKey, result));
      return { ms, checkedBy: by(subject.witness, 'dgst -verify'), ok };
    },
  };
}

/** A signature that the witness made, and the same for a file of which one bit was changed. */
function verifying(provider: DemoProvider, kind: SignatureKind): Check {
  const { slot, ...scheme } = schemes[kind];
  return {
    operation: 'verify',
    algorithm: scheme.algorithm,
    provider,
    async run(subject) {
      const signature = await subject.keys.signers[kind].sign();
      const key = own(subject, provider).foreign[kind];
      const { result, ms } = await timed(() => isSignature(subject, key, scheme, subject.data, signature));
      const changed = Uint8Array.from(subject.data);
      changed[0] = (changed[0] ?? 0) ^ 1;
      const refused = !(await isSignature(subject, key, scheme, changed, signature));
      return { ms, checkedBy: by(subject.witness, 'dgst -sign'), ok: result && refused };
    },
  };
}

/** Something that must not work; the row is right when the expected error comes. */
function refusal(
  operation: string,
  algorithm: string,
  provider: DemoProvider,
  code: string,
  attempt: (s: Subject) => Promise<unknown>,
): Check {
  return {
    operation,
    algorithm,
    provider,
    async run(subject) {
      const { result, ms } = await timed(() =>
        attempt(subject).then(
          () => 'it was allowed',
          (error: unknown) => (error instanceof KeyslotError ? error.code : String(error)),
        ),
      );
      return { ms, checkedBy: result, ok: result === code };
    },
  };
}

const refusals: readonly Check[] = [
  ...demoProviders.map((provider) =>
    refusal('refused: sign', 'AES-256', provider, 'KEY_OPERATION_NOT_PERMITTED', (subject) =>
      subject.crypto.createSignContext({ algorithm: 'ECDSA-P256', key: own(subject, provider).slots.aes }, subject.call),
    ),
  ),
  refusal('refused: lookup', 'AES-256', 'software', 'RESOURCE_NOT_FOUND', (subject) =>
    subject.crypto.resolveResource(foreignSlot, 'keySlot', subject.call),
  ),
];

const onEach = (make: (provider: DemoProvider) => Check): Check[] => demoProviders.map(make);

export const checks: readonly Check[] = [
  ...['SHA-256', 'SHA-384', 'SHA-512'].flatMap((algorithm) => onEach((provider) => hashing(provider, algorithm))),
  ...onEach(authenticating),
  ...(['AES-256-CBC', 'AES-256-GCM'] as const).flatMap((algorithm) => [
    ...onEach((provider) => encrypting(provider, algorithm)),
    ...onEach((provider) => decrypting(provider, algorithm)),
    ...onEach((provider) => roundTrip(provider, algorithm)),
  ]),
  ...(['ecdsa', 'rsa-pss'] as const).flatMap((kind) => [
    ...onEach((provider) => signing(provider, kind)),
    ...onEach((provider) => verifying(provider, kind)),
  ]),
  ...refusals,
];
