import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { AdminClient } from '../../src/daemon/admin/admin-client.js';
import { operations } from '../../src/daemon/admin/generated/messages.js';
import { FrameWriter } from '../../src/protocol/frame-writer.js';
import { useDaemon } from './daemon.js';
import { keyslot, useFolder } from './support.js';

const folder = useFolder();
const running = useDaemon({ token: true });

describe('keyslot status', () => {
  it('has the shape that programs rely on', async () => {
    const { status, stdout } = await keyslot(['status', '--json'], { env: running().env });
    expect(status).toBe(0);
    const answer = JSON.parse(stdout) as { limits: Record<string, number>; providers: object[] };
    expect(answer).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      protocol: 1,
      uptimeMs: expect.any(Number),
      connections: 0,
      sessions: 0,
      contexts: 0,
      ephemeralKeys: 0,
      regions: 0,
      inFlight: 0,
      bytesHeld: 0,
      pid: running().daemon.pid,
      listen: running().daemon.socketPath,
    });
    expect(answer.limits).toMatchObject({ connections: 1024, frame: 1 << 20, bulk: 64 << 20 });
    const sessions = { open: expect.any(Number), busy: 0, owner: 0, quarantined: 0 };
    expect(answer.providers).toMatchObject([
      { id: 1, name: 'software', type: 'software', state: 'ready', restarts: 0, hangs: 0, sessions },
      {
        id: 2,
        name: 'token',
        type: 'hardware',
        state: 'ready',
        hostPid: expect.any(Number),
        restarts: 0,
        hangs: 0,
        sessions,
        token: { label: 'keyslot' },
      },
    ]);
    for (const provider of answer.providers) expect(provider).toHaveProperty('hostPid');
  });

  it('is readable in 80 columns', async () => {
    const { stdout } = await keyslot(['status'], { env: running().env });
    expect(stdout).toMatch(/^token +2 +hardware +ready +\d+ +0 +0 +0$/m);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('on the other socket is an error that says so, and so is the other way round', async () => {
    const { endpoint, adminEndpoint } = running().daemon;
    for (const command of [['status'], ['slot', 'list'], ['vault', 'status'], ['vault', 'lock']])
      expect(await keyslot([...command, '--admin', endpoint])).toMatchObject({
        status: 65,
        stdout: '',
        stderr: 'keyslot: this is the socket for applications, not the admin socket (FRAME_INVALID)\n',
      });
    expect(await keyslot(['key', 'list', '--endpoint', adminEndpoint])).toMatchObject({
      status: 65,
      stderr: 'keyslot: this is the admin socket, not the socket for applications (FRAME_INVALID)\n',
    });
  });

  it('takes the socket from its flag before the environment', async () => {
    const env = { KEYSLOT_ADMIN: 'unix:/nonexistent' };
    expect(await keyslot(['status', '--admin', running().daemon.adminEndpoint], { env })).toMatchObject({ status: 0 });
    expect(await keyslot(['status'], { env })).toMatchObject({ status: 69 });
  });
});

describe('keyslot slot list', () => {
  it('tells all slots, whoever may use them', async () => {
    const { status, stdout } = await keyslot(['slot', 'list', '--json'], { env: running().env });
    expect(status).toBe(0);
    const { slots } = JSON.parse(stdout) as { slots: { name: string }[] };
    const one = (name: string) => slots.find((slot) => slot.name === name);
    expect(one('token-ec')).toEqual({
      name: 'token-ec',
      state: 'occupied',
      algorithm: 'ECDSA-P256',
      provider: 'token',
      compatibleProviders: [2],
      permissions: ['sign', 'verify'],
      generation: 1,
    });
    expect(one('software-empty')).toMatchObject({ state: 'empty', generation: 0 });
    expect(one('foreign')).toMatchObject({ state: 'empty' });
    const text = (await keyslot(['slot', 'list'], { env: running().env })).stdout;
    expect(text).toMatch(/^SLOT +STATE +ALGORITHM +PROVIDER +GENERATION +PERMISSIONS$/m);
    expect(text).toMatch(/^software-empty +empty +AES-256 +software +- +encrypt,decrypt$/m);
  });
});

describe('the client of the admin socket', () => {
  let server: Server | undefined;
  const sockets = new Set<Socket>();
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    server?.close();
  });

  /** A server that answers as a test likes. */
  async function serve(onData: (socket: Socket) => void): Promise<string> {
    const path = folder.path('admin.sock');
    rmSync(path, { force: true });
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => onData(socket));
    });
    await new Promise<void>((resolve) => server?.listen(path, resolve));
    return path;
  }

  it('asks several things at once', async () => {
    await using admin = await AdminClient.open(running().daemon.adminPath);
    const [status, health, list] = await Promise.all([admin.call('status', {}), admin.call('health', {}), admin.call('slotList', {})]);
    expect([status.version, status.providers.length]).toEqual([health.version, 2]);
    expect(list.slots.length).toBeGreaterThan(10);
  });

  it('fails for good once it is closed', async () => {
    const admin = await AdminClient.open(running().daemon.adminPath);
    await admin.close();
    await admin.close();
    await expect(admin.call('status', {})).rejects.toMatchObject({ code: 'CONNECTION_FAILED' });
  });

  it('ends its wait at the deadline and by the signal', async () => {
    const path = await serve(() => undefined);
    await expect(AdminClient.open(path, { timeout: 50 })).rejects.toMatchObject({ code: 'OPERATION_TIMED_OUT' });
    await expect(AdminClient.open(path, { signal: AbortSignal.timeout(50), timeout: 0 })).rejects.toMatchObject({
      code: 'OPERATION_CANCELLED',
    });
    await expect(AdminClient.open(path, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'OPERATION_CANCELLED' });
  });

  it('refuses what is no answer, another version, and a connection that ends', async () => {
    const garbage = await serve((socket) => socket.write(Buffer.alloc(64, 0x5a)));
    await expect(AdminClient.open(garbage)).rejects.toMatchObject({ category: 'protocol' });
    server?.close();
    const newer = await serve((socket) => {
      const out = new FrameWriter(4096);
      out.answer(operations.hello, 1, { version: 9 });
      for (const piece of out.take()) socket.write(piece);
    });
    await expect(AdminClient.open(newer)).rejects.toMatchObject({ code: 'PROTOCOL_VERSION' });
    server?.close();
    const gone = await serve((socket) => socket.destroy());
    await expect(AdminClient.open(gone)).rejects.toMatchObject({ code: 'CONNECTION_FAILED' });
  });
});
