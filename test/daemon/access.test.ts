import { expect, test } from 'vitest';
import { compileAccess } from '../../src/daemon/access.js';
import { type Caller, callerFrom } from '../../src/daemon/caller.js';
import type { AccessConfig } from '../../src/daemon/config/schema.js';
import type { Slot } from '../../src/daemon/slot.js';
import { groupId, systemUser, userId } from '../../src/providers/system-users.js';

const slots = new Map(['a', 'b', 'c'].map((name) => [name, { name } as unknown as Slot]));
const caller = (uid: number, gid: number, groups: number[] = []): Caller => callerFrom({ pid: 1, uid, gid, groups, startTime: 5 });

function grants(rows: AccessConfig[], of: Caller): Record<string, [unknown, string[]]> {
  const access = compileAccess(rows, slots);
  return Object.fromEntries([...access.grantsOf(of)].map(([alias, { slot, rights }]) => [alias, [slot, [...rights].sort()]]));
}

test('rows match by user, by group, by supplementary group, and by both', () => {
  const rows: AccessConfig[] = [
    { user: 1000, slots: { mine: 'a' }, rights: ['use'] },
    { group: 50, slots: { ours: 'b' }, rights: ['use'] },
    { user: 1000, group: 60, slots: { both: 'c' }, rights: ['use'] },
  ];
  expect(Object.keys(grants(rows, caller(1000, 1000)))).toEqual(['mine']);
  expect(Object.keys(grants(rows, caller(1001, 50)))).toEqual(['ours']);
  expect(Object.keys(grants(rows, caller(1001, 1001, [7, 50])))).toEqual(['ours']);
  expect(Object.keys(grants(rows, caller(1000, 1000, [60])))).toEqual(['mine', 'both']);
  expect(grants(rows, caller(0, 0))).toEqual({});
});

test('rights of rows add up; a name means one slot, the first that claims it', () => {
  const rows: AccessConfig[] = [
    { user: 1, slots: { x: 'a' }, rights: ['use'] },
    { group: 2, slots: { x: 'a' }, rights: ['generate', 'use'] },
    { group: 2, slots: { x: 'b' }, rights: ['clear'] },
  ];
  expect(grants(rows, caller(1, 2))).toEqual({ x: [slots.get('a'), ['generate', 'use']] });
  expect(grants(rows, caller(9, 2))).toEqual({ x: [slots.get('a'), ['generate', 'use']] });
});

test('a user or group that the system does not know is refused, not a wildcard', () => {
  const refused = (field: string) => expect.objectContaining({ code: 'INVALID_ARGUMENT', field }) as Error;
  expect(() => compileAccess([{ user: 'nobody-of-this-name', slots: {}, rights: ['use'] }], slots)).toThrow(refused('access.0.user'));
  expect(() => compileAccess([{ group: 'no-such-group', slots: {}, rights: ['use'] }], slots)).toThrow(refused('access.0.group'));
  expect(systemUser('root')).toEqual({ uid: 0, gid: 0 });
  expect(systemUser('nobody-of-this-name')).toBeUndefined();
  expect(userId('root')).toBe(0);
  expect(groupId('root')).toBe(0);
  expect(userId('4711')).toBe(4711);
});

test('a session is a process as the kernel knows it; one that can not be seen has a session a socket', () => {
  const one = callerFrom({ pid: 10, uid: 1, gid: 2, groups: [4, 3], startTime: 99 });
  expect(callerFrom({ pid: 10, uid: 1, gid: 2, groups: [3, 4], startTime: 99 }).sessionKey).toBe(one.sessionKey);
  for (const other of [{ pid: 11 }, { uid: 2 }, { gid: 3 }, { groups: [3] }, { startTime: 100 }]) {
    expect(callerFrom({ pid: 10, uid: 1, gid: 2, groups: [4, 3], startTime: 99, ...other }).sessionKey).not.toBe(one.sessionKey);
  }
  expect(callerFrom({ pid: 0, uid: 1, gid: 2, groups: [], startTime: 0 }).sessionKey).toBeUndefined();
});
