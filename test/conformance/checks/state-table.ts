/**
 * The state table of streaming contexts, as the design has it, written down here a second time: every sequence of three or four
 * steps, for every kind of context and algorithm. Legal steps give the right result, illegal ones are INVALID_OPERATION and change nothing.
 */
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assertBytes, refused } from '../expectations.js';
import { joined } from '../material.js';
import type { Driver, Subject } from '../subject.js';
import { subjects } from '../subjects.js';

type State = 'created' | 'initialised' | 'active' | 'finalised';
type Step = 'init' | 'updateAad' | 'update' | 'finish' | 'single' | 'reset';

const table: Readonly<Record<Step, Partial<Record<State, State>>>> = {
  init: { created: 'initialised', initialised: 'initialised', active: 'initialised', finalised: 'initialised' },
  updateAad: { initialised: 'initialised' },
  update: { initialised: 'active', active: 'active' },
  finish: { initialised: 'finalised', active: 'finalised' },
  single: { created: 'finalised', finalised: 'finalised' },
  reset: { created: 'created', initialised: 'created', active: 'created', finalised: 'created' },
};

function stepsOf({ hasAad }: Subject): readonly Step[] {
  return hasAad ? ['init', 'updateAad', 'update', 'finish', 'single', 'reset'] : ['init', 'update', 'finish', 'single', 'reset'];
}

/** All sequences of so many steps. */
function* sequences(steps: readonly Step[], length: number): Generator<readonly Step[]> {
  if (length === 0) yield [];
  else for (const first of steps) for (const rest of sequences(steps, length - 1)) yield [first, ...rest];
}

const someAad = new Uint8Array([10, 20, 30]);

/** One context on its way, and what it must know. */
class Walk {
  readonly #subject: Subject;
  readonly #driver: Driver;
  #state: State = 'created';
  #message: Uint8Array[] = [];
  #aad: Uint8Array[] = [];
  #output: Uint8Array[] = [];

  constructor(subject: Subject, driver: Driver) {
    this.#subject = subject;
    this.#driver = driver;
  }

  async step(step: Step): Promise<void> {
    const next = table[step][this.#state];
    if (next === undefined) await refused(() => this.#do(step), 'INVALID_OPERATION');
    else if (step === 'finish') await this.#finish();
    else if (step === 'single') await this.#single();
    else {
      await this.#do(step);
      this.#remember(step);
    }
    this.#state = next ?? this.#state;
  }

  /** What is under way still ends as it should. */
  async end(): Promise<void> {
    await this.step(this.#state === 'initialised' || this.#state === 'active' ? 'finish' : 'single');
  }

  get #told() {
    return { message: joined(this.#message), aad: joined(this.#aad) };
  }
  get #piece(): Uint8Array {
    return this.#subject.piece(this.#told.message.length);
  }

  async #do(step: Step): Promise<unknown> {
    switch (step) {
      case 'init':
        return await this.#driver.init();
      case 'updateAad':
        return await this.#driver.updateAad?.(someAad);
      case 'update':
        return this.#output.push(await this.#driver.update(this.#piece));
      case 'finish':
        return await this.#driver.finish(this.#told);
      case 'single':
        return await this.#driver.single(this.#subject.whole(50));
      case 'reset':
        return await this.#driver.reset();
    }
  }
  #remember(step: Step): void {
    if (step === 'update') this.#message = [...this.#message, this.#piece];
    else if (step === 'updateAad') this.#aad = [...this.#aad, someAad];
    else this.#forget();
  }
  #forget(): void {
    [this.#message, this.#aad, this.#output] = [[], [], []];
  }

  async #finish(): Promise<void> {
    const expected = this.#driver.expected(this.#told);
    if (expected === 'refused') await refused(() => this.#driver.finish(this.#told), 'OPERATION_FAILED');
    else this.#judge(joined([...this.#output, await this.#driver.finish(this.#told)]), expected, 'the result of the stream');
    this.#forget();
  }
  async #single(): Promise<void> {
    const message = this.#subject.whole(50);
    const found = await this.#driver.single(message);
    const expected = this.#driver.expected({ message, aad: new Uint8Array(0) });
    if (expected === 'refused') throw new Error('the message of the check is none');
    this.#judge(found, expected, 'the result of the single call');
    this.#forget();
  }
  #judge(found: Uint8Array, expected: Uint8Array | ((found: Uint8Array) => boolean), what: string): void {
    if (expected instanceof Uint8Array) assertBytes(what, found, expected);
    else if (!expected(found)) throw new Error(`${what} is wrong`);
  }
}

async function walkAll(bench: Bench, subject: Subject, start: readonly Step[], length: number): Promise<void> {
  for (const rest of sequences(stepsOf(subject), length)) {
    const steps = [...start, ...rest];
    const driver = await subject.open(bench);
    try {
      const walk = new Walk(subject, driver);
      for (const step of steps) await walk.step(step);
      await walk.end();
    } catch (error) {
      throw new Error(`${steps.join(', ')}: ${(error as Error).message}`, { cause: error });
    } finally {
      await driver.close();
    }
  }
}

/** Shorter sequences are the beginnings of these. */
export const stateChecks: readonly Check[] = subjects.flatMap((subject) =>
  stepsOf(subject).map((first) => ({
    name: `state table: ${subject.name}, sequences that begin with ${first}`,
    run: (bench: Bench) => walkAll(bench, subject, [first], bench.depth - 1),
  })),
);
