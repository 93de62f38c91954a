/** Everybody in turn, round by round, so that what the machine does meanwhile meets all of them alike. */
import { ForeignLoad } from './load.js';
import type { Subject } from './subjects.js';

export interface RoundsOptions {
  readonly rounds: number;
  /** Milliseconds that one subject runs in a round. */
  readonly slice: number;
  /** Milliseconds that a subject runs before anything counts. */
  readonly warmUp: (name: string) => number;
  /** Processes of the run itself. */
  readonly pids: readonly number[];
  readonly progress: (text: string) => void;
}

export interface Outcome<N extends string> {
  /** Microseconds of a job by subject, one for each round that counts. */
  readonly times: Readonly<Record<N, number[]>>;
  /** Of the rounds that count, in cores. */
  readonly foreign: number[];
  /** Rounds that were left out because the machine was busy with other things. */
  readonly dropped: number;
  /** False when it always was: then all rounds count, and ratios say less. */
  readonly quiet: boolean;
}

/** Rounds with more foreign load than this, in cores, don't count… */
const quiet = 0.25;
/** …unless the machine is never quiet for so many times the rounds that were asked for. */
const patience = 3;

interface Round {
  readonly foreign: number;
  readonly times: ReadonlyMap<string, number>;
}

export async function runRounds<N extends string>(subjects: Readonly<Record<N, Subject>>, options: RoundsOptions): Promise<Outcome<N>> {
  const all = Object.entries(subjects) as [N, Subject][];
  for (const [name, subject] of all) {
    options.progress(`warming up: ${name}`);
    await subject.run(options.warmUp(name));
  }
  const rounds: Round[] = [];
  const counting = () => rounds.filter(({ foreign }) => foreign <= quiet);
  while (counting().length < options.rounds && rounds.length < patience * options.rounds) {
    options.progress(`round ${counting().length + 1} of ${options.rounds}`);
    const load = new ForeignLoad(options.pids);
    const times = new Map<string, number>();
    for (const [name, subject] of all) times.set(name, await subject.run(options.slice));
    rounds.push({ foreign: load.cores(), times });
  }
  const enough = counting().length >= options.rounds / 2;
  const taken = enough ? counting() : rounds;
  const times = Object.fromEntries(all.map(([name]) => [name, taken.map((round) => round.times.get(name) ?? Number.NaN)]));
  return {
    times: times as Record<N, number[]>,
    foreign: taken.map(({ foreign }) => foreign),
    dropped: rounds.length - taken.length,
    quiet: enough,
  };
}
