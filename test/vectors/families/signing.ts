/** New signatures, verified by Keyslot and by node:crypto. */
import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { CryptoResourceGuard } from '../../../src/client/index.js';
import { operationAlgorithm } from '../../../src/core/algorithms.js';
import { type Bench, orSkip } from '../bench.js';
import type { SignatureCase } from '../case.js';

type Parameters = SignatureCase['parameters'];

/** A private key signs a message in one call and in parts, and both signatures are right. */
export async function assertSigns(
  bench: Bench,
  key: CryptoResourceGuard,
  algorithm: string,
  parameters: Parameters,
  message: Uint8Array,
): Promise<void> {
  await using signing = await orSkip(() => bench.context.createSignContext({ algorithm, key, parameters }));
  const signatures = [await signing.singleShot(message)];
  await signing.init();
  for (const part of bench.cuts.of(message)) await signing.update(part);
  signatures.push(await signing.signFinalize());
  const { exportPublicKey } = await bench.context.getKeyObject(key);
  if (exportPublicKey === undefined) throw new Error('the private key has no public half');
  const publicKey = createPublicKey({ key: Buffer.from(await exportPublicKey('der')), format: 'der', type: 'spki' });
  await using verifying = await bench.context.createVerifySignatureContext({ algorithm, key, parameters });
  for (const signature of signatures) {
    if (!(await verifying.singleShot(message, signature))) throw new Error('a new signature does not match');
    if (!verifiedByNode(algorithm, parameters, publicKey, message, signature))
      throw new Error('node:crypto does not verify a new signature');
  }
}

function verifiedByNode(algorithm: string, parameters: Parameters, key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  const row = operationAlgorithm(algorithm);
  if (row?.family !== 'ecdsa' && row?.family !== 'rsa-pss') throw new Error(`node:crypto is not asked about ${algorithm}`);
  const hash = row.hash.replace('SHA-', 'sha');
  if (row.family === 'ecdsa')
    return verify(hash, message, { key, dsaEncoding: parameters.signatureFormat === 'der' ? 'der' : 'ieee-p1363' }, signature);
  const saltLength = Number(parameters.saltLength ?? constants.RSA_PSS_SALTLEN_DIGEST);
  return verify(hash, message, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature);
}
