/** The vault's questions on a real terminal: what is shown, what is not, and how it is left. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Terminal } from './terminal.js';
import { useVaultDaemon } from './vault-daemon.js';

const daemon = useVaultDaemon();
const hasScript = spawnSync('script', ['--version']).status === 0;
const needs = 'needs script(1) of util-linux';
const firstScreen = '\u001b[?1049l';
const echoes = /status (\d+)[\s\S]* echo /;

it('Ctrl-C leaves the terminal as it was, at every question', async (ctx) => {
  if (!hasScript) return ctx.skip(needs);
  for (const keys of [[/Press Enter/], [/Press Enter/, '\r', /The phrase again: /], [/Press Enter/, '\r', /again: /, 'some words']]) {
    using terminal = new Terminal(['vault', 'init'], daemon().env);
    for (const step of keys) {
      if (typeof step === 'string') terminal.type(step);
      else await terminal.sees(step);
    }
    terminal.type('\u0003');
    const end = await terminal.sees(echoes);
    expect(end).toContain('status 130');
    expect(terminal.shown).toContain(firstScreen);
    expect(terminal.shown).not.toContain('some words');
  }
  expect(await daemon().json('vault', 'status')).toMatchObject({ state: 'locked', initialized: false });
});

it('a phrase is shown once and never echoed; its process has no core dump and no phrase in its arguments', async (ctx) => {
  if (!hasScript) return ctx.skip(needs);
  using terminal = new Terminal(['vault', 'init', '--words', '12'], daemon().env);
  const [, pid = ''] = /pid (\d+)/.exec(await terminal.sees(/pid \d+/)) ?? [];
  const screen = await terminal.sees(/Press Enter/);
  const words = [...screen.matchAll(/\b\d+\. (\S+)/g)].map(([, word = '']) => word);
  expect(words).toHaveLength(12);
  terminal.type('\r');
  await terminal.sees(/The phrase again: /);
  terminal.type('not it\r');
  await terminal.sees(/try again[\s\S]*The phrase again: /);
  const proc = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'utf8');
  expect(proc('limits')).toMatch(/^Max core file size +0 +0 /m);
  const [first = '', second = ''] = words;
  expect(proc('cmdline')).not.toContain(`${first} ${second}`);
  // Its environment is for root alone: others of the same user may not look into the process.
  if (process.getuid?.() === 0) expect(proc('environ')).not.toContain(`${first} ${second}`);
  else expect(() => proc('environ')).toThrow('EACCES');
  terminal.type(`${words.join(' ')}\r`);
  await terminal.sees(/Passphrase \(Enter for none\): /);
  terminal.type('\r');
  expect(await terminal.sees(echoes)).toMatch(/initialised and unlocked; its identity is [0-9a-f]{64}[\s\S]*status 0/);
  const after = terminal.shown.slice(terminal.shown.indexOf(firstScreen));
  for (const [at, word] of words.slice(1).entries()) expect(after).not.toContain(`${words[at]} ${word}`);
  expect(await daemon().json('vault', 'status')).toMatchObject({ state: 'unlocked', initialized: true });
});

it('a phrase is unlocked with, a wrong one is told (65)', async (ctx) => {
  if (!hasScript) return ctx.skip(needs);
  await daemon().ok('vault', 'lock');
  using terminal = new Terminal(['vault', 'unlock'], daemon().env);
  await terminal.sees(/Phrase: /);
  terminal.type('zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong\r');
  await terminal.sees(/Passphrase \(Enter for none\): /);
  terminal.type('geheim\r');
  expect(await terminal.sees(echoes)).toMatch(/MNEMONIC_INVALID[\s\S]*status 65/);
  for (const secret of ['zoo', 'geheim']) expect(terminal.shown).not.toContain(secret);
});

it('a passphrase is not read from the terminal as if that were a pipe: it would be shown', async (ctx) => {
  if (!hasScript) return ctx.skip(needs);
  for (const args of [
    ['key', 'import', 'slot', '-i', '/dev/null', '--passphrase-fd', '0'],
    ['vault', 'unlock', '--passphrase-fd', '0'],
  ]) {
    using terminal = new Terminal(args, daemon().env);
    expect(await terminal.sees(echoes)).toMatch(/descriptor 0 is a terminal: leave the flag out, and it is asked for[\s\S]*status 2/);
  }
});
