/** Lines as sha256sum prints them, and what several files come to. */
import { KeyslotError } from '../core/errors.js';
import { printJson } from './action.js';
import type { CliContext } from './context.js';
import { type ErrorObject, errorLine, errorObject, exitOf } from './failure.js';
import { type InputFile, openInput } from './input-file.js';

export interface FileResult {
  readonly file: string;
  readonly bytes: number;
  readonly value: Uint8Array;
}

/** The name of a file with a newline or a backslash is escaped, and the line says so with a backslash at its start. */
export function checksumLine({ file, value }: FileResult): string {
  const escaped = file.replace(/[\\\n\r]/g, (c) => ({ '\n': '\\n', '\r': '\\r' })[c] ?? '\\\\');
  return `${escaped === file ? '' : '\\'}${Buffer.from(value).toString('hex')}  ${escaped}\n`;
}

export interface ChecksumOptions {
  readonly json: boolean;
  /** `digest` or `mac`: the name of the value in JSON. */
  readonly field: string;
  /** What goes before the files in JSON. */
  readonly about: object;
  readonly compute: (input: InputFile) => Promise<FileResult>;
}

/** Goes on after a file that can't be read, and ends with that file's status. */
export async function checksumFiles(context: CliContext, files: readonly string[], options: ChecksumOptions): Promise<number> {
  const { json, field, about, compute } = options;
  const results: ({ file: string; bytes: number; [value: string]: string | number } | { file: string; error: ErrorObject })[] = [];
  let status = 0;
  for (const file of files.length === 0 ? ['-'] : files) {
    try {
      await using input = await openInput(context, file);
      const result = await compute(input);
      if (!json) context.process.stdout.write(checksumLine(result));
      results.push({ file, bytes: result.bytes, [field]: Buffer.from(result.value).toString('hex') });
    } catch (error) {
      if (!ofThisFile(error)) throw error;
      if (!json) context.process.stderr.write(errorLine(error));
      results.push({ file, error: errorObject(error) });
      status = exitOf(error);
    }
  }
  if (json) printJson(context, { ...about, results });
  return status;
}

function ofThisFile(error: unknown): boolean {
  return error instanceof KeyslotError && error.field === 'file';
}
