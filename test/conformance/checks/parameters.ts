/** Parameters of algorithms, and names of algorithms. */
import { type CryptoResourceId, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assert, assertBytes, assertSame, refused } from '../expectations.js';
import { digest, mac, pattern } from '../material.js';
import { verified } from '../schemes.js';

const message = pattern(30);
const wrong = 'INVALID_ARGUMENT';

async function surplus(bench: Bench): Promise<void> {
  const hash = (parameters: Record<string, string | number | boolean | Uint8Array>) =>
    bench.context.createHashContext({ algorithm: 'SHA-256', provider: bench.provider, parameters });
  await refused(() => hash({ saltLength: 3 }), wrong, 'parameters.saltLength');
  await refused(() => hash({ what: new Uint8Array(3) }), wrong, 'parameters.what');
  await refused(() => hash(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`name${i}`, i]))), wrong);
  await refused(() => hash({ ['x'.repeat(65)]: 1 }), wrong);
  await (await hash({})).close();
}

async function wrongTypes(bench: Bench): Promise<void> {
  await using key = await bench.key('ecPrivate', p.sign);
  const sign = (signatureFormat: unknown) =>
    bench.context.createSignContext({ algorithm: 'ECDSA-P256', key, parameters: { signatureFormat: signatureFormat as string } });
  for (const value of ['asn1', '', 'DER', 1, true, new Uint8Array(3)])
    await refused(() => sign(value), wrong, 'parameters.signatureFormat');
  for (const value of [null, {}, -1, 1.5, Number.NaN, 2 ** 32]) await refused(() => sign(value), wrong, 'parameters.signatureFormat');
  await (await sign(undefined)).close();
}

async function bounds(bench: Bench): Promise<void> {
  await using key = await bench.key('hmac');
  const make = (outputLength: number) => bench.context.createMacContext({ algorithm: 'HMAC-SHA-256', key, parameters: { outputLength } });
  for (const length of [0, 1, 3, 33, 1000]) await refused(() => make(length), wrong, 'parameters.outputLength');
  for (const length of [4, 12, 31, 32]) {
    await using context = await make(length);
    assertSame('the size', context.macSize, length);
    assertBytes('the MAC', await context.singleShot(message), mac(message, length));
  }
}

async function saltLengths(bench: Bench): Promise<void> {
  await using key = await bench.key('rsaPrivate');
  const make = (saltLength: number) => ({ algorithm: 'RSA-PSS-SHA-256', key, parameters: { saltLength } });
  await refused(() => bench.context.createSignContext(make(513)), wrong, 'parameters.saltLength');
  for (const length of [0, 20, 32, 222]) {
    await using signing = await bench.context.createSignContext(make(length));
    const signature = await signing.singleShot(message);
    assertSame('the match under the usual salt', verified('rsa-pss', message, signature), length === 32);
    for (const other of [0, 20, 32, 222]) {
      await using verifying = await bench.context.createVerifySignatureContext(make(other));
      assertSame(`the match of salt ${length} under ${other}`, await verifying.singleShot(message, signature), length === other);
    }
  }
}

async function defaults(bench: Bench): Promise<void> {
  await using ec = await bench.key('ecPrivate');
  await using signing = await bench.context.createSignContext({ algorithm: 'ECDSA-P256', key: ec });
  assert(verified('ecdsa-p1363', message, await signing.singleShot(message)), 'the usual format is not p1363');
  await using rsa = await bench.key('rsaPrivate');
  await using pss = await bench.context.createSignContext({ algorithm: 'RSA-PSS-SHA-256', key: rsa });
  assert(verified('rsa-pss', message, await pss.singleShot(message)), 'the usual salt is not as long as the hash');
}

/** Case and the hyphen of the hash don't count. */
async function spellings(bench: Bench): Promise<void> {
  for (const algorithm of ['SHA-256', 'sha-256', 'SHA256', 'sha256', 'Sha256']) {
    await using hash = await bench.context.createHashContext({ algorithm, provider: bench.provider });
    assertBytes('the digest', await hash.singleShot(message), digest('sha256', message));
  }
  await using hmac = await bench.key('hmac');
  for (const algorithm of ['HMAC-SHA-256', 'hmac-sha256', 'HMAC-SHA256']) {
    await using context = await bench.context.createMacContext({ algorithm, key: hmac });
    assertBytes('the MAC', await context.singleShot(message), mac(message));
  }
  await using ec = await bench.key('ecPrivate', p.sign);
  for (const algorithm of ['ECDSA-P256', 'ecdsa-p256', 'ECDSA-P256-SHA-256', 'ecdsa-p256-sha256']) {
    await using context = await bench.context.createSignContext({ algorithm, key: ec });
    assert(verified('ecdsa-p1363', message, await context.singleShot(message)), 'the signature is wrong');
  }
  for (const algorithm of ['SHA_256', ' SHA-256', 'SHA-256 ', 'SHA--256', 'SHA-25', 'MD5'])
    await refused(() => bench.context.createHashContext({ algorithm, provider: bench.provider }), 'UNSUPPORTED_ALGORITHM', 'algorithm');
}

async function longNames(bench: Bench): Promise<void> {
  const hash = (algorithm: string) => bench.context.createHashContext({ algorithm, provider: bench.provider });
  await refused(() => hash('x'.repeat(64)), 'UNSUPPORTED_ALGORITHM', 'algorithm');
  await refused(() => hash('x'.repeat(65)), 'PARAM_TRUNCATED', 'algorithm');
  await refused(() => hash('ä'.repeat(33)), 'PARAM_TRUNCATED', 'algorithm');
  await refused(() => hash(''), wrong, 'algorithm');
  await refused(() => bench.keys.generateKey('x'.repeat(65)), 'PARAM_TRUNCATED', 'algorithm');
  await refused(() => bench.keys.generateKey('AES-1'), 'UNSUPPORTED_ALGORITHM', 'algorithm');
  const profile = { profile: 'Default' };
  await refused(() => bench.context.createHashContext(profile), 'RESOURCE_NOT_FOUND', 'profile');
}

async function notBytes(bench: Bench): Promise<void> {
  await using hash = await bench.context.createHashContext({ algorithm: 'SHA-256', provider: bench.provider });
  await hash.init();
  for (const value of ['text', [1, 2], undefined, null, 5, new ArrayBuffer(4)]) {
    await refused(() => hash.update(value as unknown as Uint8Array), wrong, 'data');
  }
  await hash.update(Buffer.from(message));
  assertBytes('the digest', await hash.finalize(), digest('sha256', message));
  const noKey = { algorithm: 'ECDSA-P256', key: 5 as unknown as CryptoResourceId };
  await refused(() => bench.context.createSignContext(noKey), wrong, 'key');
}

export const parameterChecks: readonly Check[] = [
  { name: 'parameters: surplus ones are refused by name', run: surplus },
  { name: 'parameters: wrong types and values are refused by name', run: wrongTypes },
  { name: 'parameters: outputLength of HMAC and its bounds', run: bounds },
  { name: 'parameters: saltLength of RSA-PSS counts on both sides', run: saltLengths },
  { name: 'parameters: defaults', run: defaults },
  { name: 'parameters: spellings of algorithms', run: spellings },
  { name: 'parameters: names of algorithms that are too long, empty or unknown', run: longNames },
  { name: 'parameters: what is no Uint8Array is refused and changes nothing', run: notBytes },
];
