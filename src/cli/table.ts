/** Tables that grep and awk can read: a header, aligned columns, two blanks between them, no lines. */
import { styleText } from 'node:util';
import type { Output } from './context.js';

export interface Column {
  readonly name: string;
  readonly align?: 'right';
}

type Style = Parameters<typeof styleText>[0];

/** Text in a style where the output shows colours. */
export function styled(output: Output, style: Style, text: string): string {
  return output.getColorDepth() >= 4 ? styleText(style, text, { validateStream: false }) : text;
}

export function widths(columns: readonly Column[], rows: readonly (readonly string[])[]): number[] {
  return columns.map((column, i) => Math.max(column.name.length, ...rows.map((row) => (row[i] ?? '').length)));
}

/** One line; the last column is not padded. */
export function tableLine(columns: readonly Column[], width: readonly number[], cells: readonly string[]): string {
  return columns
    .map((column, i) => {
      const cell = cells[i] ?? '';
      if (column.align === 'right') return cell.padStart(width[i] ?? 0);
      return i === columns.length - 1 ? cell : cell.padEnd(width[i] ?? 0);
    })
    .join('  ')
    .trimEnd();
}

export function printTable(output: Output, columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  const width = widths(columns, rows);
  const header = tableLine(
    columns,
    width,
    columns.map((column) => column.name),
  );
  output.write(`${styled(output, 'bold', header)}\n`);
  for (const row of rows) output.write(`${tableLine(columns, width, row)}\n`);
}
