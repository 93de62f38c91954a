/**
 * Text files of `name = value` lines, as CAVP, pyca, OpenSSL and Botan write them: comments, sections in brackets, bare words,
 * blank lines between tests, PEM blocks after a name.
 */

export type Item =
  | { readonly kind: 'field'; readonly line: number; readonly name: string; readonly value: string }
  /** `[name = value]` or `[label]`. */
  | { readonly kind: 'section'; readonly line: number; readonly name: string; readonly value: string | undefined }
  | { readonly kind: 'comment'; readonly line: number; readonly text: string }
  | { readonly kind: 'word'; readonly line: number; readonly text: string }
  | { readonly kind: 'blank'; readonly line: number };

export type Field = Extract<Item, { kind: 'field' }>;

interface StanzaParts {
  readonly line: number;
  readonly fields: readonly Field[];
  readonly words: readonly string[];
  readonly settings: ReadonlyMap<string, string>;
  readonly labels: readonly string[];
  readonly comments?: readonly string[];
  /** Fields that count for several, by names in lower case. */
  readonly inherited?: ReadonlyMap<string, string>;
}

/** Fields that stand together. Names keep their case; `get` ignores it. */
export class Stanza {
  readonly line: number;
  readonly fields: readonly Field[];
  readonly words: readonly string[];
  /** Settings and labels of the sections it stands in. */
  readonly settings: ReadonlyMap<string, string>;
  readonly labels: readonly string[];
  /** That stand before it, since the fields of the one before. */
  readonly comments: readonly string[];
  readonly #byName: Map<string, string>;

  constructor({ line, fields, words, settings, labels, comments = [], inherited = new Map() }: StanzaParts) {
    this.line = line;
    this.fields = fields;
    this.words = words;
    this.settings = settings;
    this.labels = labels;
    this.comments = comments;
    this.#byName = new Map(inherited);
    for (const { name, value } of fields) this.#byName.set(name.toLowerCase(), value);
  }

  get name(): string {
    return `line ${this.line}`;
  }
  has(...names: readonly string[]): boolean {
    return names.every((name) => this.#byName.has(name.toLowerCase()));
  }
  find(name: string): string | undefined {
    return this.#byName.get(name.toLowerCase());
  }
  /** @throws when there is no such field */
  get(name: string): string {
    const value = this.find(name);
    if (value === undefined) throw new Error(`there is no field ${name}`);
    return value;
  }
}

export interface PairsDocument {
  /** Comments before the first field. */
  readonly header: string;
  readonly items: readonly Item[];
  readonly stanzas: readonly Stanza[];
}

const fieldLine = /^\s*([A-Za-z][\w .()/-]*?)\s*=\s*(.*?)\s*$/;
const sectionLine = /^\s*\[(.*)\]\s*$/;
const settingText = /^\s*(.+?)\s*=\s*(.*?)\s*$/;

/** Undefined for a text that has no such lines, or mostly other ones. */
export function parsePairs(text: string): PairsDocument | undefined {
  const items = readItems(text);
  const count = (kind: Item['kind']) => items.filter((item) => item.kind === kind).length;
  if (count('field') === 0 || count('word') > count('field')) return undefined;
  const first = items.findIndex((item) => item.kind === 'field');
  const header = items.slice(0, first).flatMap((item) => (item.kind === 'comment' ? [item.text] : []));
  return { header: header.join('\n'), items, stanzas: readStanzas(items) };
}

function readItems(text: string): Item[] {
  const items: Item[] = [];
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = at + 1;
    let content = lines[at] ?? '';
    while (content.endsWith('\\') && at + 1 < lines.length) {
      at += 1;
      content = content.slice(0, -1) + (lines[at] ?? '').trim();
    }
    if (content.startsWith('-----BEGIN ')) at = readPem(lines, at, items);
    else items.push(...readLine(content, line));
  }
  return items;
}

const severalSettings = /^\s*\[\s*([^,=\]]+=[^,=\]]+(?:,[^,=\]]+=[^,=\]]+)+)\]\s*$/;

/** `[Alen = 0, Plen = 0]` is several sections. */
function readLine(content: string, line: number): Item[] {
  const several = severalSettings.exec(content)?.[1];
  if (several === undefined) return [readItem(content, line)];
  return several.split(',').map((setting) => readItem(`[${setting.trim()}]`, line));
}

function readItem(content: string, line: number): Item {
  if (content.trim() === '') return { kind: 'blank', line };
  if (/^\s*#/.test(content)) return { kind: 'comment', line, text: content.replace(/^\s*#+\s?/, '').trim() };
  const section = sectionLine.exec(content);
  if (section !== null) {
    const setting = settingText.exec(section[1] ?? '');
    if (setting === null) return { kind: 'section', line, name: (section[1] ?? '').trim(), value: undefined };
    return { kind: 'section', line, name: setting[1] ?? '', value: setting[2] ?? '' };
  }
  const field = fieldLine.exec(content);
  if (field !== null) return { kind: 'field', line, name: field[1] ?? '', value: field[2] ?? '' };
  return { kind: 'word', line, text: content.trim() };
}

/** A PEM block becomes the field `pem`. Answers the index of its last line. */
function readPem(lines: readonly string[], start: number, items: Item[]): number {
  let end = start;
  while (end < lines.length - 1 && !(lines[end] ?? '').startsWith('-----END ')) end += 1;
  items.push({ kind: 'field', line: start + 1, name: 'pem', value: `${lines.slice(start, end + 1).join('\n')}\n` });
  return end;
}

function readStanzas(items: readonly Item[]): Stanza[] {
  const stanzas: Stanza[] = [];
  let fields: Field[] = [];
  let words: string[] = [];
  let settings = new Map<string, string>();
  let labels: string[] = [];
  let inSections = false;
  const end = (): void => {
    const line = fields[0]?.line;
    if (line !== undefined) stanzas.push(new Stanza({ line, fields, words, settings, labels }));
    fields = [];
    words = [];
  };
  for (const item of items) {
    if (item.kind === 'blank') end();
    if (item.kind === 'section') {
      end();
      // The first section after fields begins a new group of labels; settings stay until they are set anew.
      if (!inSections) labels = [];
      if (item.value === undefined) labels = [...labels, item.name];
      else settings = new Map(settings).set(item.name.toLowerCase(), item.value);
      inSections = true;
    }
    if (item.kind === 'field') fields.push(item);
    if (item.kind === 'word') words.push(item.text);
    if (item.kind === 'field' || item.kind === 'word') inSections = false;
  }
  end();
  return stanzas;
}

/**
 * Tests as CAVP numbers them: each begins with its COUNT and may have blank lines. What stands before the first COUNT of a section
 * counts for all of them. Documents without COUNT have a test in each stanza.
 */
export function recordsOf(document: PairsDocument): readonly Stanza[] {
  const counted = document.items.some((item) => item.kind === 'field' && isCount(item));
  return counted ? new RecordReader().read(document.items) : document.stanzas;
}

function isCount({ name }: Field): boolean {
  return /^count$/i.test(name);
}

class RecordReader {
  readonly #records: Stanza[] = [];
  readonly #inherited = new Map<string, string>();
  #fields: Field[] | undefined;
  #words: string[] = [];
  #comments: string[] = [];
  #settings = new Map<string, string>();
  #labels: string[] = [];
  #inSections = false;

  read(items: readonly Item[]): Stanza[] {
    for (const item of items) {
      if (item.kind === 'section') this.#section(item);
      else if (item.kind === 'field') this.#field(item);
      else if (item.kind === 'word') this.#words.push(item.text);
      else if (item.kind === 'comment') this.#comments.push(item.text);
      if (item.kind === 'field' || item.kind === 'word') this.#inSections = false;
    }
    this.#end();
    return this.#records;
  }

  #section({ name, value }: Extract<Item, { kind: 'section' }>): void {
    this.#end();
    if (!this.#inSections) this.#labels = [];
    if (value === undefined) this.#labels = [...this.#labels, name];
    else this.#settings = new Map(this.#settings).set(name.toLowerCase(), value);
    this.#inSections = true;
  }

  #field(field: Field): void {
    if (isCount(field)) {
      this.#end();
      this.#fields = [field];
    } else if (this.#fields === undefined) this.#inherited.set(field.name.toLowerCase(), field.value);
    else this.#fields.push(field);
  }

  #end(): void {
    const line = this.#fields?.[0]?.line;
    if (line === undefined || this.#fields === undefined) return;
    this.#records.push(
      new Stanza({
        line,
        fields: this.#fields,
        words: this.#words,
        settings: this.#settings,
        labels: this.#labels,
        comments: this.#comments,
        inherited: new Map(this.#inherited),
      }),
    );
    this.#fields = undefined;
    this.#words = [];
    this.#comments = [];
  }
}
