/** JSON files of C2SP/wycheproof: groups by type, parameters in the group, results valid, invalid or acceptable. */
import { type CaseBody, readCase, type VectorCase, type Verdict } from '../case.js';
import { skip } from '../skip.js';
import { type JsonObject, objects, text, textOr } from './json-fields.js';
import type { GroupReader } from './wycheproof/group-reader.js';
import { ecdh, mlKem, mlKemDecapsulation, xdh } from './wycheproof/key-exchange.js';
import { hkdf, mlKemEncaps, mlKemKeyGen, oaep, pbe, pbkdf2, pkcs1Decrypt } from './wycheproof/others.js';
import { ecdsa, eddsa, mlDsaSign, mlDsaVerify, pkcs1, pss } from './wycheproof/signatures.js';
import { aead, cipher, daead, keywrap, mac } from './wycheproof/symmetric.js';

const groupReaders: Readonly<Record<string, GroupReader>> = {
  AeadTest: aead,
  DaeadTest: daead,
  IndCpaTest: cipher,
  MacTest: mac,
  MacWithIvTest: mac,
  KeywrapTest: keywrap,
  EcdsaVerify: ecdsa('der'),
  EcdsaP1363Verify: ecdsa('p1363'),
  EcdsaBitcoinVerify: ecdsa('der', true),
  EddsaVerify: eddsa,
  RsassaPssVerify: pss(false),
  RsassaPssWithParametersVerify: pss(true),
  RsassaPkcs1Verify: pkcs1,
  RsassaPkcs1Generate: pkcs1,
  MlDsaVerify: mlDsaVerify,
  MlDsaSign: mlDsaSign,
  EcdhTest: ecdh('asn'),
  EcdhEcpointTest: ecdh('raw'),
  EcdhPemTest: ecdh('pem'),
  EcdhWebcryptoTest: ecdh('jwk'),
  XdhComp: xdh('raw'),
  XdhAsnComp: xdh('der'),
  XdhPemComp: xdh('pem'),
  XdhJwkComp: xdh('jwk'),
  MLKEMTest: mlKem,
  MLKEMDecapsValidationTest: mlKemDecapsulation,
  MLKEMKeyGen: mlKemKeyGen,
  MLKEMEncapsTest: mlKemEncaps,
  HkdfTest: hkdf,
  PbkdfTest: pbkdf2,
  PbeTest: pbe,
  RsaesOaepDecrypt: oaep,
  RsaesPkcs1Decrypt: pkcs1Decrypt,
};

function verdictOf(test: JsonObject): Verdict {
  const result = text(test, 'result');
  if (result === 'valid' || result === 'invalid' || result === 'acceptable') return result;
  throw new Error(`"${result}" is no result`);
}

export function isWycheproof(file: JsonObject): boolean {
  const group = objects(file, 'testGroups')[0];
  return group !== undefined && typeof group.type === 'string' && Array.isArray(group.tests) && 'numberOfTests' in file;
}

export function readWycheproof(file: JsonObject): VectorCase[] {
  return objects(file, 'testGroups').flatMap((group) => readGroup(file, group));
}

function readGroup(file: JsonObject, group: JsonObject): VectorCase[] {
  const type = textOr(group, 'type', '');
  const algorithm = textOr(file, 'algorithm', type);
  const reader = groupReaders[type] ?? (() => skip('algorithm', algorithm));
  const read = groupRead(reader, algorithm, group);
  return objects(group, 'tests').map((test) => readTest(`tcId ${String(test.tcId)}`, test, read));
}

/** What went wrong with the group goes wrong with each of its tests. */
function groupRead(reader: GroupReader, algorithm: string, group: JsonObject): (test: JsonObject) => CaseBody {
  try {
    return reader(algorithm, group);
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function readTest(name: string, test: JsonObject, read: (test: JsonObject) => CaseBody): VectorCase {
  try {
    return readCase(name, verdictOf(test), () => read(test));
  } catch (error) {
    return readCase(name, 'valid', () => {
      throw error;
    });
  }
}
