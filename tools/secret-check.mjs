/**
 * Fails when code that handles a vault's secrets turns one into something that can't be wiped: a string, a log line, a clone, a Buffer, a
 * BigInt, a key object.
 *
 *     node tools/secret-check.mjs [FILE…]        without files: the vault, and what the command line does with phrases and plaintexts
 *
 * It knows no types, so it is strict: in these files the calls below stand only where a comment on the line, or on the one above it, says
 * why no secret can be there: `// not secret: …`. A file that never sees a secret of the vault says `// no secrets of the vault here: …`; one that
 * can't do without strings says so and why: `// secrets as strings here: …`.
 */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lineMark = /\/\/ not secret: \S/;
const fileMark = /^\/\/ (?:no secrets of the vault here|secrets as strings here): \S/m;

/** What turns bytes into something else, whatever the bytes are. */
const calls = [
  [/\.(toString|toLocaleString)\(/, 'turned into a string'],
  [/(?<![\w.$])String(\.raw)?[(`]/, 'turned into a string'],
  [/\b(TextDecoder|StringDecoder|btoa|atob)\b|\b(encodeURI|encodeURIComponent|escape)\(/, 'turned into a string'],
  [/\bJSON\.stringify\(/, 'turned into a string'],
  [/\.(latin1|utf8|ucs2|hex|base64|base64url)Slice\(/, 'turned into a string'],
  [/\.toHex\(|\.toBase64\(/, 'turned into a string'],
  [/\bconsole\b|\bprocess\.(stdout|stderr|emitWarning)\b|\b(log|logger)\.(trace|debug|info|warn|error|fatal)\(/, 'logged'],
  [/(?<![\w.$])(inspect|format|debuglog)\(|\butil\.(inspect|format|debuglog)\(/, 'logged'],
  [/\b(structuredClone|postMessage)\(|\bv8\.serialize\(|(?<![\w.$])serialize\(|\bnew Blob\(/, 'cloned'],
  [/\bBuffer\.(from|concat|copyBytesFrom|of)\(|\bnew Buffer\(/, 'copied to a Buffer'],
  [/\b(BigInt|BigInt\.asUintN|BigInt\.asIntN)\(|\bBigU?[iI]nt64Array\b/, 'turned into a BigInt'],
  [
    /\b(createSecretKey|createPrivateKey|generateKey|generateKeySync|generateKeyPair|generateKeyPairSync)\(|\bKeyObject\.from\(/,
    'turned into a key object',
  ],
  [/\b(createECDH|createDiffieHellman|diffieHellman)\(|\bsubtle\b/, 'turned into a key object'],
  [/\b(createCipheriv|createDecipheriv|createHmac|hkdf|hkdfSync|pbkdf2|pbkdf2Sync|scrypt|scryptSync)\(/, 'given to node:crypto'],
];

/** Names that mean a secret wherever they stand. */
const secretNames = ['phrase', 'passphrase', 'mnemonic', 'seed', 'secret', 'plaintext', 'privateKey', 'private_key', 'entropy'];

/** What copies, prints or joins the secret of this name. */
function misuses(name) {
  const whole = `(?<![\\w$])${name}(?![\\w$])`;
  return [
    [new RegExp(`\\$\\{[^}]*?(?<![\\w$.])(?:\\w+\\.)*${name}(?![\\w$(])(?!\\.(?:size|length)\\b)[^}]*\\}`), 'put into a string'],
    [new RegExp(`['"\`]\\s*\\+\\s*${whole}(?!\\.)|${whole}\\s*\\+\\s*['"\`]`), 'put into a string'],
    [new RegExp(`\\[[^\\]]*${whole}(?!\\.(?:size|length)\\b)[^\\]]*\\]\\.(?:join|concat|flat)\\b`), 'put into a string'],
    [new RegExp(`\\bnew \\w*Error\\([^)]*${whole}(?![\\w$(])(?!\\.(?:size|length)\\b)`), 'put into an error'],
    [new RegExp(`\\.\\.\\.\\s*${whole}`), 'cloned'],
    [new RegExp(`\\b(?:Array|Uint8Array)\\.from\\(\\s*${whole}`), 'cloned'],
    [new RegExp(`\\bnew (?:Uint8Array|Uint32Array)\\(\\s*${whole}\\s*\\)`), 'cloned'],
    [
      new RegExp(`${whole}\\.(?:slice|map|join|at|concat|filter|reduce|reduceRight|toSorted|toReversed|with|values|entries|buffer)\\b`),
      'cloned',
    ],
    [new RegExp(`\\bObject\\.(?:assign|entries|values)\\([^)]*${whole}`), 'cloned'],
  ];
}

const quotes = new Set(["'", '"']);
const beforeRegex = /(^|[=(,:;!&|?{}[+]|=>|\breturn|\btypeof|\bcase)\s*$/;

/** The code alone: comments are blanks, and so is the inside of strings, but for what a template puts in. Lines stay where they are. */
function codeOf(text) {
  let code = '';
  let at = 0;
  /** Depths of braces at which a template goes on. */
  const templates = [];
  let depth = 0;
  const blank = (length) => {
    code += text.slice(at, at + length).replace(/[^\n]/g, ' ');
    at += length;
  };
  const keep = (length) => {
    code += text.slice(at, at + length);
    at += length;
  };
  const template = () => {
    while (at < text.length && text[at] !== '`' && !text.startsWith('${', at)) blank(text[at] === '\\' ? 2 : 1);
    if (text[at] === '`') return keep(1);
    templates.push(depth);
    depth += 1;
    keep(2);
  };
  while (at < text.length) {
    const char = text[at];
    if (text.startsWith('//', at)) blank(lengthTo(text, at, '\n'));
    else if (text.startsWith('/*', at)) blank(lengthTo(text, at + 2, '*/') + 4);
    else if (quotes.has(char)) {
      keep(1);
      while (at < text.length && text[at] !== char) blank(text[at] === '\\' ? 2 : 1);
      keep(1);
    } else if (char === '`') {
      keep(1);
      template();
    } else if (char === '/' && beforeRegex.test(code.slice(-20))) {
      const [regex] = /^\/(?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\n\\[])+\/\w*/.exec(text.slice(at)) ?? [char];
      blank(regex.length);
    } else if (char === '{') {
      depth += 1;
      keep(1);
    } else if (char === '}') {
      depth -= 1;
      keep(1);
      if (templates.at(-1) === depth) {
        templates.pop();
        template();
      }
    } else keep(1);
  }
  return code;
}

function lengthTo(text, from, end) {
  const found = text.indexOf(end, from);
  return (found < 0 ? text.length : found) - from;
}

/** The names that hold a secret in this code: those that always do, SecureBuffers, and what `use` gives its callee. */
function secretsIn(code) {
  const found = [
    /([\w$]+)\??:\s*(?:[\w$]+\s*\|\s*)*SecureBuffer\b/g,
    /(?:const|let|using)\s+([\w$]+)\s*=\s*(?:await\s+)?(?:new SecureBuffer\(|SecureBuffer\.|[\w.$#]+\.reveal\()/g,
    /\.use\(\s*(?:\(\s*)?([\w$]+)\s*(?:\)\s*)?=>/g,
  ].flatMap((pattern) => [...code.matchAll(pattern)].map(([, name]) => name));
  return [...new Set([...secretNames, ...found])];
}

/** @returns {{ line: number, problem: string }[]} */
export function findingsIn(text) {
  if (fileMark.test(text)) return [];
  const code = codeOf(text);
  const rules = [...calls, ...secretsIn(code).flatMap(misuses)];
  const sources = text.split('\n');
  const marks = new Set(sources.flatMap((line, at) => (lineMark.test(line) ? [at] : [])));
  const used = new Set();
  const findings = [];
  for (const [at, line] of code.split('\n').entries()) {
    const problems = rules.filter(([pattern]) => pattern.test(line)).map(([, what]) => what);
    if (problems.length === 0) continue;
    const alone = marks.has(at - 1) && sources[at - 1].trim().startsWith('//');
    if (marks.has(at)) used.add(at);
    else if (alone) used.add(at - 1);
    else findings.push({ line: at + 1, problem: `a secret may be ${[...new Set(problems)].join(', ')} here` });
  }
  for (const at of marks) if (!used.has(at)) findings.push({ line: at + 1, problem: 'this mark has nothing to excuse' });
  return findings.sort((a, b) => a.line - b.line);
}

const folders = ['src/vault', 'src/cli/phrase', 'src/cli/box'];
const actions = ['vault-init', 'vault-unlock', 'seal', 'open', 'rotate'];
const singleFiles = ['src/native-vault.ts', 'src/cli/vault.ts', ...actions.map((name) => `src/cli/actions/${name}.ts`)];

function usualFiles() {
  const inFolders = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(root, folder, name)),
  );
  return [...inFolders, ...singleFiles.map((name) => join(root, name)).filter((name) => existsSync(name))];
}

function main(given) {
  const files = given.length > 0 ? given.map((name) => resolve(name)) : usualFiles();
  let count = 0;
  for (const file of files.sort()) {
    for (const { line, problem } of findingsIn(readFileSync(file, 'utf8'))) {
      count += 1;
      process.stdout.write(`${relative(process.cwd(), file)}:${line}: ${problem}\n`);
    }
  }
  const told = count === 0 ? 'no secret leaves its memory' : `places to look at: ${count}`;
  process.stdout.write(`files: ${files.length}; ${told}\n`);
  return count === 0 ? 0 : 1;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = main(process.argv.slice(2));
