/** KAS-ECC: the primitive and shared secrets (SP 800-56A); X25519 and X448. */
import { concat, fixed } from '../../bytes.js';
import type { Agreement, CaseBody, KeyMaterial } from '../../case.js';
import { coordinateSize, ecPoint, ecPrivateKey, ecPublicPoint, okpPrivateKey, okpPublicKey } from '../../key-encodings.js';
import { ecdhName, montgomeryName } from '../../names.js';
import { skip } from '../../skip.js';
import { bytes, type JsonObject, text, textOr } from '../json-fields.js';
import type { AcvpReader } from './acvp-test.js';

const given = (all: JsonObject, name: string): string =>
  typeof all[name] === 'string' ? text(all, name) : skip('notGiven', 'private key');

interface Peer {
  readonly point: Uint8Array;
  readonly key: KeyMaterial;
}
function peerOf(curve: string, all: JsonObject, name: string): Peer {
  const point = ecPoint(curve, text(all, `${name}X`), text(all, `${name}Y`));
  return { point, key: ecPublicPoint(ecdhName(curve), curve, point) };
}

function agreement(curve: string, d: string, { key }: Peer, shared: Uint8Array): Agreement {
  return { privateKey: ecPrivateKey(curve, d, 'ECDH'), peer: key.data, peerFormat: 'der', shared };
}

export const cdhComponent: AcvpReader = ({ group, all }) => {
  const curve = text(group, 'curve');
  const peer = peerOf(curve, all, 'publicServer');
  const shared = fixed(text(all, 'z'), coordinateSize(curve));
  return { family: 'agreement', algorithm: ecdhName(curve), agreements: [agreement(curve, given(all, 'privateIut'), peer, shared)] };
};

type Half = 'static' | 'ephemeral';
type Pair = readonly [iut: Half, server: Half];
/** Which keys of both sides meet, in the order in which their secrets are joined: SP 800-56A 6. By the role where sides differ. */
const schemes: Readonly<Record<string, (initiator: boolean) => readonly Pair[]>> = {
  ephemeralUnified: () => [['ephemeral', 'ephemeral']],
  staticUnified: () => [['static', 'static']],
  fullUnified: () => [
    ['ephemeral', 'ephemeral'],
    ['static', 'static'],
  ],
  onePassUnified: (initiator) => [initiator ? ['ephemeral', 'static'] : ['static', 'ephemeral'], ['static', 'static']],
  onePassDh: (initiator) => [initiator ? ['ephemeral', 'static'] : ['static', 'ephemeral']],
};

/** MQV makes one secret of four keys. A secret that is only given hashed can't be told. */
export const sharedSecret: AcvpReader = ({ group, all }) => {
  const curve = text(group, 'domainParameterGenerationMode');
  const size = coordinateSize(curve);
  const scheme = text(group, 'scheme');
  const pairs = schemes[scheme]?.(textOr(group, 'kasRole', 'initiator') === 'initiator') ?? skip('algorithm', `key agreement ${scheme}`);
  if (all.z === undefined) skip('notGiven', 'shared secret');
  const whole = fixed(text(all, 'z'), size * pairs.length);
  const agreements = pairs.map(([iut, server], i) =>
    agreement(curve, given(all, `${iut}PrivateIut`), peerOf(curve, all, `${server}PublicServer`), whole.subarray(i * size, (i + 1) * size)),
  );
  return { family: 'agreement', algorithm: ecdhName(curve), agreements };
};

export const xdhSharedSecret: AcvpReader = ({ group, all }) => {
  const algorithm = montgomeryName(text(group, 'curve'));
  const privateKey =
    typeof all.privateIut === 'string' ? okpPrivateKey(algorithm, bytes(all, 'privateIut')) : skip('notGiven', 'private key');
  return {
    family: 'agreement',
    algorithm,
    agreements: [{ privateKey, peer: bytes(all, 'publicServer'), peerFormat: 'raw', shared: bytes(all, 'z') }],
  };
};

export const xdhKeyGeneration: AcvpReader = ({ group, all }): CaseBody => {
  const algorithm = montgomeryName(text(group, 'curve'));
  return {
    family: 'keyPair',
    publicKey: okpPublicKey(algorithm, bytes(all, 'publicKey')),
    privateKeys: [okpPrivateKey(algorithm, bytes(all, 'privateKey'))],
  };
};

export const xdhKeyVerification: AcvpReader = ({ group, test }) => {
  const algorithm = montgomeryName(text(group, 'curve'));
  return { family: 'key', half: 'public', key: { algorithm, format: 'raw', data: concat(bytes(test, 'publicKey')) } };
};
