/**
 * Remembers, across restarts of host and daemon, that a PIN was refused: tokens lock after a few wrong ones, and a service manager
 * restarts without end. A PIN is tried again when its file changes, or when another token or module is configured.
 *
 * A try is noted before it is made, so that a module which crashes in C_Login can't use up the token's patience either.
 */
import { type BigIntStats, statSync } from 'node:fs';
import { describeReturnValue } from './cryptoki.js';
import type { StateFolder } from './state-folder.js';

const fileName = 'pin.json';
/** Tries that never came back before no more is made. Tokens allow three wrong ones at least. */
const mostUnfinished = 2;

interface Mark {
  readonly version: 1;
  readonly module: string;
  readonly token: string;
  /** Device, inode, size, times of change of the PIN file. */
  readonly file: string;
  readonly unfinished: number;
  /** The CK_RV of the refusal; 0 when there was none. */
  readonly returnValue: number;
}

export interface PinUse {
  readonly module: string;
  readonly token: string;
  readonly pinFile: string;
}

export class PinMemory {
  readonly #folder: StateFolder;
  readonly #use: PinUse;

  constructor(folder: StateFolder, use: PinUse) {
    this.#folder = folder;
    this.#use = use;
  }

  /** Why the PIN of this file must not be tried; undefined when it may. */
  objection(stats: BigIntStats): string | undefined {
    const mark = this.#markOf(stats);
    if (mark === undefined) return undefined;
    const remedy = `it is not tried again until ${this.#use.pinFile} changes`;
    if (mark.returnValue !== 0) return `the token refused the PIN: ${describeReturnValue(mark.returnValue)}; ${remedy}`;
    return mark.unfinished >= mostUnfinished ? `the login did not come back ${mark.unfinished} times; ${remedy}` : undefined;
  }
  /** The same of the file that has the name now. None when it can't be looked at: a start then says why, and tries no PIN. */
  get standingObjection(): string | undefined {
    try {
      return this.objection(statSync(this.#use.pinFile, { bigint: true }));
    } catch {
      return undefined;
    }
  }

  /** To be told before a login with the PIN of this file. */
  trying(stats: BigIntStats): void {
    this.#write(stats, (this.#markOf(stats)?.unfinished ?? 0) + 1, 0);
  }
  accepted(): void {
    this.#folder.remove(fileName);
  }
  refused(returnValue: number): void {
    const mark = this.#read();
    if (mark !== undefined) this.#folder.write(fileName, { ...mark, returnValue });
  }
  /** The token did not judge. */
  notJudged(): void {
    const mark = this.#read();
    if (mark === undefined) return;
    if (mark.unfinished <= 1) this.#folder.remove(fileName);
    else this.#folder.write(fileName, { ...mark, unfinished: mark.unfinished - 1 });
  }

  #markOf(stats: BigIntStats): Mark | undefined {
    const mark = this.#read();
    const same = mark?.file === fingerprint(stats) && mark.module === this.#use.module && mark.token === this.#use.token;
    return same ? mark : undefined;
  }

  #read(): Mark | undefined {
    const value = this.#folder.read(fileName);
    return isMark(value) ? value : undefined;
  }

  #write(stats: BigIntStats, unfinished: number, returnValue: number): void {
    const { module, token } = this.#use;
    const mark: Mark = { version: 1, module, token, file: fingerprint(stats), unfinished, returnValue };
    this.#folder.write(fileName, mark);
  }
}

function fingerprint({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(':');
}

function isMark(value: unknown): value is Mark {
  if (typeof value !== 'object' || value === null) return false;
  const { version, module, token, file, unfinished, returnValue } = value as Record<string, unknown>;
  return (
    version === 1 && [module, token, file].every((text) => typeof text === 'string') && [unfinished, returnValue].every(Number.isInteger)
  );
}
