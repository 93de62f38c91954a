// Writes native/bip39-english.inc from the English word list of @scure/bip39 (bitcoin/bips, bip-0039/english.txt).
import { writeFileSync } from 'node:fs';
import { wordlist } from '@scure/bip39/wordlists/english.js';

const sound = wordlist.length === 2048 && wordlist.every((word) => /^[a-z]{3,8}$/.test(word));
if (!sound) throw new Error('this is not the word list of BIP39');
const head = '// Made by tools/make-bip39-table.mjs: the English word list of BIP39, in its order.\n';
const lines = wordlist.map((word) => `WORD("${word}")\n`);
writeFileSync(new URL('../native/bip39-english.inc', import.meta.url), head + lines.join(''));
