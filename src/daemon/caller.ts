/** Who a client is, from the kernel at accept and never from a message. */
import { type PeerCredentials, peerCredentials } from '../native.js';

export interface Caller {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
  /** Primary and supplementary groups. */
  readonly groups: ReadonlySet<number>;
  /**
   * Equal for all sockets of one process: pid, start time, uid, gid and groups. Undefined where the process can't be seen, so that
   * each of its sockets is a session of its own.
   */
  readonly sessionKey: string | undefined;
}

export function callerOf(descriptor: number): Caller {
  return callerFrom(peerCredentials(descriptor));
}

export function callerFrom(peer: PeerCredentials): Caller {
  const seen = peer.pid !== 0 && peer.startTime !== 0;
  return {
    pid: peer.pid,
    uid: peer.uid,
    gid: peer.gid,
    groups: new Set([peer.gid, ...peer.groups]),
    sessionKey: seen ? [peer.pid, peer.startTime, peer.uid, peer.gid, ...[...peer.groups].sort((a, b) => a - b)].join(':') : undefined,
  };
}
