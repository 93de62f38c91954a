/** Reads a configuration file. What is wrong is told as `file:line:column path: what is wrong and what would be right`. */
import { closeSync, readFileSync } from 'node:fs';
import { isMap, isScalar, LineCounter, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { z } from 'zod';
import { KeyslotError } from '../../core/errors.js';
import { openTrustedFile } from '../../providers/trusted-file.js';
import { checkNames } from './names.js';
import { checkRules, type Finding } from './rules.js';
import { type Config, configSchema } from './schema.js';

const maxConfigBytes = 1 << 20;

/** One thing wrong with a configuration. */
export interface ConfigProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

export class ConfigError extends KeyslotError {
  readonly problems: readonly ConfigProblem[];
  constructor(problems: readonly ConfigProblem[]) {
    super('INVALID_FORMAT', problems.map(describeProblem).join('\n'), { field: problems[0]?.path });
    this.problems = problems;
  }
}

export function describeProblem(problem: ConfigProblem): string {
  return `${problem.file}:${problem.line}:${problem.column} ${problem.path === '' ? '' : `${problem.path}: `}${problem.message}`;
}

/**
 * Opens, checks and parses a configuration file. `more` is what else must hold.
 * @throws ConfigError with every problem found; RESOURCE_NOT_FOUND or ACCESS_DENIED for the file itself.
 */
export function loadConfig(file: string, more: (config: Config) => Finding[] = () => []): Config {
  const descriptor = openTrustedFile(file, { what: 'configuration file', field: 'config', secret: false });
  let bytes: Buffer;
  try {
    bytes = readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  if (bytes.length > maxConfigBytes)
    throw new ConfigError([
      { file, line: 1, column: 1, path: '', message: `is ${bytes.length} bytes long; at most ${maxConfigBytes} are read` },
    ]);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigError([{ file, line: 1, column: 1, path: '', message: 'is not UTF-8 text' }]);
  }
  return parseConfig(text, file, (config) => [...checkRules(config), ...checkNames(config), ...more(config)]);
}

/** Parses the text of a configuration; `file` is for messages, `check` for what must hold beyond its shape. */
export function parseConfig(text: string, file: string, check: (config: Config) => Finding[] = checkRules): Config {
  const lines = new LineCounter();
  const whole = (error: unknown) => new ConfigError([{ file, line: 1, column: 1, path: '', message: (error as Error).message }]);
  const document = attempt(whole, () => parseDocument(text, { lineCounter: lines, version: '1.2', uniqueKeys: true, prettyErrors: false }));
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) throw new ConfigError(broken.map((error) => ({ ...at(error.pos[0]), path: '', message: error.message })));

  const locate = (finding: Finding): ConfigProblem => ({
    ...at(offsetOf(document.contents as YAMLMap | null, document, finding)),
    path: pathText(finding.path),
    message: finding.message,
  });
  const plain: unknown = attempt(whole, () => document.toJS({ maxAliasCount: 100 }) as unknown);
  const result = configSchema.safeParse(plain, { reportInput: true });
  if (!result.success) throw new ConfigError(result.error.issues.flatMap(findingsOf).map(locate));
  const findings = check(result.data);
  if (findings.length > 0) throw new ConfigError(findings.map(locate));
  return result.data;
}

/** YAML's own refusals that come with no place: aliases of nothing, aliases without end, nesting without end. */
function attempt<T>(failure: (error: unknown) => ConfigError, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw failure(error);
  }
}

function findingsOf(issue: z.core.$ZodIssue): Finding[] {
  const path = issue.path as (string | number)[];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message: 'there is no such key here', ofKey: true as const }));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nearest = issue.errors.reduce((a, b) => (b.length < a.length ? b : a));
    return nearest.flatMap((inner) => findingsOf({ ...inner, path: [...path, ...inner.path] }));
  }
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return [{ path, message: `is missing; ${article(issue.expected)} is expected` }];
  return [{ path, message: issue.message }];
}
function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

interface PathReader {
  getIn(path: readonly unknown[], keepScalar: true): unknown;
}

/** Where a path's value stands; for a key that should not be there, where the key stands; for a missing value, its nearest parent. */
function offsetOf(contents: YAMLMap | null, document: PathReader, { path, ofKey }: Finding): number {
  for (let n = path.length; n > 0; n--) {
    const parent: unknown = n === 1 ? contents : document.getIn(path.slice(0, n - 1), true);
    if (isMap(parent)) {
      const pair = parent.items.find((item: Pair) => isScalar(item.key) && String(item.key.value) === String(path[n - 1]));
      if (pair !== undefined) return rangeStart(n === path.length && ofKey !== true && hasRange(pair.value) ? pair.value : pair.key);
    }
    const node = document.getIn(path.slice(0, n), true);
    if (hasRange(node)) return rangeStart(node);
  }
  return hasRange(contents) ? rangeStart(contents) : 0;
}
function hasRange(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && Array.isArray((node as { range?: unknown }).range);
}
function rangeStart(node: unknown): number {
  return hasRange(node) ? node.range[0] : 0;
}
function pathText(path: readonly (string | number)[]): string {
  return path.join('.');
}
