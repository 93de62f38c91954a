import { describe, expect, it } from 'vitest';
import type { Handle } from '../../../../src/providers/pkcs11/host/module.js';
import { SessionPool } from '../../../../src/providers/pkcs11/host/session-pool.js';

const sessionCount = 0xb1;

/** Sessions that are only numbers, and a token that has so many of them. */
class Sessions {
  made = 0;
  readonly open = new Set<Handle>();
  most: number;
  constructor(most = 1000) {
    this.most = most;
  }
  readonly source = {
    open: (): Handle => {
      if (this.open.size >= this.most) throw Object.assign(new Error('CKR_SESSION_COUNT'), { code: sessionCount });
      this.made += 1;
      const handle = Buffer.from([this.made]);
      this.open.add(handle);
      return handle;
    },
    close: (session: Handle): void => void this.open.delete(session),
  };
}

interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
}
function deferred(): Deferred {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('the pool of sessions', () => {
  it('keeps a session that worked and replaces one that failed', async () => {
    const sessions = new Sessions();
    const pool = new SessionPool(sessions.source, 4);
    const first = pool.use((session) => session);
    expect(pool.use((session) => session)).toBe(first);
    expect(() =>
      pool.use(() => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(sessions.open.size).toBe(0);
    await expect(pool.use(() => Promise.reject(new Error('late')))).rejects.toThrow('late');
    expect(sessions.open.size).toBe(0);
    expect(pool.busy).toBe(0);
  });

  it('makes whole messages wait in order when all sessions are in use', async () => {
    const sessions = new Sessions();
    const pool = new SessionPool(sessions.source, 2);
    const gates = [deferred(), deferred(), deferred(), deferred()];
    const order: number[] = [];
    const done = gates.map((gate, i) =>
      pool.use(async () => {
        order.push(i);
        await gate.promise;
      }),
    );
    expect([pool.open, pool.busy, order]).toEqual([2, 2, [0, 1]]);
    gates[1]?.resolve();
    await done[1];
    expect(order).toEqual([0, 1, 2]);
    for (const gate of gates) gate.resolve();
    await Promise.all(done);
    expect(order).toEqual([0, 1, 2, 3]);
    expect([pool.open, pool.busy]).toEqual([2, 0]);
  });

  it('gives a waiting one a fresh session when the one before it failed', async () => {
    const sessions = new Sessions();
    const pool = new SessionPool(sessions.source, 2);
    const gate = deferred();
    const stream = pool.takeForStream(1);
    const failing = pool.use(async () => {
      await gate.promise;
      throw new Error('broken');
    });
    const waiting = pool.use((session) => session);
    gate.resolve();
    await expect(failing).rejects.toThrow('broken');
    expect(await waiting).not.toBe(stream);
    expect(sessions.made).toBe(3);
    pool.giveBackFromStream(stream, 1, false);
    expect(pool.busy).toBe(0);
  });

  it('never gives the last session to a stream, nor all streams to one caller', () => {
    const pool = new SessionPool(new Sessions().source, 9);
    const own = Array.from({ length: 6 }, () => pool.takeForStream(1));
    expect(() => pool.takeForStream(1)).toThrowError(
      expect.objectContaining({ code: 'PROVIDER_BUSY', message: expect.stringContaining('6 streams') }),
    );
    pool.takeForStream(2);
    pool.takeForStream(2);
    expect(() => pool.takeForStream(3)).toThrowError(
      expect.objectContaining({ code: 'PROVIDER_BUSY', message: expect.stringContaining('all 8') }),
    );
    expect(pool.use(() => 'served')).toBe('served');
    pool.giveBackFromStream(own[0] as Handle, 1, true);
    pool.takeForStream(1);
  });

  it('with two sessions still has one for a stream', () => {
    const pool = new SessionPool(new Sessions().source, 2);
    const session = pool.takeForStream(1);
    expect(() => pool.takeForStream(2)).toThrowError(expect.objectContaining({ code: 'PROVIDER_BUSY' }));
    pool.giveBackFromStream(session, 1, true);
    pool.takeForStream(2);
  });

  it('makes do with fewer sessions when the token has no more', async () => {
    const sessions = new Sessions(1);
    const pool = new SessionPool(sessions.source, 8);
    const gate = deferred();
    const first = pool.use(() => gate.promise);
    const second = pool.use(() => 'served');
    expect(second).toBeInstanceOf(Promise);
    gate.resolve();
    await first;
    expect(await second).toBe('served');
  });

  it('tells all who wait when no session is left to wait for', async () => {
    const sessions = new Sessions(2);
    const pool = new SessionPool(sessions.source, 2);
    const gate = deferred();
    const broken = async () => {
      await gate.promise;
      throw new Error('broken');
    };
    const running = [pool.use(broken), pool.use(broken)];
    const waiting = [1, 2, 3].map(() => pool.use(() => 'served'));
    sessions.most = 0;
    gate.resolve();
    const ends = await Promise.all(
      [...running, ...waiting].map(async (one) => {
        const late = new Promise<string>((resolve) => setTimeout(() => resolve('hangs'), 500));
        return await Promise.race([Promise.resolve(one).catch((error: Error) => error.message), late]);
      }),
    );
    expect(ends).toEqual(['broken', 'broken', 'CKR_SESSION_COUNT', 'CKR_SESSION_COUNT', 'CKR_SESSION_COUNT']);
    sessions.most = 2;
    expect(pool.use(() => 'served')).toBe('served');
  });

  it('has its sessions again once others have left the token some', async () => {
    const sessions = new Sessions(1);
    const pool = new SessionPool(sessions.source, 8);
    const gate = deferred();
    const first = pool.use(() => gate.promise);
    const second = pool.use(() => 'served');
    gate.resolve();
    await Promise.all([first, second]);
    expect(() => pool.takeForStream(1)).toThrowError(expect.objectContaining({ code: 'PROVIDER_BUSY' }));
    sessions.most = 8;
    await new Promise((resolve) => setTimeout(resolve, 1100));
    for (let i = 0; i < 5; i++) pool.takeForStream(1);
    pool.takeForStream(2);
    expect(pool.use(() => 'served')).toBe('served');
  });

  it('gives no stream the only session that the token has', async () => {
    const pool = new SessionPool(new Sessions(1).source, 8);
    expect(() => pool.takeForStream(1)).toThrowError(expect.objectContaining({ code: 'PROVIDER_BUSY' }));
    expect(await pool.use(() => 'served')).toBe('served');
    expect([pool.open, pool.busy]).toEqual([1, 0]);
  });
});
