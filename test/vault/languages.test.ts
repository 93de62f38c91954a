/** BIP39 in its twelve languages: the vault makes the seed that published vectors and @scure make, of phrases as the command line prepares them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HDKey } from '@scure/bip32';
import { entropyToMnemonic, mnemonicToSeedSync } from '@scure/bip39';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { type Language, type ListedLanguage, languages, newPhraseIn, normalForm, phraseIn } from '../../src/cli/phrase/languages.js';
import { createVault } from '../../src/vault/index.js';
import { ed25519PublicKey, slip10 } from './plain-core.js';
import { bytesOf, codeOf } from './support.js';

type Vector = readonly [entropy: string, phrase: string, seed: string, xprv: string];
type Published = { readonly [language: string]: readonly Vector[] };

/** From `dist/test/vault`. */
const file = fileURLToPath(new URL('../../../test/fixtures/vault-vectors/bip39.json', import.meta.url));
const published = JSON.parse(readFileSync(file, 'utf8')) as Published;
const listed = languages.filter((name): name is ListedLanguage => name !== 'english' && name !== 'other');
const wordLists = new Map<string, string[]>();
for (const name of ['english', ...listed]) {
  const { wordlist } = (await import(`@scure/bip39/wordlists/${name}.js`)) as { wordlist: string[] };
  wordLists.set(name, wordlist);
}
const wordsOf = (language: string) => wordLists.get(language) as string[];
const vault = createVault();
afterEach(() => vault.lock());
afterAll(() => vault[Symbol.dispose]());

/** What the vault is with a phrase, as the command line gives it to the daemon. */
async function unlocked(language: Language, phrase: string, passphrase: string): Promise<{ xpub: string; identity: string }> {
  const bytes = await phraseIn(language, bytesOf(phrase), 'phrase');
  const second = passphrase === '' ? undefined : normalForm(bytesOf(passphrase), 'the passphrase', 'passphrase');
  await vault.unlock(bytes, second, { format: language === 'english' ? 'english' : 'bytes' });
  const identity = Buffer.from(vault.publicKey('Ed25519', vault.paths.identity)).toString('hex');
  return { xpub: vault.extendedPublicKey('m'), identity };
}

/** What others say of a seed. */
function expected(seed: Uint8Array): { xpub: string; identity: string } {
  const { key } = slip10(
    seed,
    [74, 0, 0, 0].map((step) => step + 0x80000000),
  );
  return { xpub: HDKey.fromMasterSeed(seed).publicExtendedKey, identity: ed25519PublicKey(key).toString('hex') };
}

describe('published vectors', () => {
  test('there are some of three languages', () => {
    expect(Object.entries(published).map(([name, vectors]) => [name, vectors.length])).toEqual([
      ['english', 12],
      ['french', 12],
      ['japanese', 12],
    ]);
  });

  test.for(Object.keys(published))('%s', async (language) => {
    for (const [entropy, phrase, seed, xprv] of published[language] ?? []) {
      const found = await unlocked(language as Language, phrase, 'TREZOR');
      expect(found).toEqual(expected(Buffer.from(seed, 'hex')));
      expect(found.xpub).toBe(HDKey.fromExtendedKey(xprv).publicExtendedKey);
      expect(entropyToMnemonic(Buffer.from(entropy, 'hex'), wordsOf(language)).normalize('NFKD')).toBe(phrase.normalize('NFKD'));
      vault.lock();
    }
  });
});

/** Of all sizes; the first and the last word among them. */
const entropies = [16, 20, 24, 28, 32].flatMap((size) => [
  Buffer.alloc(size, 0),
  Buffer.alloc(size, 0xff),
  createHash('sha256').update(String(size)).digest().subarray(0, size),
]);

describe.for(['english', ...listed] as const)('%s', (language) => {
  test('the vault makes the seed that @scure makes, of every size and in every form of Unicode', async () => {
    for (const [at, entropy] of entropies.entries()) {
      const phrase = entropyToMnemonic(entropy, wordsOf(language));
      const passphrase = at % 2 === 0 ? '' : 'Größe ㍍ガバヴァ';
      const form = at % 3 === 0 ? 'NFC' : 'NFKD';
      expect(await unlocked(language, phrase.normalize(form), passphrase)).toEqual(expected(mnemonicToSeedSync(phrase, passphrase)));
      vault.lock();
    }
  });

  test('capitals and blanks do no harm; another word, another order and another number of words do', async () => {
    const phrase = entropyToMnemonic(Buffer.alloc(16, 0x5a), wordsOf(language));
    const words = phrase.split(/\s/);
    const normal = Buffer.from(phrase.normalize('NFKD'));
    const typed = `  ${words.map((word) => word.toUpperCase()).join(' \t ')} `;
    expect(Buffer.from(await phraseIn(language, bytesOf(typed), 'phrase')).equals(normal)).toBe(true);
    const [first = '', second = '', ...rest] = words;
    for (const wrong of [[second, first, ...rest], words.slice(1), ['xyz', ...words.slice(1)], [...words, first]]) {
      const text = wrong.join(' ');
      expect(await codeOf(async () => unlocked(language, text, '')), text).toBe('MNEMONIC_INVALID');
    }
  });
});

test.for(listed)('a new phrase in %s is one, and another each time', async (language) => {
  for (const words of [12, 15, 18, 21, 24]) {
    const text = Buffer.from(await newPhraseIn(language, words)).toString();
    expect(text.split(/[ \u3000]/)).toHaveLength(words);
    expect(text.normalize('NFC')).toBe(text);
    expect(await codeOf(async () => phraseIn(language, bytesOf(text), 'phrase'))).toBeUndefined();
    expect(Buffer.from(await newPhraseIn(language, words)).toString()).not.toBe(text);
  }
});

/** Words of the lists that @scure does not have. They are taken as they are. */
test.for([
  ['russian', 'абзац абонент абсурд автор агент адвокат адрес айсберг академия актёр алмаз ёлка'],
  ['turkish', 'abajur abaküs abartı abdal abdest abiye abluka abone absorbe absürt acayip zürafa'],
] as const)('%s, without a list of words', async ([, phrase]) => {
  for (const form of ['NFC', 'NFKD'] as const) {
    expect(await unlocked('other', phrase.normalize(form), 'TREZOR')).toEqual(expected(mnemonicToSeedSync(phrase, 'TREZOR')));
    vault.lock();
  }
});

test('what is not UTF-8 is no phrase, and is wiped', async () => {
  for (const language of [...listed, 'other'] as const) {
    const bytes = Uint8Array.of(0x61, 0xff, 0x62);
    expect(await codeOf(async () => phraseIn(language, bytes, 'phrase'))).toBe('INVALID_FORMAT');
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  }
});
