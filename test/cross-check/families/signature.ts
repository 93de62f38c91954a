import type { AlgorithmParameters } from '../../../src/client/configs.js';
import { algorithmTable, hashNames, hashSizes, keyAlgorithm, type SignatureRow } from '../../../src/core/algorithms.js';
import { assertSame, assertTrue, changed, show } from '../agreement.js';
import { family, type Round } from '../family.js';
import { type KeyPair, type SignatureJob, Unable } from '../party.js';
import type { Random } from '../random.js';
import { modulusSize } from './rsa-encryption.js';

const families: ReadonlySet<string> = new Set(['ecdsa', 'rsa-pss', 'rsa-pkcs1', 'eddsa', 'ml-dsa', 'slh-dsa']);
/** Those that are only verified have nobody who signs. */
const rows = algorithmTable.filter(
  (row): row is SignatureRow => families.has(row.family) && (row.kinds as readonly string[]).includes('sign'),
);

function keyName(row: SignatureRow): string {
  if ('keyName' in row) return row.keyName;
  if (row.family !== 'ecdsa') return 'RSA';
  return keyAlgorithm(row.name.slice(0, -row.hash.length - 1))?.name ?? row.name;
}

function parametersOf(random: Random, row: SignatureRow, key: KeyPair): AlgorithmParameters {
  const has = (name: string): boolean => row.parameters.some((parameter) => parameter.name === name);
  const prehashed = has('prehashed') && random.chance(25) ? { prehashed: true } : {};
  if (row.family === 'ecdsa') return { ...prehashed, ...(random.chance(50) && { signatureFormat: 'der' }) };
  if (row.family === 'rsa-pss') {
    const most = modulusSize(key) - hashSizes[row.hash] - 3;
    const saltLength = random.chance(20) ? 0 : random.between(0, most);
    return { ...prehashed, ...(random.chance(70) && { saltLength }), ...(random.chance(50) && { mgfHash: random.pick(hashNames) }) };
  }
  return {
    ...prehashed,
    ...(has('context') && random.chance(60) && { context: random.message(1, 255) }),
    ...(has('deterministic') && random.chance(50) && { deterministic: true }),
  };
}

/** The same message has one signature. */
function isDeterministic({ row, parameters }: SignatureJob): boolean {
  if (row.family === 'rsa-pss') return parameters.saltLength === 0;
  return row.family === 'rsa-pkcs1' || row.family === 'eddsa' || parameters.deterministic === true;
}

export const signatureFamily = family({
  name: 'signature',
  rows,
  deeds: ['sign', 'verify'],
  operations: () => ['sign', 'verify'],
  isSlow: ({ family: of, name }) => of === 'slh-dsa' && !name.endsWith('128f'),
  round: async ({ row, random, pairs, ours, theirs }) => {
    const key = pairs.make(random, keyName(row));
    const job: SignatureJob = { row, key, parameters: parametersOf(random, row, key) };
    const prehashed = job.parameters.prehashed === true && 'hash' in row;
    const message = prehashed ? random.bytes(hashSizes[row.hash]) : random.message();
    const here = await ours.sign(job, message);
    assertTrue('theirs takes our signature', await theirs.verify(job, message, here));
    const there = await signedThere(job, message, theirs);
    if (there !== undefined) {
      if (isDeterministic(job)) assertSame('the signature', here, there);
      assertTrue('ours takes their signature', await ours.verify(job, message, there));
    }
    // A quarter of the rounds, since each refusal takes as long as what it is about.
    if (random.chance(25)) await assertRefused({ ours, theirs, random }, job, message, there ?? here);
  },
});

type Verifiers = Pick<Round<SignatureRow, 'sign' | 'verify'>, 'ours' | 'theirs' | 'random'>;

async function assertRefused({ ours, theirs, random }: Verifiers, job: SignatureJob, message: Uint8Array, signature: Uint8Array) {
  // Of a digest that is longer than the order of its curve only the first bits count.
  const bit = random.between(0, job.parameters.prehashed === true ? 8 * 20 - 1 : 100_000);
  const other = message.length === 0 ? random.bytes(1) : changed(message, bit);
  assertTrue('ours refuses another message', !(await ours.verify(job, other, signature)));
  assertTrue('theirs refuses another message', !(await theirs.verify(job, other, signature)));
  const bent = changed(signature, random.between(0, 100_000));
  const [here, there] = [await ours.verify(job, message, bent), await verdict(() => theirs.verify(job, message, bent))];
  assertTrue(`both think the same of a changed signature, here ${here}, there ${there}, ${show(bent)}`, here === there);
}

/** A library's refusal may be an error. */
async function verdict(work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Unable) throw error;
    return false;
  }
}

/** Undefined for a deterministic signature of somebody who makes none. */
async function signedThere(
  job: SignatureJob,
  message: Uint8Array,
  theirs: { sign(job: SignatureJob, message: Uint8Array): Promise<Uint8Array> },
) {
  if (job.parameters.deterministic !== true) return await theirs.sign(job, message);
  try {
    return await theirs.sign(job, message);
  } catch (error) {
    if (error instanceof Unable) return undefined;
    throw error;
  }
}
