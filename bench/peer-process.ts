/** A server of the run in a process of its own, which says when it serves and ends with its standard input. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const readyLine = 'ready\n';

export class PeerProcess implements AsyncDisposable {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;

  private constructor(child: ChildProcess, pid: number, exited: Promise<unknown>) {
    this.#child = child;
    this.pid = pid;
    this.#exited = exited;
  }

  /** @param program compiled file beside this one */
  static async start(program: string, args: readonly string[]): Promise<PeerProcess> {
    const path = fileURLToPath(new URL(program, import.meta.url));
    const child = spawn(process.execPath, [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    const { stdout, pid } = child;
    if (pid === undefined || stdout === null) throw new Error(`${program} can't be started`);
    await Promise.race([once(stdout, 'data'), exited.then(() => Promise.reject(new Error(`${program} ended before it served`)))]);
    return new PeerProcess(child, pid, exited);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.stdin?.end();
    await this.#exited;
  }
}

/** The other side: tells that it serves, and ends when its parent does not hold its standard input any more. */
export function serveUntilParentEnds(): void {
  process.stdin.resume().on('end', () => process.exit());
  process.stdout.write(readyLine);
}
