/** Rounds of one check, several at a time. */
import type { Check } from './checks.js';
import type { KeyPairs } from './key-pairs.js';
import { Unable } from './party.js';
import { Random } from './random.js';

export interface CheckOptions {
  readonly seed: string;
  readonly rounds: number;
  /** Only this round, to look at it. */
  readonly round: number | undefined;
  /** No round starts later than this after the first one. */
  readonly seconds: number;
  readonly pairs: KeyPairs;
  /** No round starts any more once it is aborted. */
  readonly signal?: AbortSignal;
}
export interface CheckReport {
  readonly family: string;
  readonly algorithm: string;
  readonly pair: string;
  /** Done; 0 when the other one has nothing of it. */
  readonly rounds: number;
  readonly milliseconds: number;
  readonly disagreements: number;
  /** The first few. */
  readonly messages: readonly string[];
  /** Why the check ended early: the daemon is not there any more. */
  readonly lost?: string;
}

const inFlight = 16;
/** Draws of one round, until one is found that both can do. */
const draws = 40;
const messagesKept = 3;

type Outcome = 'agreed' | 'unable' | { readonly message: string; readonly lost: boolean };

/** Codes of a daemon that is gone: no round can tell anything any more. */
const lostCodes: ReadonlySet<string> = new Set(['SESSION_EXPIRED', 'CONNECTION_FAILED']);

async function runRound({ family, row, ours, theirs }: Check, { seed, pairs }: CheckOptions, round: number): Promise<Outcome> {
  for (let draw = 1; draw <= draws; draw += 1) {
    const random = new Random([seed, family.name, row.name, theirs.name.replace(/ v.*/, ''), round, draw].join('/'));
    try {
      await family.round({ row, random, pairs, ours: ours as never, theirs: theirs as never });
      return 'agreed';
    } catch (error) {
      if (error instanceof Unable) continue;
      const { message, code } = error as { message: string; code?: string };
      return {
        lost: lostCodes.has(code ?? ''),
        message: `round ${round}, draw ${draw}: ${code === undefined ? '' : `${code}: `}${message}`,
      };
    }
  }
  return 'unable';
}

export async function runCheck(check: Check, options: CheckOptions): Promise<CheckReport> {
  const start = performance.now();
  const { rounds: wanted, round: only, seconds, signal } = options;
  const first = only ?? 1;
  const last = only ?? wanted;
  const messages: string[] = [];
  let [next, done, disagreements, unable] = [first, 0, 0, 0];
  let lost: string | undefined;
  const worker = async (): Promise<void> => {
    while (next <= last && performance.now() - start < seconds * 1000 && signal?.aborted !== true && lost === undefined) {
      // Whoever could do none of the first ones can do none at all.
      if (done === 0 && unable >= 2) return;
      const round = next;
      next += 1;
      const outcome = await runRound(check, options, round);
      if (outcome === 'unable') {
        unable += 1;
        continue;
      }
      if (typeof outcome === 'object' && outcome.lost) {
        lost = outcome.message;
        return;
      }
      done += 1;
      if (outcome === 'agreed') continue;
      disagreements += 1;
      if (messages.length < messagesKept) messages.push(outcome.message);
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, last - first + 1) }, worker));
  return {
    family: check.family.name,
    algorithm: check.row.name,
    pair: `${check.ours.name} ↔ ${check.theirs.name}`,
    rounds: done,
    milliseconds: Math.round(performance.now() - start),
    disagreements,
    messages,
    ...(lost !== undefined && { lost }),
  };
}
