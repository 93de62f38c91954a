/** New signatures, verified by Keyslot and by node:crypto. */
import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { AlgorithmParameters } from '../../../src/client/configs.js';
import type { CryptoResourceGuard } from '../../../src/client/index.js';
import { operationAlgorithm } from '../../../src/core/algorithms.js';
import { type Bench, timeout } from '../bench.js';
import { nodeHash } from '../names.js';

export async function signOnce(
  bench: Bench,
  key: CryptoResourceGuard,
  algorithm: string,
  parameters: AlgorithmParameters,
  message: Uint8Array,
): Promise<Uint8Array> {
  const config = { algorithm, key, parameters, operationTimeout: timeout };
  await using signing = await bench.orSkip(() => bench.context.createSignContext(config));
  return await signing.singleShot(message);
}

/** A private key signs a message in one call and in parts, and both signatures are right. */
export async function assertSigns(
  bench: Bench,
  key: CryptoResourceGuard,
  algorithm: string,
  parameters: AlgorithmParameters,
  message: Uint8Array,
): Promise<void> {
  const config = { algorithm, key, parameters, operationTimeout: timeout };
  await using signing = await bench.orSkip(() => bench.context.createSignContext(config));
  const signatures = [await bench.orSkip(() => signing.singleShot(message))];
  await signing.init();
  for (const part of bench.cuts(message)) await signing.update(part);
  signatures.push(await signing.signFinalize());
  const { exportPublicKey } = await bench.context.getKeyObject(key);
  if (exportPublicKey === undefined) throw new Error('the private key has no public half');
  const spki = await exportPublicKey('der');
  await using verifying = await bench.context.createVerifySignatureContext(config);
  for (const signature of signatures) {
    if (!(await verifying.singleShot(message, signature))) throw new Error('a new signature does not match');
    if (verifiedByNode(algorithm, parameters, spki, message, signature) === false)
      throw new Error('node:crypto does not verify a new signature');
  }
}

/** Undefined for what node:crypto can't verify. */
function verifiedByNode(
  algorithm: string,
  parameters: AlgorithmParameters,
  spki: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean | undefined {
  const row = operationAlgorithm(algorithm);
  const ready = parameters.prehashed === true || parameters.mgfHash !== undefined;
  const withContext = parameters.context instanceof Uint8Array && parameters.context.length > 0;
  if (row === undefined || ready || withContext) return undefined;
  const read = (): KeyObject => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  switch (row.family) {
    case 'ecdsa':
      return verify(
        nodeHash(row.hash),
        message,
        { key: read(), dsaEncoding: parameters.signatureFormat === 'der' ? 'der' : 'ieee-p1363' },
        signature,
      );
    case 'rsa-pss': {
      const saltLength = Number(parameters.saltLength ?? constants.RSA_PSS_SALTLEN_DIGEST);
      return verify(nodeHash(row.hash), message, { key: read(), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature);
    }
    case 'rsa-pkcs1':
      return verify(nodeHash(row.hash), message, { key: read(), padding: constants.RSA_PKCS1_PADDING }, signature);
    case 'eddsa':
      return verify(undefined, message, read(), signature);
    default:
      return undefined;
  }
}
