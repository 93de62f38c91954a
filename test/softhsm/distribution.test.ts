import { describe, expect, it } from 'vitest';
import { distributionIds, installCommand } from '../../softhsm/distribution.js';

describe('the command to install SoftHSM2', () => {
  it.each([
    ['ID=debian\n', 'apt-get install softhsm2'],
    ['NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', 'apt-get install softhsm2'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'apt-get install softhsm2'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'dnf install softhsm'],
    ['ID=arch\n', 'pacman -S softhsm'],
    ['VERSION_ID=3.20\nID=alpine\n', 'apk add softhsm'],
    ['ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', 'zypper install softhsm'],
  ])('of %j is %s', (osRelease, command) => {
    expect(installCommand(distributionIds(osRelease), true)).toBe(command);
    expect(installCommand(distributionIds(osRelease), false)).toBe(`sudo ${command}`);
  });

  it('of Homebrew needs no root', () => {
    expect(installCommand(['darwin'], false)).toBe('brew install softhsm');
  });

  it('of an unknown system is not guessed', () => {
    expect(installCommand(distributionIds('ID=plan9\n'), true)).toBeUndefined();
  });

  it('does not take VERSION_ID for ID', () => {
    expect(distributionIds('VERSION_ID="12"\nBUILD_ID=3\nID=debian\n')).toEqual(['debian']);
  });
});
