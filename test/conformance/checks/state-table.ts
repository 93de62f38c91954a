/**
 * The state table of streaming contexts, as the design has it, written down here a second time. For every kind of context and
 * algorithm every illegal step is tried in every state; for one of each way through a provider every sequence of three or four steps.
 * Legal steps give the right result, illegal ones are INVALID_OPERATION and change nothing.
 */
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { refused } from '../expectations.js';
import { joined } from '../material.js';
import { assertOutcome } from '../outcome.js';
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
    const next = this.#next(step);
    if (next === undefined) await refused(() => this.#do(step), 'INVALID_OPERATION');
    else if (step === 'single' && !this.#subject.hasSingle) {
      await refused(() => this.#do(step), 'INVALID_ARGUMENT', 'iv');
      return;
    } else if (step === 'finish') await this.#finish();
    else if (step === 'single') await this.#single();
    else {
      await this.#do(step);
      this.#remember(step);
    }
    this.#state = next ?? this.#state;
  }

  #next(step: Step): State | undefined {
    return table[step][this.#state];
  }

  /** What is under way still ends as it should. */
  async end(): Promise<void> {
    const underWay = this.#state === 'initialised' || this.#state === 'active';
    if (!underWay && !this.#subject.hasSingle) await this.step('init');
    await this.step(underWay || !this.#subject.hasSingle ? 'finish' : 'single');
  }

  /** Every step that the state does not allow. */
  async illegalSteps(): Promise<void> {
    for (const step of stepsOf(this.#subject)) {
      if (this.#next(step) !== undefined) continue;
      await this.step(step).catch((error: Error) => {
        throw new Error(`${step} when ${this.#state}: ${error.message}`, { cause: error });
      });
    }
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
    const told = this.#told;
    await assertOutcome('the result of the stream', this.#driver.expected(told), () => this.#driver.finish(told), this.#output);
    this.#forget();
  }
  async #single(): Promise<void> {
    const message = this.#subject.whole(50);
    const found = await this.#driver.single(message);
    const expected = this.#driver.expected({ message, aad: new Uint8Array(0) });
    await assertOutcome('the result of the single call', expected, async () => found);
    this.#forget();
  }
}

async function walkSequences(bench: Bench, subject: Subject, start: readonly Step[], length: number): Promise<void> {
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

/** Into every state by every way, the empty message and a restarted one included. */
const ways: readonly (readonly Step[])[] = [
  ['single'],
  ['init', 'finish'],
  ['init', 'update', 'update', 'finish'],
  ['init', 'reset'],
  ['init', 'update', 'reset'],
  ['init', 'update', 'init', 'update', 'finish'],
];
const waysWithAad: readonly (readonly Step[])[] = [
  ['init', 'updateAad', 'update', 'finish'],
  ['init', 'updateAad', 'updateAad', 'finish'],
];

/** One context on all ways: whatever an illegal step would change spoils what comes after it. */
async function walkWays(bench: Bench, subject: Subject): Promise<void> {
  const driver = await subject.open(bench);
  const walk = new Walk(subject, driver);
  try {
    await walk.illegalSteps();
    for (const steps of subject.hasAad ? [...ways, ...waysWithAad] : ways) {
      for (const step of steps) {
        await walk.step(step).catch((error: Error) => {
          throw new Error(`${steps.join(', ')}, at ${step}: ${error.message}`, { cause: error });
        });
        await walk.illegalSteps();
      }
    }
    await walk.end();
  } finally {
    await driver.close();
  }
}

/** Shorter sequences are the beginnings of these. */
function sequenceChecks(subject: Subject): Check[] {
  const { walk, costly, needs } = subject;
  return stepsOf(subject).map((first) => ({
    name: `state table: ${subject.name}, sequences that begin with ${first}`,
    run: (bench: Bench) => walkSequences(bench, subject, [first], bench.effort.sequences[walk] - (costly ? 2 : 1)),
    needs,
    ...(walk === 'short' && { thorough: true as const }),
  }));
}

export const stateChecks: readonly Check[] = [
  ...subjects.map((subject) => ({
    name: `state table: ${subject.name}, every illegal step in every state`,
    run: (bench: Bench) => walkWays(bench, subject),
    needs: subject.needs,
  })),
  ...subjects.flatMap(sequenceChecks),
];
