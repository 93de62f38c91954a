/**
 * Botan's .vec files. The section names the algorithm; a test ends with its last field. Fields of public-key files stay from
 * one test to the next.
 */
import { readCase, skipped, type VectorCase, type Verdict } from '../case.js';
import type { BotanFamily, Fields } from './botan/family.js';
import { kdfs } from './botan/kdfs.js';
import { publicKeys } from './botan/public-keys.js';
import { symmetric } from './botan/symmetric.js';
import type { PairsDocument } from './pairs.js';

const families: readonly BotanFamily[] = [...publicKeys, ...symmetric, ...kdfs];

function familyOf(section: string, last: string, fields: Fields): BotanFamily | undefined {
  return families.find((one) => one.last === last && one.section.test(section) && (one.has ?? []).every((name) => fields.has(name)));
}

export function isBotan(document: PairsDocument, path: string): boolean {
  return path.endsWith('.vec') && document.stanzas.length > 0;
}

export function readBotan(document: PairsDocument): VectorCase[] {
  return new BotanReader(document).read();
}

class BotanReader {
  readonly #document: PairsDocument;
  readonly #lastField: string;
  readonly #cases: VectorCase[] = [];
  #section = '';
  #fields = new Map<string, string>();
  #line = 0;

  constructor(document: PairsDocument) {
    this.#document = document;
    this.#lastField = lastFieldOf(document);
  }

  read(): VectorCase[] {
    for (const item of this.#document.items) {
      if (item.kind === 'section') {
        this.#section = item.value === undefined ? item.name : `${item.name}=${item.value}`;
        this.#fields.clear();
      }
      if (item.kind !== 'field') continue;
      if (this.#line === 0) this.#line = item.line;
      this.#fields.set(item.name, item.value);
      if (item.name === this.#lastField) this.#end();
    }
    return this.#cases;
  }

  #end(): void {
    const [name, fields, section] = [`line ${this.#line}`, new Map(this.#fields), this.#section];
    const family = familyOf(section, this.#lastField, fields);
    this.#line = 0;
    if (family?.keeps !== true) this.#fields.clear();
    if (family === undefined)
      this.#cases.push(skipped(name, 'algorithm', section === '' ? `test that ends with ${this.#lastField}` : section));
    else this.#cases.push(readCase(name, verdictOf(family, fields), () => family.read(family.section.exec(section) ?? noMatch, fields)));
  }
}

const noMatch = Object.assign([''], { index: 0, input: '' }) as unknown as RegExpExecArray;

function verdictOf(family: BotanFamily, fields: Fields): Verdict {
  return family.refused === true || fields.get('Valid') === '0' ? 'invalid' : 'valid';
}

/** The name of the field that ends tests: the one that stands last in most stanzas. */
function lastFieldOf(document: PairsDocument): string {
  const counts = new Map<string, number>();
  for (const { fields } of document.stanzas) {
    const name = fields.at(-1)?.name ?? '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}
