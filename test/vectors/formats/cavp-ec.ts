/** CAVP's ECDSA: KeyPair, PKV, SigGen and SigVer, told apart by the fields of a test. */
import { concat, fixed, hex } from '../bytes.js';
import { type CaseBody, notInThisVersion, readCase, SkippedTest, type VectorCase } from '../case.js';
import { coordinateSize, ecPrivateKey, ecPublicKey } from '../key-encodings.js';
import { ecdsaName, ecKeyName } from '../names.js';
import type { CavpFile } from './cavp-hints.js';
import type { Stanza } from './pairs.js';

const curveAndHash = /^([PKB]-\d{3}|sec[pt]\d+[kr]\d)(?:\s*,\s*(SHA\S+))?$/;

/** Of FIPS 186-2, whose files name none. */
const usualHash = 'SHA-1';

export function readCavpEc(stanza: Stanza, _file: CavpFile): VectorCase[] {
  const [, curve, hash] = stanza.labels.map((label) => curveAndHash.exec(label)).find((found) => found !== null) ?? [];
  if (curve === undefined) return [notInThisVersion(stanza.name, 'EC of an unnamed curve')];
  const verdict = /^F/.test(stanza.find('Result') ?? 'P') ? 'invalid' : 'valid';
  return [readCase(stanza.name, verdict, () => readTest(stanza, curve, hash))];
}

function readTest(stanza: Stanza, curve: string, hash: string | undefined): CaseBody {
  const signed = stanza.has('Msg', 'R', 'S');
  const algorithm = signed ? ecdsaName(curve, hash ?? usualHash) : ecKeyName(curve);
  const size = coordinateSize(curve);
  if (size === undefined) throw new SkippedTest(`algorithm not in this version: ${algorithm}`);
  const [x, y, d] = [stanza.get('Qx'), stanza.get('Qy'), stanza.find('d')];
  const publicKey = ecPublicKey(curve, x, y);
  const privateKey = d === undefined ? undefined : ecPrivateKey(curve, d, x, y);
  if (!signed)
    return privateKey === undefined
      ? { family: 'publicKey', algorithm, publicKey }
      : { family: 'keyPair', algorithm, publicKey, privateKey };
  return {
    family: 'signature',
    algorithm,
    publicKey,
    privateKey,
    parameters: { signatureFormat: 'p1363' },
    message: hex(stanza.get('Msg')),
    signature: concat(fixed(stanza.get('R'), size), fixed(stanza.get('S'), size)),
  };
}
