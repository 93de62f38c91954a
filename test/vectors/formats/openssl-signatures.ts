/** Keys and signatures of evp_test. Signatures of ECDSA are DER there. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { type CaseBody, type KeyMaterial, SkippedTest } from '../case.js';
import { digestSizes, ecdsaName, ecKeyName, hashName, pssName, pssParameters, rsaKeyName } from '../names.js';
import { assertResultOfData, evpBytes, inputOf } from './openssl-values.js';
import type { PairsDocument, Stanza } from './pairs.js';

interface EvpKey {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject | undefined;
}

/** The keys that a file defines, by name: `PrivateKey = NAME` or `PublicKey = NAME`, then PEM. */
export class EvpKeys {
  readonly #pems = new Map<string, { kind: string; pem: string }>();

  constructor(document: PairsDocument) {
    for (const { fields } of document.stanzas) {
      fields.forEach(({ name, value }, i) => {
        const next = fields[i + 1];
        if ((name === 'PrivateKey' || name === 'PublicKey') && next?.name === 'pem') this.#pems.set(value, { kind: name, pem: next.value });
      });
    }
  }

  /** @throws SkippedTest for keys that are raw or that node:crypto doesn't read */
  get(name: string): EvpKey {
    const found = this.#pems.get(name);
    if (found === undefined) throw new SkippedTest(`no key "${name}" in PEM`);
    try {
      if (found.kind === 'PublicKey') return { publicKey: createPublicKey(found.pem), privateKey: undefined };
      const privateKey = createPrivateKey(found.pem);
      return { publicKey: createPublicKey(privateKey), privateKey };
    } catch {
      throw new SkippedTest(`key "${name}" is of a kind that is not in this version`);
    }
  }
}

const spki = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'spki' }));
const pkcs8 = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }));

/** Longest SPKI of a curve given by name: P-521. */
const namedCurveSpki = 158;

export function readDigestSignature(stanza: Stanza, digest: string, keys: EvpKeys): CaseBody {
  const hash = hashName(digest);
  const key = keys.get(stanza.get('Key'));
  const details = key.publicKey.asymmetricKeyDetails ?? {};
  const type = key.publicKey.asymmetricKeyType;
  if (type !== 'ec' && type !== 'rsa') throw new SkippedTest(`algorithm not in this version: ${type ?? 'unknown'} ${hash}`);
  assertResultOfData(stanza);
  if (!stanza.has('Output')) throw new SkippedTest('the answer is not given');
  if (type === 'ec' && spki(key.publicKey).length > namedCurveSpki) throw new SkippedTest('key whose curve is not given by name');
  const keyName = type === 'ec' ? ecKeyName(details.namedCurve ?? 'explicit') : rsaKeyName(details.modulusLength ?? 0);
  const material = (data: Uint8Array): KeyMaterial => ({ algorithm: keyName, format: 'der', data });
  return {
    family: 'signature',
    ...(type === 'ec' ? ecdsa(details.namedCurve ?? 'explicit', hash) : pss(stanza, hash)),
    publicKey: material(spki(key.publicKey)),
    privateKey: key.privateKey === undefined ? undefined : material(pkcs8(key.privateKey)),
    message: inputOf(stanza),
    signature: evpBytes(stanza.get('Output')),
  };
}

function ecdsa(curve: string, hash: string): { algorithm: string; parameters: Record<string, string | number> } {
  return { algorithm: ecdsaName(curve, hash), parameters: { signatureFormat: 'der' } };
}

function pss(stanza: Stanza, hash: string): { algorithm: string; parameters: Record<string, string | number> } {
  const controls = new Map(
    stanza.fields
      .filter(({ name }) => name.startsWith('Ctrl'))
      .map(({ value }) => {
        const [name = '', setting = ''] = value.split(':');
        return [name.trim(), setting.trim()] as const;
      }),
  );
  if (controls.get('rsa_padding_mode') !== 'pss') throw new SkippedTest(`algorithm not in this version: RSA-PKCS1-${hash}`);
  const salt = controls.get('rsa_pss_saltlen') ?? '';
  const saltLength = salt === '-1' || salt === 'digest' ? (digestSizes[hash] ?? 0) : Number(salt === '' ? Number.NaN : salt);
  if (!Number.isInteger(saltLength) || saltLength < 0) throw new SkippedTest(`salt length "${salt}" is no number`);
  return { algorithm: pssName(hash), parameters: pssParameters(hash, controls.get('rsa_mgf1_md') ?? hash, saltLength) };
}
