/** What a person types to install SoftHSM2 on this system. */
import { readFileSync } from 'node:fs';

interface Installer {
  /** Values of ID and ID_LIKE in /etc/os-release. */
  readonly ids: readonly string[];
  readonly command: string;
  readonly privileged: boolean;
}

const installers: readonly Installer[] = [
  { ids: ['debian', 'ubuntu'], command: 'apt-get install softhsm2', privileged: true },
  { ids: ['fedora', 'rhel', 'centos', 'amzn'], command: 'dnf install softhsm', privileged: true },
  { ids: ['arch', 'manjaro'], command: 'pacman -S softhsm', privileged: true },
  { ids: ['alpine'], command: 'apk add softhsm', privileged: true },
  { ids: ['opensuse', 'suse', 'sles'], command: 'zypper install softhsm', privileged: true },
  { ids: ['darwin'], command: 'brew install softhsm', privileged: false },
];

/** ID, then the words of ID_LIKE, of an os-release file's text. */
export function distributionIds(osRelease: string): string[] {
  const value = (name: string): string => new RegExp(`^${name}=["']?([^"'\n]*)`, 'm').exec(osRelease)?.[1] ?? '';
  return [value('ID'), ...value('ID_LIKE').split(/\s+/)].filter((id) => id !== '');
}

/** The command for the first id that is known; undefined when none is. */
export function installCommand(ids: readonly string[], asRoot: boolean): string | undefined {
  for (const id of ids) {
    // openSUSE's ids go on after a hyphen (opensuse-leap).
    const installer = installers.find((row) => row.ids.some((known) => id === known || id.startsWith(`${known}-`)));
    if (installer !== undefined) return installer.privileged && !asRoot ? `sudo ${installer.command}` : installer.command;
  }
  return undefined;
}

export function thisDistribution(): string[] {
  if (process.platform === 'darwin') return ['darwin'];
  for (const file of ['/etc/os-release', '/usr/lib/os-release']) {
    try {
      return distributionIds(readFileSync(file, 'utf8'));
    } catch {
      // The next place.
    }
  }
  return [];
}

/** A sentence that ends an error message: what to do by hand. */
export function installAdvice(): string {
  const command = installCommand(thisDistribution(), process.getuid?.() === 0);
  const other = 'set SOFTHSM2_MODULE to the path of libsofthsm2.so';
  return command === undefined ? `install SoftHSM2 with your package manager, or ${other}` : `run \`${command}\`, or ${other}`;
}
