/** Those that are no provider of the daemon, as far as they are there. */
import type { Party } from '../party.js';
import { libraryParty, nodeIsPostQuantum, postQuantumLibraryParty } from './library.js';
import { openSslParty } from './openssl.js';
import { OpenSslCommand } from './openssl-command.js';
import { OtherNode, otherNodeParty } from './other-node.js';

export interface FoundParties extends Disposable {
  readonly parties: readonly Party[];
  /** What is there, and what is missing. */
  readonly notes: readonly string[];
}

/** The names that `--provider` takes for them. */
export const outsideNames = ['openssl', 'node', 'library'] as const;
export type OutsideName = (typeof outsideNames)[number];

export function findParties(names: readonly OutsideName[]): FoundParties {
  const parties: Party[] = [];
  const notes: string[] = [];
  const made: Disposable[] = [];
  if (names.includes('openssl')) {
    const command = OpenSslCommand.find();
    if (command === undefined) notes.push('left out: the openssl command, version 3 or later, is not here');
    else {
      made.push(command);
      parties.push(openSslParty(command));
      notes.push(`openssl: ${command.version}`);
    }
  }
  if (names.includes('node')) {
    const node = OtherNode.find(process.env.KEYSLOT_NODE24, process.execPath);
    if (node === undefined)
      notes.push('left out: no Node 24.8 or later (KEYSLOT_NODE24 may name one): its post-quantum code is not compared');
    else {
      made.push(node);
      parties.push(otherNodeParty(node));
      notes.push(`node: ${node.version}, beside the daemon's ${process.version}`);
    }
  }
  if (names.includes('library')) {
    parties.push(libraryParty());
    if (nodeIsPostQuantum()) parties.push(postQuantumLibraryParty());
    else notes.push('library: @noble/post-quantum is what Keyslot itself has on this Node, so it is not compared');
  }
  const dispose = (): void => {
    for (const one of made) one[Symbol.dispose]();
  };
  return { parties, notes, [Symbol.dispose]: dispose };
}
