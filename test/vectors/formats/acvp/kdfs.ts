/** Key derivation: SP 800-108, SP 800-56C, SP 800-132, ANS X9.63 and TLS. */
import { concat, firstBits } from '../../bytes.js';
import type { CaseBody, Derivation, KeyMaterial } from '../../case.js';
import { aesKey, genericSecret } from '../../key-encodings.js';
import { hashName } from '../../names.js';
import { skip } from '../../skip.js';
import { bytes, bytesOr, inner, type JsonObject, number, numberOr, text, textOr } from '../json-fields.js';
import type { AcvpReader } from './acvp-test.js';

const utf8 = (value: string): Uint8Array => new TextEncoder().encode(value);
const kdfCase = (...derivations: readonly Derivation[]): CaseBody => ({ family: 'kdf', derivations });

const locations: Readonly<Record<string, string>> = {
  'before fixed data': 'before-fixed',
  'after fixed data': 'after-fixed',
  'middle fixed data': 'middle-fixed',
  'before iterator': 'before-iterator',
  none: 'none',
};
/** `counterLength` 0 is no counter. */
function counterOf(location: string, bits: number, breakLocation: number | undefined): Record<string, string | number> {
  const counterLocation = bits === 0 ? 'none' : (locations[location] ?? skip('algorithm', `SP 800-108 with its counter at ${location}`));
  if (counterLocation === 'none') return { counterLocation };
  const offset = counterLocation === 'middle-fixed' ? { counterOffset: breakLocation ?? skip('notGiven', 'place of the counter') } : {};
  return { counterLocation, counterLength: bits, ...offset };
}

/** `HMAC-SHA2-256` or `CMAC-AES128`: what follows the name of a derivation. CMAC wants an AES key. */
function macOf(macMode: string): { name: string; key: (data: Uint8Array) => KeyMaterial } {
  if (/^CMAC-AES/.test(macMode)) return { name: 'CMAC', key: aesKey };
  const hash = /^HMAC-(.*)$/.exec(macMode)?.[1] ?? skip('algorithm', macMode);
  return { name: `HMAC-${hashName(hash)}`, key: genericSecret };
}

const kbkdfModes: Readonly<Record<string, string>> = { counter: 'CTR', feedback: 'FB', 'double pipeline iteration': 'DP' };

export const kbkdf: AcvpReader = ({ group, all }) => {
  const mode = kbkdfModes[text(group, 'kdfMode')] ?? skip('algorithm', `SP 800-108 ${text(group, 'kdfMode')}`);
  const mac = macOf(text(group, 'macMode'));
  const counter = counterOf(
    text(group, 'counterLocation'),
    number(group, 'counterLength'),
    typeof all.breakLocation === 'number' ? all.breakLocation : undefined,
  );
  const iv = bytesOr(all, 'iv', undefined);
  const kdf = {
    kdfAlgorithm: `SP800-108-${mode}-${mac.name}`,
    fixedInput: bytes(all, 'fixedData'),
    ...counter,
    ...(mode === 'FB' && iv !== undefined && iv.length > 0 && { iv }),
  };
  return kdfCase({ secret: mac.key(bytes(all, 'keyIn')), kdf, output: bytes(all, 'keyOut'), bits: number(group, 'keyOutLength') });
};

export const kmacKdf: AcvpReader = ({ group, all }) =>
  kdfCase({
    secret: genericSecret(bytes(all, 'keyDerivationKey')),
    kdf: { kdfAlgorithm: `SP800-108-${text(group, 'macMode')}`, label: bytes(all, 'label'), seed: bytes(all, 'context') },
    output: bytes(all, 'derivedKey'),
    bits: number(all, 'derivedKeyLength'),
  });

export const pbkdf: AcvpReader = ({ group, all }) =>
  kdfCase({
    secret: genericSecret(utf8(text(all, 'password'))),
    kdf: {
      kdfAlgorithm: `PBKDF2-${hashName(text(group, 'hmacAlg'))}`,
      salt: bytes(all, 'salt'),
      iterationCount: number(all, 'iterationCount'),
    },
    output: bytes(all, 'derivedKey'),
    bits: number(all, 'keyLen'),
  });

export const x963: AcvpReader = ({ group, all }) => {
  const z = firstBits(text(all, 'z'), Math.ceil(number(group, 'fieldSize') / 8) * 8) ?? skip('bits', 'secret');
  return kdfCase({
    secret: genericSecret(z),
    kdf: { kdfAlgorithm: `X963-KDF-${hashName(text(group, 'hashAlg'))}`, seed: bytesOr(all, 'sharedInfo', new Uint8Array(0)) },
    output: bytes(all, 'keyData'),
    bits: number(group, 'keyDataLength'),
  } as Derivation);
};

/** RFC 5246 8.1 and 6.3; with a session hash RFC 7627 4. */
export const tls12: AcvpReader = ({ group, all, mode }) => {
  const version = textOr(group, 'tlsVersion', 'v1.2');
  if (version !== 'v1.2') skip('algorithm', `PRF of TLS ${version}`);
  const kdfAlgorithm = `TLS12-PRF-${hashName(text(group, 'hashAlg'))}`;
  const extended = mode === 'KDF';
  const seed = extended ? bytes(all, 'sessionHash') : concat(bytes(all, 'clientHelloRandom'), bytes(all, 'serverHelloRandom'));
  const master = bytes(all, 'masterSecret');
  return kdfCase(
    {
      secret: genericSecret(bytes(all, 'preMasterSecret')),
      kdf: { kdfAlgorithm, label: utf8(extended ? 'extended master secret' : 'master secret'), seed },
      output: master,
      bits: master.length * 8,
    },
    {
      secret: undefined,
      kdf: { kdfAlgorithm, label: utf8('key expansion'), seed: concat(bytes(all, 'serverRandom'), bytes(all, 'clientRandom')) },
      output: bytes(all, 'keyBlock'),
      bits: number(group, 'keyBlockLength'),
    },
  );
};

export const tls13: AcvpReader = ({ group, all, expected }) => {
  const secrets = Object.entries(expected).filter(([name, value]) => /Secret$/.test(name) && typeof value === 'string');
  return {
    family: 'tlsSchedule',
    hash: hashName(text(group, 'hmacAlg')),
    psk: bytesOr(all, 'psk', undefined),
    dhe: bytesOr(all, 'dhe', undefined),
    messages: [
      bytes(all, 'helloClientRandom'),
      bytes(all, 'helloServerRandom'),
      bytes(all, 'finishedServerRandom'),
      bytes(all, 'finishedClientRandom'),
    ],
    secrets: Object.fromEntries(secrets.map(([name]) => [name, bytes(expected, name)])),
  };
};

const number32 = (value: number): Uint8Array => {
  const found = new Uint8Array(4);
  new DataView(found.buffer).setUint32(0, value);
  return found;
};

/** Parts of the fixed info by the names of its pattern (SP 800-56C 4.1, ACVP's draft-hammett-acvp-kas-kdf). */
function fixedInfo(config: JsonObject, all: JsonObject): Uint8Array {
  if (textOr(config, 'fixedInfoEncoding', 'concatenation') !== 'concatenation') skip('notGiven', 'fixed info of another encoding');
  const parameter = inner(all, 'kdfParameter');
  const party = (name: string): Uint8Array => {
    const info = inner(all, name);
    const none = new Uint8Array(0);
    return concat(bytesOr(info, 'partyId', none) ?? none, bytesOr(info, 'ephemeralData', none) ?? none);
  };
  const pieces = text(config, 'fixedInfoPattern').split('||');
  return concat(
    ...pieces.map((piece) => {
      const literal = /^literal\[(.*)\]$/i.exec(piece)?.[1];
      if (literal !== undefined) return Uint8Array.from(Buffer.from(literal, 'hex'));
      if (piece === 'uPartyInfo') return party('fixedInfoPartyU');
      if (piece === 'vPartyInfo') return party('fixedInfoPartyV');
      if (piece === 'l' || piece === 'L') return number32(numberOr(parameter, 'l', numberOr(config, 'l', 0)));
      const none = new Uint8Array(0);
      return bytesOr(parameter, piece, none) ?? none;
    }),
  );
}

/** `SHA2-256`, `HMAC-SHA2-256` or `KMAC-128`. */
function auxiliary(name: string): string {
  if (name.startsWith('KMAC')) return name;
  return name.startsWith('HMAC-') ? `HMAC-${hashName(name.slice(5))}` : hashName(name);
}

const twoStepModes: Readonly<Record<string, string>> = {
  counter: 'counter',
  feedback: 'feedback',
  'double pipeline iteration': 'double-pipeline',
};

/** The secret of a hybrid agreement is the one with another secret after it (SP 800-56C 2). */
export const kda: AcvpReader = ({ group, all, mode }) => {
  const config = inner(group, 'kdfConfiguration');
  const parameter = inner(all, 'kdfParameter');
  if (group.multiExpansion === true || all.kdfMultiExpansionParameter !== undefined)
    skip('algorithm', 'SP 800-56C with several expansions');
  const salt = bytesOr(parameter, 'salt', undefined);
  const salted = salt === undefined ? {} : { salt };
  const seed = fixedInfo(config, all);
  const hybrid = group.usesHybridSharedSecret === true || config.usesHybridSharedSecret === true;
  const z = hybrid ? concat(bytes(parameter, 'z'), bytes(parameter, 't')) : bytes(parameter, 'z');
  const kdf = kdaOf(mode, config, parameter, seed, salted);
  const bits = numberOr(parameter, 'l', numberOr(config, 'l', 0));
  return kdfCase({ secret: genericSecret(z), kdf, output: bytes(all, 'dkm'), bits });
};

function kdaOf(
  mode: string,
  config: JsonObject,
  parameter: JsonObject,
  seed: Uint8Array,
  salted: { salt?: Uint8Array },
): Derivation['kdf'] {
  if (mode === 'OneStep') {
    const name = auxiliary(textOr(config, 'auxFunction', textOr(config, 'auxFunctionName', '')));
    const isHash = !name.startsWith('HMAC') && !name.startsWith('KMAC');
    return { kdfAlgorithm: `SP800-56C-1STEP-${name}`, seed, ...(!isHash && salted) };
  }
  if (mode === 'HKDF') return { kdfAlgorithm: `HKDF-${hashName(text(config, 'hmacAlg'))}`, label: seed, ...salted };
  if (mode !== 'TwoStep') return skip('algorithm', `KDA ${mode}`);
  const kdfMode = twoStepModes[text(config, 'kdfMode')] ?? skip('algorithm', `SP 800-56C ${text(config, 'kdfMode')}`);
  const iv = bytesOr(parameter, 'iv', undefined);
  return {
    kdfAlgorithm: `SP800-56C-2STEP-${macOf(text(config, 'macMode')).name}`,
    seed,
    ...salted,
    mode: kdfMode,
    ...counterOf(text(config, 'counterLocation'), number(config, 'counterLen'), undefined),
    ...(kdfMode === 'feedback' && iv !== undefined && iv.length > 0 && { iv }),
  };
}
