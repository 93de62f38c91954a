import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Testimony {
  readonly hashes: number;
  /** Longest wait for a hash, in milliseconds. */
  readonly slowest: number;
}

const program = fileURLToPath(new URL('./witness.js', import.meta.url));

export class WitnessProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #output = '';
  #complaint = '';

  private constructor(endpoint: string) {
    this.#child = spawn(process.execPath, [program, endpoint], { stdio: 'pipe' });
    this.#exited = once(this.#child, 'close');
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint += text;
    });
  }

  static async start(endpoint: string): Promise<WitnessProcess> {
    const witness = new WitnessProcess(endpoint);
    if (witness.#child.stdout !== null) await Promise.race([once(witness.#child.stdout, 'data'), witness.#exited]);
    witness.assertContent();
    return witness;
  }

  /** @throws when the witness has ended with a complaint */
  assertContent(): void {
    if (this.#child.exitCode !== null) throw new Error(`the other client has ended: ${this.#complaint}`);
  }

  /** Asks it to end. @throws when something was wrong */
  async testify(): Promise<Testimony> {
    this.#child.stdin?.end();
    await this.#exited;
    if (this.#child.exitCode !== 0) throw new Error(`the other client has ended: ${this.#complaint}`);
    return JSON.parse(this.#output.trim().split('\n').at(-1) ?? '') as Testimony;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }
}
