/** `keyslot vault` on real daemons: what a phrase does, and what happens to the others. */
import { createPublicKey } from 'node:crypto';
import { openSync, readFileSync } from 'node:fs';
import { HDKey } from '@scure/bip32';
import { mnemonicToSeedSync, validateMnemonic } from '@scure/bip39';
import { wordlist as englishWords } from '@scure/bip39/wordlists/english.js';
import { wordlist as japaneseWords } from '@scure/bip39/wordlists/japanese.js';
import { wordlist as spanishWords } from '@scure/bip39/wordlists/spanish.js';
import { describe, expect, it } from 'vitest';
import { ed25519PublicKey, slip10 } from '../vault/plain-core.js';
import { type RunResult, useFolder } from './support.js';
import { useVaultDaemon, type VaultDaemon, withLines } from './vault-daemon.js';

const folder = useFolder();
const phrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const otherPhrase = 'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about';
const terminal = { stderr: true } as const;

function identityOf(words: string, passphrase = ''): string {
  const path = [74, 0, 0, 0].map((step) => step + 0x80000000);
  return ed25519PublicKey(slip10(mnemonicToSeedSync(words, passphrase), path).key).toString('hex');
}
/** The words of the screen, in their order. */
function shownWords(screen: string): string[] {
  return [...screen.matchAll(/\b\d+\. (\S+)/g)].map(([, word = '']) => word);
}
/** A run that reads these lines from one descriptor. */
function fromLines(on: VaultDaemon, lines: string, ...args: readonly string[]): Promise<RunResult> {
  return withLines(folder.path('lines'), lines, (fd) => on.run([...args.map((arg) => arg.replace('FD', String(fd)))]));
}

describe('a vault that was never initialised', () => {
  const daemon = useVaultDaemon();

  it('says so', async () => {
    const status = await daemon().json('vault', 'status');
    expect(status).toEqual({
      state: 'locked',
      protection: expect.stringMatching(/^(memfd_secret|mlock|none)$/),
      lockedBytes: expect.any(Number),
      dumpable: false,
      cached: 0,
      initialized: false,
      idleTimeoutMs: 900_000,
      identity: null,
    });
    expect(await daemon().ok('vault', 'status')).toMatch(/^vault {4}locked; never initialised: keyslot vault init\n/);
  });

  it('is not unlocked, and nobody is asked for a phrase (1)', async () => {
    expect(await daemon().refused(['vault', 'unlock'], { typed: [] })).toEqual([
      1,
      'keyslot: the vault was never initialised: keyslot vault init does that, once (INVALID_OPERATION)\n',
    ]);
  });

  it('does nothing (69)', async () => {
    const calls = [
      ['seal', '/dev/null'],
      ['vault', 'derive', '--kind', 'ed25519', 'identity'],
      ['vault', 'xpub', 'm'],
    ];
    for (const args of calls) expect(await daemon().refused(args)).toEqual([69, expect.stringContaining('(VAULT_LOCKED)')]);
    expect(await daemon().ok('vault', 'lock')).toBe('the vault was locked already\n');
  });

  it.each([
    [['init'], '--phrase-out-fd N'],
    [['init', '--phrase-out-fd', '9'], '--phrase-fd N'],
    [['init', '--existing'], '--phrase-fd N'],
    [['unlock'], '--phrase-fd N'],
    [['unlock', '--phrase-fd', '9', '--passphrase'], '--passphrase-fd N'],
    [['unlock', '--phrase-fd', '9', '--passphrase-fd', '8', '--passphrase-file', 'x'], 'not both'],
    [['init', '--phrase-fd', '9', '--phrase-out-fd', '9'], 'two descriptors'],
    [['init', '--phrase-out-fd', '1', '--phrase-fd', '9', '--json'], 'JSON'],
    [['init', '--existing', '--words', '12', '--phrase-fd', '9'], '--words'],
    [['init', '--existing', '--phrase-out-fd', '8', '--phrase-fd', '9'], '--phrase-out-fd'],
    [['init', '--words', '13'], '12, 15, 18, 21, 24 words'],
    [['init', '--language', 'other', '--phrase-out-fd', '8', '--phrase-fd', '9'], '--existing'],
    [['init', '--language', 'klingon'], 'klingon'],
    [['derive', 'identity'], '--kind'],
  ])('without a terminal, keyslot vault %j is a wrong command line', async (args, named) => {
    const { status, stdout, stderr } = await daemon().run(['vault', ...args]);
    expect(status).toBe(2);
    expect(`${stdout}${stderr}`).toContain(named);
  });

  it('a phrase that comes back as another one leaves it as it was (1)', async () => {
    for (const wrong of [`${otherPhrase}\n`, 'no phrase at all\n']) {
      const out = folder.path('torn');
      const result = await fromLines(daemon(), wrong, 'vault', 'init', '--phrase-out-fd', String(openSync(out, 'w')), '--phrase-fd', 'FD');
      expect([result.status, result.stdout]).toEqual([1, '']);
      expect(result.stderr).toBe('keyslot: the phrase that came back is another one; nothing was done (OPERATION_CANCELLED)\n');
      expect(validateMnemonic(readFileSync(out, 'utf8').trim(), englishWords)).toBe(true);
    }
    const typed = ['', 'wrong', otherPhrase, 'abandon'];
    const [status, screen] = await daemon().refused(['vault', 'init'], { typed, terminal });
    expect(status).toBe(1);
    expect(screen.match(/that is not the phrase; try again/g)).toHaveLength(2);
    expect(screen).toMatch(/that is not the phrase; nothing was done \(OPERATION_CANCELLED\)\n$/);
    expect(await daemon().json('vault', 'status')).toMatchObject({ state: 'locked', initialized: false });
  });

  it('an existing phrase with a mistake is refused (65)', async () => {
    const { status, stderr } = await fromLines(daemon(), `${phrase} x\n`, 'vault', 'init', '--existing', '--phrase-fd', 'FD');
    expect([status, stderr]).toEqual([65, expect.stringContaining('(MNEMONIC_INVALID)')]);
    expect(await daemon().json('vault', 'status')).toMatchObject({ state: 'locked', initialized: false });
  });
});

describe('somebody at a terminal', () => {
  const daemon = useVaultDaemon();
  let words: string[] = [];

  it('sees the new phrase once, types it again, and has an unlocked vault', async () => {
    const again = (screen: string) => {
      words = shownWords(screen);
      return `  ${words.join('  ').toUpperCase()} `;
    };
    const { status, stdout, stderr } = await daemon().run(['vault', 'init'], {
      typed: ['', again, 'geheim', 'geheim!', 'gehéim', 'gehe\u0301im'],
      terminal,
    });
    expect([status, stderr]).toEqual([0, expect.stringContaining('the passphrases differ; try again')]);
    expect(words).toHaveLength(24);
    expect(validateMnemonic(words.join(' '), englishWords)).toBe(true);
    expect(stdout).toBe(`the vault is initialised and unlocked; its identity is ${identityOf(words.join(' '), 'gehéim')}\n`);
    // On the second screen, which is left: what is behind it never held the words.
    const left = stderr.indexOf('\u001b[?1049l');
    expect(stderr.indexOf('\u001b[?1049h')).toBeLessThan(stderr.indexOf(words[0] ?? ''));
    expect(stderr.lastIndexOf(`24. ${words[23]}`)).toBeLessThan(left);
  });

  it('unlocks it with both, and with nothing else', async () => {
    expect(await daemon().ok('vault', 'lock')).toBe('the vault is locked\n');
    const text = words.join(' ');
    for (const typed of [
      [text, ''],
      [text, 'geheim'],
      [otherPhrase, 'gehéim'],
      ['abandon', 'gehéim'],
    ]) {
      const [status, message] = await daemon().refused(['vault', 'unlock'], { typed });
      expect([status, message]).toEqual([
        65,
        expect.stringMatching(/^Phrase: Passphrase \(Enter for none\): keyslot: .*\(MNEMONIC_INVALID\)\n$/),
      ]);
    }
    expect(await daemon().json('vault', 'status')).toMatchObject({ state: 'locked', initialized: true, identity: null });
    const { status, stdout } = await daemon().run(['vault', 'unlock', '--json'], { typed: [text, 'gehéim'] });
    const identity = identityOf(text, 'gehéim');
    expect([status, JSON.parse(stdout)]).toEqual([0, { state: 'unlocked', identity }]);
    expect(await daemon().json('vault', 'status')).toMatchObject({ state: 'unlocked', initialized: true, identity });
  });

  it('is not asked again for what is done (1)', async () => {
    expect(await daemon().refused(['vault', 'unlock'], { typed: [] })).toEqual([1, expect.stringContaining('(VAULT_ALREADY_UNLOCKED)')]);
    expect(await daemon().refused(['vault', 'init'], { typed: [], terminal })).toEqual([
      1,
      expect.stringContaining('(ALREADY_INITIALIZED)'),
    ]);
    await daemon().ok('vault', 'lock');
    expect(await daemon().refused(['vault', 'init', '--existing'], { typed: [], terminal })).toEqual([
      1,
      expect.stringContaining('(ALREADY_INITIALIZED)'),
    ]);
  });

  it('an interruption leaves it locked', async () => {
    const controller = new AbortController();
    controller.abort(new Error('gone'));
    const { status, stdout } = await daemon().run(['vault', 'unlock'], { typed: [phrase, ''], signal: controller.signal });
    expect([status, stdout]).toEqual([130, '']);
    expect(await daemon().json('vault', 'status')).toMatchObject({ state: 'locked' });
  });
});

describe('descriptors', () => {
  const daemon = useVaultDaemon();
  const file = () => folder.path('kept');
  let kept = '';

  it('take the new phrase away and bring it back; the JSON has none of it', async () => {
    const out = openSync(file(), 'w+', 0o600);
    const back = openSync(file(), 'r');
    const args = ['vault', 'init', '--words', '15', '--phrase-out-fd', String(out), '--phrase-fd', String(back), '--json'];
    const { status, stdout, stderr } = await daemon().run(args);
    expect([status, stderr]).toEqual([0, '']);
    kept = readFileSync(file(), 'utf8');
    expect(kept.split(' ')).toHaveLength(15);
    expect(JSON.parse(stdout)).toEqual({ identity: identityOf(kept.trim()), language: 'english', new: true, words: 15, passphrase: false });
    for (const word of kept.trim().split(' ')) expect(stdout).not.toMatch(new RegExp(`\\b${word}\\b`));
  });

  it('bring phrase and passphrase, one line each, of one descriptor or of two', async () => {
    await daemon().ok('vault', 'lock');
    const wrong = await fromLines(daemon(), `${kept}wrong\n`, 'vault', 'unlock', '--phrase-fd', 'FD', '--passphrase-fd', 'FD', '--json');
    expect([wrong.status, JSON.parse(wrong.stdout)]).toEqual([65, { error: expect.objectContaining({ code: 'MNEMONIC_INVALID' }) }]);
    const right = await fromLines(daemon(), kept, 'vault', 'unlock', '--phrase-fd', 'FD');
    expect([right.status, right.stdout]).toEqual([0, `the vault is unlocked; its identity is ${identityOf(kept.trim())}\n`]);
  });
});

describe.each([
  ['japanese', japaneseWords],
  ['spanish', spanishWords],
] as const)('in %s', (language, list) => {
  const daemon = useVaultDaemon();

  it('a phrase is made, written, and taken again in whatever form it is typed', async () => {
    const file = folder.path(language);
    const [out, back] = [openSync(file, 'w'), openSync(file, 'r')];
    const args = [
      'vault',
      'init',
      '--words',
      '12',
      '--language',
      language,
      '--phrase-out-fd',
      `${out}`,
      '--phrase-fd',
      `${back}`,
      '--json',
    ];
    const made = await daemon().run(args);
    const text = readFileSync(file, 'utf8').trim();
    expect([made.status, made.stderr, validateMnemonic(text, list)]).toEqual([0, '', true]);
    expect(JSON.parse(made.stdout)).toMatchObject({ identity: identityOf(text), language, words: 12 });
    await daemon().ok('vault', 'lock');
    const typed = [text.normalize('NFD').replaceAll('\u3000', ' '), ''];
    const { status, stdout } = await daemon().run(['vault', 'unlock', '--language', language], { typed });
    expect([status, stdout]).toEqual([0, `the vault is unlocked; its identity is ${identityOf(text)}\n`]);
    await daemon().ok('vault', 'lock');
    const asEnglish = await daemon().run(['vault', 'unlock'], { typed: [text, ''] });
    expect([asEnglish.status, asEnglish.stderr]).toEqual([65, expect.stringContaining('MNEMONIC_INVALID')]);
  });
});

describe('a language without a list', () => {
  const daemon = useVaultDaemon();
  const russian = 'абзац абонент абсурд автор агент адвокат адрес айсберг академия актёр алмаз ёлка';

  it('is taken as it is, with a warning', async () => {
    const lines = `${russian}\nпароль й\n`;
    const args = ['vault', 'init', '--existing', '--language', 'other', '--phrase-fd', 'FD', '--passphrase-fd', 'FD'];
    const { status, stdout, stderr } = await fromLines(daemon(), lines, ...args);
    expect([status, stderr]).toEqual([0, expect.stringContaining('no list of words for this language')]);
    expect(stdout).toContain(identityOf(russian, 'пароль й'));
  });
});

describe('keys of a vault', () => {
  const daemon = useVaultDaemon();
  const seed = mnemonicToSeedSync(phrase);
  const root = HDKey.fromMasterSeed(seed);
  const derive = (...args: readonly string[]) => daemon().ok('vault', 'derive', ...args);

  it('an existing phrase binds it', async () => {
    const { status, stdout } = await fromLines(daemon(), `${phrase}\n`, 'vault', 'init', '--existing', '--phrase-fd', 'FD', '--json');
    expect([status, JSON.parse(stdout)]).toEqual([0, { identity: identityOf(phrase), language: 'english', new: false, passphrase: false }]);
  });

  it('have public halves, by path and by name', async () => {
    expect(await derive('--kind', 'ed25519', "m/74'/0'/0'/0'")).toBe(`${identityOf(phrase)}\n`);
    expect(await derive('--kind', 'ed25519', 'identity')).toBe(`${identityOf(phrase)}\n`);
    const ethereum = Buffer.from(root.derive("m/44'/60'/0'/0/0").publicKey ?? []).toString('hex');
    expect(await daemon().json('vault', 'derive', '--kind', 'secp256k1', 'ethereum')).toEqual({
      kind: 'secp256k1',
      path: "m/44'/60'/0'/0/0",
      publicKey: ethereum,
    });
  });

  it('as PEM, too', async () => {
    const device = createPublicKey(await derive('--kind', 'ed25519', '--pem', 'device/0'));
    expect(Buffer.from(device.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex')).toBe(identityOf(phrase));
    const { x, y, crv } = createPublicKey(await derive('--kind', 'secp256k1', '--pem', 'm/0')).export({ format: 'jwk' });
    expect(crv).toBe('secp256k1');
    const parity = (Buffer.from(y ?? '', 'base64url').at(-1) ?? 0) % 2 === 0 ? '02' : '03';
    const compressed = parity + Buffer.from(x ?? '', 'base64url').toString('hex');
    expect(compressed).toBe(Buffer.from(root.derive('m/0').publicKey ?? []).toString('hex'));
  });

  it('but an AES key has none (1), and a path has one spelling (65)', async () => {
    expect(await daemon().refused(['vault', 'derive', '--kind', 'aes256', 'encryption/2'])).toEqual([
      1,
      expect.stringMatching(/no public half, and the key itself never leaves the daemon.*\(INCOMPATIBLE_KEY_TYPE\)\n$/),
    ]);
    for (const path of ['m/', '74', "m/74h/0'", 'nobody', 'm/0']) {
      expect(await daemon().refused(['vault', 'derive', '--kind', 'ed25519', path]), path).toEqual([
        65,
        expect.stringMatching(/^keyslot: "[^"]+": .*\(DERIVATION_PATH_INVALID\)\n$/),
      ]);
    }
  });

  it('extended public keys are what @scure makes', async () => {
    expect(await daemon().ok('vault', 'xpub', "m/44'/60'/0'")).toBe(`${root.derive("m/44'/60'/0'").publicExtendedKey}\n`);
    expect(await daemon().json('vault', 'xpub', 'm')).toEqual({ path: 'm', xpub: root.publicExtendedKey });
    expect(await daemon().refused(['vault', 'xpub', 'x'])).toEqual([65, expect.stringContaining('(DERIVATION_PATH_INVALID)')]);
  });

  it('are counted, and gone after lock', async () => {
    expect((await daemon().json('vault', 'status')).cached).toBeGreaterThan(0);
    expect(await daemon().json('vault', 'lock')).toEqual({ state: 'locked', wasUnlocked: true });
    expect(await daemon().json('vault', 'lock')).toEqual({ state: 'locked', wasUnlocked: false });
    expect(await daemon().json('vault', 'status')).toMatchObject({ state: 'locked', cached: 0 });
    const people = await daemon().ok('vault', 'status');
    expect(people).toMatch(/^vault {4}locked\nmemory {3}.*\nprocess {2}nobody .*\nkeys {5}0 kept\nidle {5}locks itself after 15 min 0 s/);
  });
});

describe('a daemon without a vault', () => {
  const daemon = useVaultDaemon({});
  it('says so', async () => {
    expect(await daemon().refused(['vault', 'status'])).toEqual([1, expect.stringContaining('(UNSUPPORTED_OPERATION)')]);
    expect(await daemon().refused(['vault', 'unlock'], { typed: [] })).toEqual([1, expect.stringContaining('has no vault')]);
  });
});
