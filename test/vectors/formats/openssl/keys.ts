/** The keys that an evp_test file defines, by name: `PrivateKey = NAME` or `PublicKey = NAME`, then PEM; or `NAME:TYPE:hex`. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyMaterial } from '../../case.js';
import { okpPrivateKey, okpPublicKey } from '../../key-encodings.js';
import { ecKeyName, edwardsName, montgomeryName, rsaKeyName } from '../../names.js';
import { skip } from '../../skip.js';
import type { PairsDocument } from '../pairs.js';

export interface EvpKey {
  readonly algorithm: string;
  readonly type: 'ec' | 'rsa' | 'edwards' | 'montgomery' | 'other';
  /** As `prime256v1`. */
  readonly curve: string | undefined;
  readonly publicKey: KeyMaterial | undefined;
  readonly privateKey: KeyMaterial | undefined;
}

interface Defined {
  readonly half: 'private' | 'public';
  readonly pem?: string;
  readonly raw?: { readonly type: string; readonly data: Uint8Array };
}

/** Longest SPKI of a curve given by name: P-521. */
const namedCurveSpki = 158;

const nodeTypes: Readonly<Record<string, EvpKey['type']>> = {
  ec: 'ec',
  rsa: 'rsa',
  ed25519: 'edwards',
  ed448: 'edwards',
  x25519: 'montgomery',
  x448: 'montgomery',
};

export class EvpKeys {
  readonly #keys = new Map<string, Defined>();

  constructor(document: PairsDocument) {
    for (const { fields } of document.stanzas) {
      fields.forEach(({ name, value }, i) => {
        const next = fields[i + 1];
        const half = /^Private/.test(name) ? 'private' : 'public';
        if (/^P(?:rivate|ublic)Key$/.test(name) && next?.name === 'pem') this.#keys.set(value, { half, pem: next.value });
        const raw = /^P(?:rivate|ublic)KeyRaw$/.test(name) ? /^([^:]+):([^:]+):([0-9a-f]*)$/i.exec(value) : null;
        if (raw !== null)
          this.#keys.set(raw[1] ?? '', { half, raw: { type: raw[2] ?? '', data: Uint8Array.from(Buffer.from(raw[3] ?? '', 'hex')) } });
      });
    }
  }

  /** @throws SkippedTest for keys that this version does not have or that can't be read here */
  get(name: string): EvpKey {
    const found = this.#keys.get(name) ?? skip('notGiven', 'key');
    return found.raw === undefined ? fromPem(found.half, found.pem ?? '') : fromRaw(found.half, found.raw.type, found.raw.data);
  }
}

function fromRaw(half: Defined['half'], type: string, data: Uint8Array): EvpKey {
  const [edwards, montgomery] = [edwardsName(type), montgomeryName(type)];
  if (/^ED/i.test(type) || /^X(?:25519|448)$/i.test(type)) {
    const algorithm = /^ED/i.test(type) ? edwards : montgomery;
    const key = half === 'private' ? okpPrivateKey(algorithm, data) : okpPublicKey(algorithm, data);
    return keyOf(half, algorithm, /^ED/i.test(type) ? 'edwards' : 'montgomery', undefined, key);
  }
  if (/^(?:ML|SLH)-/.test(type)) return keyOf(half, type, 'other', undefined, { algorithm: type, format: 'raw', data });
  return skip('key', type);
}

function keyOf(half: Defined['half'], algorithm: string, type: EvpKey['type'], curve: string | undefined, key: KeyMaterial): EvpKey {
  return { algorithm, type, curve, publicKey: half === 'public' ? key : undefined, privateKey: half === 'private' ? key : undefined };
}

function parse(half: Defined['half'], pem: string): KeyObject {
  try {
    return half === 'public' ? createPublicKey(pem) : createPrivateKey(pem);
  } catch {
    return skip('key', 'in a PEM that node:crypto does not read');
  }
}

/** Both halves where the private one is there. */
function fromPem(half: Defined['half'], pem: string): EvpKey {
  const object = parse(half, pem);
  const publicObject = half === 'public' ? object : createPublicKey(object);
  const type = nodeTypes[object.asymmetricKeyType ?? ''] ?? skip('key', object.asymmetricKeyType ?? 'unknown');
  const spki = new Uint8Array(publicObject.export({ format: 'der', type: 'spki' }));
  const { namedCurve, modulusLength } = object.asymmetricKeyDetails ?? {};
  if (type === 'ec' && (namedCurve === undefined || spki.length > namedCurveSpki)) skip('key', 'EC whose curve is not given by name');
  const algorithm = nameOf(type, object.asymmetricKeyType ?? '', namedCurve, modulusLength);
  const material = (data: Uint8Array): KeyMaterial => ({ algorithm, format: 'der', data });
  const secret = half === 'private' ? new Uint8Array(object.export({ format: 'der', type: 'pkcs8' })) : undefined;
  return { algorithm, type, curve: namedCurve, publicKey: material(spki), privateKey: secret === undefined ? undefined : material(secret) };
}

function nameOf(type: EvpKey['type'], nodeType: string, curve: string | undefined, bits: number | undefined): string {
  if (type === 'ec') return ecKeyName(curve ?? '');
  if (type === 'rsa') return rsaKeyName(bits ?? 0);
  return type === 'edwards' ? edwardsName(nodeType) : montgomeryName(nodeType);
}
