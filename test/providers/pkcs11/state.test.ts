/** What the provider keeps in its folder. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PinMemory } from '../../../src/providers/pkcs11/pin-memory.js';
import { SlotLedger } from '../../../src/providers/pkcs11/slot-ledger.js';
import { StateFolder } from '../../../src/providers/pkcs11/state-folder.js';

let base: string;
let folder: StateFolder;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'keyslot-state-'));
  folder = new StateFolder(join(base, 'hsm'));
  folder.open();
});
afterEach(() => {
  folder.close();
  rmSync(base, { recursive: true, force: true });
});

describe('the folder', () => {
  it('is private and kept from a second daemon until it is closed', () => {
    expect(statSync(folder.path).mode & 0o777).toBe(0o700);
    const second = new StateFolder(folder.path);
    expect(() => second.open()).toThrowError(expect.objectContaining({ code: 'PROVIDER_BUSY' }));
    folder.close();
    second.open();
    second.close();
  });

  it('is refused when others can look in', () => {
    const open = join(base, 'open');
    mkdirSync(open);
    chmodSync(open, 0o755);
    expect(() => new StateFolder(open).open()).toThrowError(expect.objectContaining({ code: 'ACCESS_DENIED', field: 'state' }));
  });

  it('replaces a file whole', () => {
    expect(folder.read('a.json')).toBeUndefined();
    folder.write('a.json', { n: 1 });
    writeFileSync(join(folder.path, 'a.json.new'), 'left by a crash');
    folder.write('a.json', { n: 2 });
    expect(folder.read('a.json')).toEqual({ n: 2 });
    expect(readdirSync(folder.path).sort()).toEqual(['a.json', 'lock']);
    expect(statSync(join(folder.path, 'a.json')).mode & 0o777).toBe(0o600);
    folder.remove('a.json');
    folder.remove('a.json');
    expect(folder.read('a.json')).toBeUndefined();
  });

  it('says which file is damaged', () => {
    writeFileSync(join(folder.path, 'a.json'), '{"n":');
    expect(() => folder.read('a.json')).toThrowError(
      expect.objectContaining({ code: 'INVALID_FORMAT', message: expect.stringContaining('a.json') }),
    );
  });
});

describe('the ledger of slots', () => {
  it('remembers what is doomed and what is granted', () => {
    const ledger = new SlotLedger(folder, 's1');
    ledger.doom('a', 1);
    ledger.doom('a', 1);
    ledger.doom('b', 1);
    ledger.commit('a', 1, { permissions: 3, publicPermissions: 0 });
    const again = new SlotLedger(folder, 's1');
    expect(again.doomed).toEqual([{ slot: 'b', generation: 1 }]);
    expect(again.isDoomed('a', 1)).toBe(false);
    expect(again.granted('a', 1)).toMatchObject({ permissions: 3, publicPermissions: 0 });
    expect(again.granted('a', 2)).toBeUndefined();
    expect([again.highest('a'), again.highest('b'), again.highest('c')]).toEqual([1, 1, 0]);
    again.commit('a', 2, { permissions: 1, publicPermissions: 2 });
    again.buried('b', 1);
    expect(new SlotLedger(folder, 's1').granted('a', 1)).toBeUndefined();
    expect(new SlotLedger(folder, 's1').doomed).toEqual([]);
  });

  it('does not hold for another token', () => {
    const ledger = new SlotLedger(folder, 's1');
    ledger.doom('a', 1);
    ledger.commit('b', 1, { permissions: 3, publicPermissions: 0 });
    const other = new SlotLedger(folder, 's2');
    expect(other.doomed).toEqual([]);
    expect(other.granted('b', 1)).toBeUndefined();
  });

  it.each([
    '[]',
    '{}',
    '{"version":2,"serial":"s1","doomed":[],"grants":[]}',
    '{"version":1,"serial":"s1","doomed":[{"slot":1}],"grants":[]}',
  ])('is not guessed from %s', (text) => {
    writeFileSync(join(folder.path, 'slots.json'), text);
    expect(() => new SlotLedger(folder, 's1')).toThrowError(expect.objectContaining({ code: 'INVALID_FORMAT' }));
    expect(readFileSync(join(folder.path, 'slots.json'), 'utf8')).toBe(text);
  });
});

describe('the memory of PINs', () => {
  const use = () => ({ module: '/m.so', token: 'pkcs11:token=a', pinFile: join(base, 'pin') });
  const stats = () => statSync(use().pinFile, { bigint: true });
  beforeEach(() => writeFileSync(use().pinFile, '1234\n'));

  it('objects after a refusal, for this file, token and module only', () => {
    const memory = new PinMemory(folder, use());
    expect(memory.objection(stats())).toBeUndefined();
    memory.trying(stats());
    expect(memory.objection(stats())).toBeUndefined();
    memory.refused(0xa0);
    expect(memory.objection(stats())).toContain('CKR_PIN_INCORRECT (0xa0)');
    expect(new PinMemory(folder, use()).objection(stats())).toContain('CKR_PIN_INCORRECT');
    expect(new PinMemory(folder, { ...use(), token: 'pkcs11:token=b' }).objection(stats())).toBeUndefined();
    expect(new PinMemory(folder, { ...use(), module: '/n.so' }).objection(stats())).toBeUndefined();
    chmodSync(use().pinFile, 0o400);
    expect(memory.objection(stats())).toBeUndefined();
  });

  it('objects after two tries that did not come back, and forgets once one did', () => {
    const memory = new PinMemory(folder, use());
    memory.trying(stats());
    memory.trying(stats());
    expect(memory.objection(stats())).toContain('did not come back 2 times');
    memory.accepted();
    expect(memory.objection(stats())).toBeUndefined();
    for (let i = 0; i < 5; i++) {
      memory.trying(stats());
      memory.notJudged();
    }
    expect(memory.objection(stats())).toBeUndefined();
  });

  it('has no objection to a file that is not there', () => {
    const memory = new PinMemory(folder, use());
    memory.trying(stats());
    memory.refused(0xa4);
    expect(memory.standingObjection).toContain('CKR_PIN_LOCKED');
    rmSync(use().pinFile);
    expect(memory.standingObjection).toBeUndefined();
  });
});
