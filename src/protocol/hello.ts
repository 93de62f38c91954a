/** The first message of a connection. Its header and the fields of version 1 stay as they are in every version. */
import { KeyslotError } from '../core/errors.js';
import type { HelloRequest, HelloRequestInput, HelloResponse } from './generated/messages.js';
import { helloMagic } from './operations.js';

export interface VersionRange {
  readonly min: number;
  readonly max: number;
}

/** Versions of the protocol that this side speaks. */
export const ownVersions: VersionRange = { min: 1, max: 1 };

/** Which of the daemon's sockets a hello is for. A number of one's table of operations means something else, or nothing, in the other's. */
export type SocketKind = 'application' | 'admin';
const magics: Readonly<Record<SocketKind, number>> = { application: helloMagic, admin: 0x414c534b };
const socketNames: Readonly<Record<SocketKind, string>> = { application: 'the socket for applications', admin: 'the admin socket' };

/** Bits of features that this side knows. None is defined in version 1. */
export const ownFeatures = 0;

export interface Agreement {
  readonly version: number;
  /** Bits that both sides know. */
  readonly features: number;
}

/** @param client name and version of the client, for the daemon's log; at most 64 bytes. */
export function helloRequest(client: string, versions: VersionRange = ownVersions, socket: SocketKind = 'application'): HelloRequestInput {
  return { magic: magics[socket], versionMin: versions.min, versionMax: versions.max, features: ownFeatures, client };
}

/**
 * The daemon's side: the highest version that both speak.
 * @throws {KeyslotError} FRAME_INVALID when it is no hello, INVALID_ARGUMENT for a range that holds nothing, PROTOCOL_VERSION when
 * no version is common.
 */
export function agree(hello: HelloRequest, versions: VersionRange = ownVersions, socket: SocketKind = 'application'): Agreement {
  if (hello.magic !== magics[socket]) throw new KeyslotError('FRAME_INVALID', misdirected(hello.magic, socket), { field: 'magic' });
  if (hello.versionMin < 1 || hello.versionMin > hello.versionMax) {
    throw new KeyslotError('INVALID_ARGUMENT', `versions ${hello.versionMin} to ${hello.versionMax} are no range`, { field: 'versionMin' });
  }
  const version = Math.min(hello.versionMax, versions.max);
  if (version < hello.versionMin || version < versions.min) {
    throw unspoken(`the client speaks versions ${hello.versionMin} to ${hello.versionMax}, the daemon ${versions.min} to ${versions.max}`);
  }
  return { version, features: hello.features & ownFeatures };
}

/**
 * The client's side: what the daemon chose.
 * @throws {KeyslotError} PROTOCOL_VERSION when it chose what was not offered.
 */
export function agreed(answer: Pick<HelloResponse, 'version' | 'features'>, versions: VersionRange = ownVersions): Agreement {
  const { version } = answer;
  if (version < versions.min || version > versions.max) {
    throw unspoken(`the daemon chose version ${version}, the client speaks ${versions.min} to ${versions.max}`);
  }
  return { version, features: answer.features & ownFeatures };
}

function misdirected(magic: number, socket: SocketKind): string {
  const other = socket === 'admin' ? 'application' : 'admin';
  return magic === magics[other] ? `this is ${socketNames[socket]}, not ${socketNames[other]}` : 'the first message is not a hello';
}

function unspoken(message: string): KeyslotError {
  return new KeyslotError('PROTOCOL_VERSION', message, { field: 'version' });
}
