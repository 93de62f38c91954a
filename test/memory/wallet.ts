/** A phrase and all that is made of it, calculated a second time by @scure and node:crypto: what must not be found. */
import { createHmac, randomBytes } from 'node:crypto';
import { entropyToMnemonic, mnemonicToEntropy, mnemonicToSeedSync, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { bip32Levels, pathOf, relatives, slip10Levels } from '../native/vault-support.js';
import type { Secret } from './patterns.js';

/** SLIP-0010 for the first two, BIP32 for the third. */
export interface WalletPaths {
  readonly ed25519: readonly string[];
  readonly aes: readonly string[];
  readonly secp256k1: readonly string[];
}

export interface Wallet {
  readonly phrase: string;
  readonly passphrase: string;
  /** Phrase, passphrase, entropy, seed; keys and chain codes of every level of every path; what is as good as a key. */
  readonly secrets: readonly Secret[];
}

const text = (name: string, value: string): Secret => ({ name, bytes: Buffer.from(value), isText: true });
const hmac = (key: Uint8Array | string, data: Uint8Array) => createHmac('sha512', key).update(data).digest();

function levelsOf(path: string, levels: readonly { readonly key: Uint8Array; readonly chainCode: Uint8Array }[]): Secret[] {
  return levels.flatMap(({ key, chainCode }, depth) => [
    { name: `${path} level ${depth} key`, bytes: key },
    { name: `${path} level ${depth} chain code`, bytes: chainCode },
  ]);
}

/** As secretsOf names it. */
export function keyName(path: string): string {
  return `${path} level ${path.split('/').length - 1} key`;
}

export function secretsOf(phrase: string, passphrase: string, paths: WalletPaths): Secret[] {
  const seed = mnemonicToSeedSync(phrase, passphrase);
  const slip10 = [...paths.ed25519, ...paths.aes].flatMap((path) => {
    const levels = slip10Levels(seed, pathOf(path), hmac).map((level) => ({ key: level.subarray(0, 32), chainCode: level.subarray(32) }));
    return [...levelsOf(path, levels), ...relatives(keyName(path), levels.at(-1)?.key ?? seed)];
  });
  const bip32 = paths.secp256k1.flatMap((path) => levelsOf(path, bip32Levels(seed, pathOf(path))));
  return [
    text('phrase', phrase),
    ...(passphrase === '' ? [] : [text('passphrase', passphrase)]),
    { name: 'entropy', bytes: mnemonicToEntropy(phrase, wordlist) },
    { name: 'seed', bytes: seed },
    ...slip10,
    ...bip32,
  ];
}

/** A wallet that nobody had before. */
export function makeWallet(paths: WalletPaths): Wallet {
  const phrase = entropyToMnemonic(randomBytes(32), wordlist);
  const passphrase = randomBytes(30).toString('base64url');
  return { phrase, passphrase, secrets: secretsOf(phrase, passphrase, paths) };
}

/** A phrase whose last word is another one, so that the checksum is wrong. */
export function makeSpoiledWallet(): Wallet {
  const sound = entropyToMnemonic(randomBytes(32), wordlist);
  // Of 2048 words eight fit.
  const begin = sound.slice(0, sound.lastIndexOf(' ') + 1);
  const phrase = begin + wordlist.find((word) => !validateMnemonic(begin + word, wordlist));
  const passphrase = randomBytes(30).toString('base64url');
  const entropy = { name: 'entropy', bytes: mnemonicToEntropy(sound, wordlist) };
  return { phrase, passphrase, secrets: [text('phrase', phrase), text('passphrase', passphrase), entropy] };
}
