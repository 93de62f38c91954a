/** Documents with generated tables, each between `<!-- generated: name -->` and `<!-- end -->`. */

/** @throws {Error} when the text has a section that nothing is known of, or lacks one. */
export function fillSections(text: string, sections: Readonly<Record<string, string>>): string {
  const left = new Set(Object.keys(sections));
  const result = text.replace(/(<!-- generated: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g, (_all, start: string, name: string, end: string) => {
    const rows = sections[name];
    if (rows === undefined || !left.delete(name)) throw new Error(`the document has a section ${name} too many`);
    return `${start}\n${rows}\n${end}`;
  });
  if (left.size > 0) throw new Error(`the document lacks the sections ${[...left].join(', ')}`);
  return result;
}

export function rowsOf(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}
