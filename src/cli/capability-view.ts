/** The capabilities of the daemon as people read them: a short table of families, or a line for each algorithm and provider. */
import type { AlgorithmCapabilities, ProviderInfo, SystemCapabilities } from '../client/index.js';
import { type AlgorithmRow, algorithmTable } from '../core/algorithms.js';
import { type Family, families, sections } from './capability-groups.js';
import type { Output } from './context.js';
import { type Column, printTable, styled, tableLine, widths } from './table.js';

type Ability = AlgorithmCapabilities['providers'][number];

/** What is done with keys of a kind; all other operations are of the algorithm that shares its name. */
const ofKeys: ReadonlySet<string> = new Set(['generate', 'import', 'export']);

function concerns(row: AlgorithmRow, { operations }: Ability): boolean {
  return operations.some((operation) => ofKeys.has(operation) === (row.family === 'key'));
}

/** Columns of providers are named for them; families without any provider are left out. */
export function printFamilies(output: Output, { providers, algorithms }: SystemCapabilities): void {
  const byName = new Map(algorithms.map(({ algorithm, providers }) => [algorithm, providers]));
  const notes = new Notes();
  const lines = families().flatMap((family) => {
    const marks = providers.map(({ id, name }) => markOf(family, id, name, byName, notes));
    return marks.every((mark) => mark === none) ? [] : [{ family, cells: [`  ${family.name}${family.legacy ? '*' : ''}`, ...marks] }];
  });
  const columns: Column[] = [{ name: 'ALGORITHMS' }, ...providers.map(({ name }) => ({ name })), { name: 'VARIANTS' }];
  const width = widths(
    columns.slice(0, -1),
    lines.map(({ cells }) => cells),
  );
  const room = Math.max(20, (output.columns ?? 80) - width.reduce((sum, w) => sum + w + 2, 0));
  output.write(
    `${styled(
      output,
      'bold',
      tableLine(
        columns,
        width,
        columns.map(({ name }) => name),
      ),
    )}\n`,
  );
  for (const section of sections) {
    const here = lines.filter(({ family }) => family.section === section);
    if (here.length === 0) continue;
    output.write(`${styled(output, 'bold', section)}\n`);
    for (const { family, cells } of here)
      for (const [i, variants] of wrapped(family.variants, room).entries())
        output.write(`${tableLine(columns, width, [...(i === 0 ? cells : cells.map(() => '')), variants])}\n`);
  }
  const anyLegacy = lines.some(({ family }) => family.legacy);
  printFoot(output, providers, notes, anyLegacy);
}

const none = '-';

/** `yes`, `-`, or how many of the family's algorithms; with the numbers of what there is to note. */
function markOf(
  { rows }: Family,
  provider: number,
  providerName: string,
  byName: ReadonlyMap<string, readonly Ability[]>,
  notes: Notes,
): string {
  const abilities = rows.flatMap((row) => {
    const found = (byName.get(row.name) ?? []).filter((ability) => ability.id === provider && concerns(row, ability));
    return found.length === 0 ? [] : [found];
  });
  if (abilities.length === 0) return none;
  const texts = new Set(abilities.flat().flatMap(remarks));
  const numbers = [...texts].map((text) => notes.numberOf(`${providerName}: ${text}`));
  const mark = abilities.length === rows.length ? 'yes' : `${abilities.length}/${rows.length}`;
  return numbers.length === 0 ? mark : `${mark} [${numbers.sort((a, b) => a - b).join(',')}]`;
}

/** The star and the word after it tell of `legacy`. */
function remarks({ note = '' }: Ability): string[] {
  return note.split('; ').filter((remark) => remark !== '' && remark !== 'legacy');
}

class Notes {
  readonly #numbers = new Map<string, number>();

  numberOf(text: string): number {
    const number = this.#numbers.get(text) ?? this.#numbers.size + 1;
    this.#numbers.set(text, number);
    return number;
  }
  get lines(): string[] {
    return [...this.#numbers].map(([text, number]) => `[${number}] ${text}`);
  }
}

function printFoot(output: Output, providers: readonly ProviderInfo[], notes: Notes, anyLegacy: boolean): void {
  const columns = output.columns ?? 80;
  const facts = [
    ...(anyLegacy ? ['* legacy: for what is old; SHA-1 is, wherever it appears'] : []),
    ...notes.lines,
    ...providers.flatMap(({ name, state }) => (state === 'ready' ? [] : [`${name} is ${state}: what it can do is not known`])),
  ];
  output.write('\n');
  for (const fact of facts) for (const [i, line] of wrapped(fact, columns - 4).entries()) output.write(`${i === 0 ? '' : '    '}${line}\n`);
  output.write('keyslot capabilities NAME tells of one family or algorithm, --all of every one.\n');
}

/** A text in lines of at most `room` characters. */
function wrapped(text: string, room: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

const lineColumns = [{ name: 'ALGORITHM' }, { name: 'PROVIDER' }, { name: 'OPERATIONS' }, { name: 'BITS' }, { name: 'NOTE' }] as const;

/** A line for each algorithm and provider; one that no provider has is left out. */
export function printAlgorithms(output: Output, { providers, algorithms }: SystemCapabilities): void {
  const nameOf = (id: number) => providers.find((provider) => provider.id === id)?.name ?? String(id);
  const rows = algorithms.flatMap(({ algorithm, providers: abilities }) =>
    abilities.map((ability) => {
      const told = [...(legacy.has(algorithm) ? ['legacy'] : []), ...remarks(ability)];
      const { id, operations, keyLengths = [] } = ability;
      return [algorithm, nameOf(id), operations.join(','), keyLengths.join(',') || none, told.join('; ') || none];
    }),
  );
  printTable(output, lineColumns, rows);
}

const legacy: ReadonlySet<string> = new Set(algorithmTable.filter(({ status }) => status === 'legacy').map(({ name }) => name));
