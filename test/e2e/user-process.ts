/** Speaks with `as-user`: another client process, of this or another user. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface StepAnswer {
  readonly ready?: true;
  readonly value?: unknown;
  readonly error?: string;
}

const program = fileURLToPath(new URL('./as-user.js', import.meta.url));

export class UserProcess implements AsyncDisposable {
  readonly child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(uid: number, endpoint: string) {
    this.child = spawn(process.execPath, [program, String(uid), endpoint], { stdio: ['pipe', 'pipe', 'inherit'] });
    if (this.child.stdout === null) throw new Error('no output');
    this.#lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  static async start(uid: number, endpoint: string): Promise<UserProcess> {
    const user = new UserProcess(uid, endpoint);
    const first = await user.#answer();
    if (first.ready !== true) throw new Error(`the client of uid ${uid} could not start: ${first.error}`);
    return user;
  }

  async step(step: object): Promise<StepAnswer> {
    this.child.stdin?.write(`${JSON.stringify(step)}\n`);
    return this.#answer();
  }

  async #answer(): Promise<StepAnswer> {
    const { value, done } = await this.#lines.next();
    return done === true ? { error: 'ended' } : (JSON.parse(value) as StepAnswer);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await gone;
  }
}
