/** CAVP's ECDSA (KeyPair, PKV, SigGen and SigVer) and ECDH, told apart by the fields of a test; EdDSA, X25519 and X448. */
import { concat, fixed, hex } from '../../bytes.js';
import { type CaseBody, readCase, skipped, type VectorCase, type Verdict } from '../../case.js';
import {
  coordinateSize,
  ecPoint,
  ecPrivateKey,
  ecPublicKey,
  ecPublicPoint,
  genericSecret,
  okpPrivateKey,
  okpPublicKey,
} from '../../key-encodings.js';
import { curveName, ecdhName, ecdsaName, hashName } from '../../names.js';
import { skip } from '../../skip.js';
import type { Stanza } from '../pairs.js';

const curveAndHash = /^([PKB]-\d{3}|sec[pt]\d+[kr]\d|brainpoolP\d+[rt]1)(?:\s*,\s*(SHA\S+))?$/;
/** pyca calls the curve of Bitcoin so; NIST's K curves are others. */
const koblitz: Readonly<Record<string, string>> = { 'K-256': 'secp256k1' };

/** Of FIPS 186-2, whose files name none. */
const usualHash = 'SHA-1';

export function readEc(test: Stanza): VectorCase[] {
  const [, named, hash] = test.labels.map((label) => curveAndHash.exec(label)).find((found) => found !== null) ?? [];
  const verdict = /^F/.test(test.find('Result') ?? 'P') ? 'invalid' : 'valid';
  return [
    readCase(test.name, verdict, () => {
      const curve = named === undefined ? skip('key', 'EC of an unnamed curve') : (koblitz[named] ?? named);
      return ecCase(test, curve, hash);
    }),
  ];
}

function ecCase(test: Stanza, curve: string, hash: string | undefined): CaseBody {
  const [x, y, d] = [test.get('Qx'), test.get('Qy'), test.find('d')];
  const publicKey = ecPublicKey(curve, x, y);
  const privateKey = d === undefined ? undefined : ecPrivateKey(curve, d);
  if (!test.has('R', 'S')) {
    return privateKey === undefined
      ? { family: 'key', half: 'public', key: publicKey }
      : { family: 'keyPair', publicKey, privateKeys: [privateKey] };
  }
  const size = coordinateSize(curve);
  return {
    family: 'signature',
    algorithm: ecdsaName(curve, hash ?? usualHash),
    publicKey,
    privateKey,
    parameters: { signatureFormat: 'p1363' },
    message: hex(test.get('Msg')),
    signature: concat(fixed(test.get('R'), size), fixed(test.get('S'), size)),
    exactly: undefined,
  };
}

/** Names of SP 800-56A's sets of parameters, in labels such as `EC - SHA256`. */
const parameterSets: Readonly<Record<string, string>> = { EA: 'P-192', EB: 'P-224', EC: 'P-256', ED: 'P-384', EE: 'P-521' };

/** KAS validity tests, with what is derived where the file says so. Confirmation by a MAC is not looked at. */
export function readKasEc(test: Stanza): VectorCase[] {
  const [, set, hash] = test.labels.map((label) => /^(E[A-E])\s*-\s*(SHA\d+)$/.exec(label)).find((found) => found !== null) ?? [];
  const curve = parameterSets[set ?? ''] ?? 'unknown';
  const [, mark = 'P', reason = '0'] = /^([PF])\s*\((\d+)/.exec(test.find('Result') ?? '') ?? [];
  const code = Number(reason);
  const refused = mark === 'F';
  if (refused && code >= 11) return [skipped(test.name, 'notGiven', 'key confirmation')];
  const cases: VectorCase[] = [];
  if (!refused || code <= 8) cases.push(readCase(`${test.name}, Z`, refused ? 'invalid' : 'valid', () => kasCase(test, curve)));
  if (test.has('OI', 'DKM') && (!refused || code >= 9)) {
    cases.push(readCase(`${test.name}, DKM`, refused ? 'invalid' : 'valid', () => dkmCase(test, curve, hash ?? '')));
  }
  return cases;
}

function kasCase(test: Stanza, curve: string): CaseBody {
  const algorithm = ecdhName(curve);
  const own = ecPoint(curve, test.get('QsIUTx'), test.get('QsIUTy'));
  const peer = ecPublicPoint(algorithm, curve, ecPoint(curve, test.get('QsCAVSx'), test.get('QsCAVSy')));
  const privateKey = ecPrivateKey(curve, test.get('dsIUT'), 'ECDH', own);
  const shared = fixed(test.get('Z'), coordinateSize(curve));
  return { family: 'agreement', algorithm, agreements: [{ privateKey, peer: peer.data, peerFormat: 'der', shared }] };
}

function dkmCase(test: Stanza, curve: string, hash: string): CaseBody {
  coordinateSize(curve);
  const output = hex(test.get('DKM'));
  const kdf = { kdfAlgorithm: `SP800-56C-1STEP-${hashName(hash)}`, seed: hex(test.get('OI')) };
  return { family: 'kdf', derivations: [{ secret: genericSecret(hex(test.get('Z'))), kdf, output, bits: output.length * 8 }] };
}

/** RFC 7027's form: both key pairs, and the point they share. */
export function readEcdhPairs(test: Stanza): VectorCase[] {
  return [
    readCase(test.name, 'valid', () => {
      const curve = test.get('curve');
      const algorithm = ecdhName(curveName(curve));
      const shared = fixed(test.get('x_Z'), coordinateSize(curve));
      const side = (own: string, other: string) => ({
        privateKey: ecPrivateKey(curve, test.get(`d${own}`), 'ECDH'),
        peer: ecPublicPoint(algorithm, curve, ecPoint(curve, test.get(`x_q${other}`), test.get(`y_q${other}`))).data,
        peerFormat: 'der' as const,
        shared,
      });
      return { family: 'agreement', algorithm, agreements: [side('A', 'B'), side('B', 'A')] };
    }),
  ];
}

/** CAVP's test of the primitive, with the curve as a label. */
export function readEccCdh(test: Stanza): VectorCase[] {
  return [
    readCase(test.name, 'valid', () => {
      const curve = test.labels.find((label) => curveAndHash.test(label)) ?? 'unknown';
      const algorithm = ecdhName(curve);
      const peer = ecPublicPoint(algorithm, curve, ecPoint(curve, test.get('QCAVSx'), test.get('QCAVSy'))).data;
      const shared = fixed(test.get('ZIUT'), coordinateSize(curve));
      const privateKey = ecPrivateKey(curve, test.get('dIUT'), 'ECDH');
      return { family: 'agreement', algorithm, agreements: [{ privateKey, peer, peerFormat: 'der', shared }] };
    }),
  ];
}

const montgomerySizes: Readonly<Record<number, string>> = { 32: 'X25519', 56: 'X448' };

/** RFC 7748 5.2. */
export function readXdh(test: Stanza): VectorCase[] {
  return [
    readCase(test.name, 'valid', () => {
      const scalar = hex(test.get('INPUT_SCALAR'));
      const algorithm = montgomerySizes[scalar.length] ?? skip('key', `scalar of ${scalar.length} bytes`);
      const privateKey = okpPrivateKey(algorithm, scalar);
      const agreement = { privateKey, peer: hex(test.get('INPUT_U')), peerFormat: 'raw' as const, shared: hex(test.get('OUTPUT_U')) };
      return { family: 'agreement', algorithm, agreements: [agreement] };
    }),
  ];
}

const edwardsSizes: Readonly<Record<number, string>> = { 32: 'Ed25519', 57: 'Ed448' };

export function readEddsa(test: Stanza): VectorCase[] {
  const read = () =>
    eddsaCase(hex(test.get('SECRET')), hex(test.get('PUBLIC')), hex(test.get('MESSAGE')), hex(test.get('SIGNATURE')), test.find('CONTEXT'));
  return [readCase(test.name, 'valid', read)];
}

function eddsaCase(secret: Uint8Array, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array, context?: string): CaseBody {
  const algorithm = edwardsSizes[secret.length] ?? skip('key', `EdDSA key of ${secret.length} bytes`);
  if (context !== undefined && context !== '' && algorithm === 'Ed25519') skip('algorithm', 'Ed25519ctx');
  return {
    family: 'signature',
    algorithm,
    publicKey: okpPublicKey(algorithm, publicKey),
    privateKey: okpPrivateKey(algorithm, secret),
    parameters: context === undefined || context === '' ? {} : { context: hex(context) },
    message,
    signature,
    exactly: {},
  };
}

const signInput = /^([0-9a-f]{128}):([0-9a-f]{64}):((?:[0-9a-f]{2})*):([0-9a-f]{128})((?:[0-9a-f]{2})*):$/i;

/** The Ed25519 authors' file: seed and public key, public key, message, signature and message, with colons between. */
export function readSignInput(text: string): VectorCase[] | undefined {
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.length === 0 || !lines.every((line) => signInput.test(line))) return undefined;
  return lines.map((line, i) => {
    const [, secret = '', publicKey = '', message = '', signature = ''] = signInput.exec(line) ?? [];
    const verdict: Verdict = 'valid';
    return readCase(`line ${i + 1}`, verdict, () => eddsaCase(hex(secret.slice(0, 64)), hex(publicKey), hex(message), hex(signature)));
  });
}
