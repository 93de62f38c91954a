/** Where memory can't be locked a vault is not unlocked, unless that was allowed by name; and status tells. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const child = fileURLToPath(new URL('./unlocked-memory-child.js', import.meta.url));
const none = { protection: 'none', lockedBytes: 0 };

function run(how: 'refuse' | 'allow', kibibytes = 0): Record<string, unknown> {
  const { stdout, stderr } = spawnSync('sh', ['-c', `ulimit -l ${kibibytes}; exec "$@"`, 'sh', process.execPath, child, how], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

test('unlocking is refused', () => {
  const refused = 'MEMORY_NOT_LOCKED';
  expect(run('refuse')).toMatchObject({
    before: { state: 'locked', ...none },
    unlock: refused,
    after: { state: 'locked', ...none },
    derive: 'VAULT_LOCKED',
    unlockNew: refused,
  });
});

test('unlocking is allowed by name', () => {
  expect(run('allow')).toMatchObject({
    unlock: 'done',
    after: { state: 'unlocked', ...none },
    derive: 'done',
    secure: 'done',
    unlockNew: 'done',
  });
});

test('where the arena can be locked, but not the heap of OpenSSL, too, that is no protection', () => {
  expect(run('refuse', 100)).toMatchObject({ before: none, unlock: 'MEMORY_NOT_LOCKED', unlockNew: 'MEMORY_NOT_LOCKED' });
  const { after, unlock, derive } = run('allow', 100);
  expect({ after, unlock, derive }).toMatchObject({ after: { state: 'unlocked', protection: 'none' }, unlock: 'done', derive: 'done' });
});
