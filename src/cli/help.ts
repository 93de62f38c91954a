/** Help of the whole command line. */
import { styleText } from 'node:util';
import type { CommandContext, RouteMap } from '@stricli/core';

const about = `
keyslot uses cryptographic keys by name. The keys stay in keyslotd, a local
daemon, or in the hardware token behind it; none leaves unless its slot allows.`;

const examples = `
  See it work, with a daemon and a token made for the occasion:
    keyslot demo
  Make and use a key:
    keyslot key generate backup-key
    keyslot encrypt --key backup-key backup.tar -o backup.tar.sealed
    keyslot sign --key release-key app.tar -o app.tar.sig
  Help of one command, with examples:
    keyslot sign --help`;

const flags = `
  -h --help     This help, or a command's
  -v --version  The version`;

const exitStatus = `
  0   ok                                     69  daemon or token unavailable
  1   failed, or does not match              73  can't create a file or a key
  2   wrong command line                     77  not permitted
  65  bad data                               78  wrong configuration
  66  no such file, or no such slot          128 and more: ended by a signal
  keyslot errors tells the status of every error.`;

export function help<C extends CommandContext>(entries: ReturnType<RouteMap<C>['getAllEntries']>, colours: boolean): string {
  const head = (text: string) => (colours ? styleText('bold', text, { validateStream: false }) : text);
  const rows = entries.flatMap(({ name, target }) => {
    const word = name['convert-camel-to-kebab'];
    if (!('getAllEntries' in target)) return [[word, target.brief]];
    return target.getAllEntries().map((entry) => [`${word} ${entry.name['convert-camel-to-kebab']}`, entry.target.brief]);
  });
  const width = Math.max(...rows.map(([name = '']) => name.length));
  const commands = rows.map(([name = '', brief = '']) => `\n  ${name.padEnd(width)}  ${brief}`).join('');
  const sections = [
    ['USAGE', '\n  keyslot command [flags] [arguments]'],
    ['COMMANDS', commands],
    ['EXAMPLES', examples],
    ['FLAGS', flags],
    ['EXIT STATUS', exitStatus],
  ] as const;
  return `${about.trim()}\n${sections.map(([title, text]) => `\n${head(title)}${text}\n`).join('')}`;
}
