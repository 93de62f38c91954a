import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { release } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BlockingChannel, peerCredentials } from '../../src/native.js';
import { type Child, descriptorOf, isRoot, manyGroups, otherUser, startChild, temporaryFolder } from './support.js';

const folder = temporaryFolder();
const path = join(folder.path, 's');
let server = createServer();
const sockets: Socket[] = [];

beforeEach(async () => {
  server = createServer({ pauseOnConnect: true }).listen({ path, writableAll: true, readableAll: true });
  await once(server, 'listening');
  server.on('connection', (socket) => sockets.push(socket));
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
  await once(server, 'close');
});
afterAll(() => folder.remove());

async function connection(child: Child): Promise<Socket> {
  const [socket] = (await once(server, 'connection')) as [Socket];
  expect(await child.line()).toBe('connected');
  return socket;
}

async function end(child: Child): Promise<void> {
  child.tell('end');
  await child.ended;
}

/** Field 22, found from the end of the line: fields 3 to 52 follow the name. */
function startTimeOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').trim().split(' ');
  return Number(fields.at(22 - 53));
}

describe('a connected process', () => {
  test('is told by pid, user, groups and start time', async () => {
    const child = startChild('peer-child', ['plain', path]);
    const socket = await connection(child);
    const peer = peerCredentials(descriptorOf(socket));
    expect(peer).toEqual({
      pid: child.pid,
      uid: process.getuid?.(),
      gid: process.getgid?.(),
      groups: expect.any(Array),
      startTime: startTimeOf(child.pid),
    });
    const groups = /^Groups:(.*)$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? '';
    expect(peer.groups).toEqual(groups.trim().split(/\s+/).filter(Boolean).map(Number));
    expect(peer.startTime).toBeGreaterThan(0);
    await end(child);
  });

  test('may have spaces and parentheses in its name', async () => {
    const child = startChild('peer-child', ['oddName', path]);
    const socket = await connection(child);
    expect(readFileSync(`/proc/${child.pid}/stat`, 'utf8')).toContain('(a) R 1 (b ) 2)');
    expect(peerCredentials(descriptorOf(socket)).startTime).toBe(startTimeOf(child.pid));
    await end(child);
  });

  test('may be another user with many groups', async (ctx) => {
    if (!isRoot) return ctx.skip('needs root to become another user');
    const child = startChild('peer-child', ['otherUser', path]);
    const socket = await connection(child);
    expect(peerCredentials(descriptorOf(socket))).toEqual({
      pid: child.pid,
      ...otherUser,
      groups: manyGroups,
      startTime: startTimeOf(child.pid),
    });
    await end(child);
  });

  test('that has ended has no start time any more', async () => {
    const child = startChild('peer-child', ['plain', path]);
    const socket = await connection(child);
    child.process.kill('SIGKILL');
    await child.ended;
    expect(peerCredentials(descriptorOf(socket))).toMatchObject({ pid: child.pid, startTime: 0 });
  });

  test('that has ended but is still listed (a zombie) has none either', async (ctx) => {
    const [major = 0, minor = 0] = release().split('.').map(Number);
    if (major < 6 || (major === 6 && minor < 5)) return ctx.skip('needs SO_PEERPIDFD (Linux 6.5)');
    // The shell gives the child an input that is at its end, and becomes a program that waits for no child.
    const keeper = startChild('peer-child', ['plain', path], { through: ['sh', '-c', '"$@" & exec sleep 600', 'sh'] });
    const socket = await connection(keeper);
    const descriptor = descriptorOf(socket);
    const { pid } = peerCredentials(descriptor);
    // Its main thread may be gone before the others are.
    await vi.waitFor(() => expect(peerCredentials(descriptor)).toMatchObject({ pid, startTime: 0 }), { timeout: 20_000 });
    expect(readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ');
    expect(startTimeOf(pid)).toBeGreaterThan(0);
    keeper.process.kill('SIGKILL');
    await keeper.ended;
  });
});

test('a process outside of our pid namespace has pid 0 and no start time', async (ctx) => {
  const unshare = ['unshare', '--pid', '--fork', '--kill-child'];
  if (spawnSync('unshare', [...unshare.slice(1), 'true']).status !== 0) return ctx.skip('needs a pid namespace of its own (root, unshare)');
  const inside = join(folder.path, 'inside');
  const child = startChild('peer-child', ['listen', inside], { through: unshare });
  expect(await child.line()).toBe('listening');
  const channel = BlockingChannel.connect(inside, 10_000);
  expect(JSON.parse(await child.line())).toMatchObject({ pid: 0, uid: process.getuid?.(), startTime: 0 });
  channel.close();
  await child.ended;
});

test('the client sees the listening process', () => {
  const channel = BlockingChannel.connect(path, 10_000);
  expect(peerCredentials(channel.descriptor)).toMatchObject({ pid: process.pid, startTime: startTimeOf(process.pid) });
  channel.close();
});

test('refuses descriptors that have no such peer', async () => {
  const refused = expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'descriptor' });
  const file = openSync('/dev/null', 'r');
  const tcp = createServer().listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  for (const descriptor of [file, descriptorOf(tcp), 1_000_000, -1, 1.5]) expect(() => peerCredentials(descriptor)).toThrow(refused);
  tcp.close();
  closeSync(file);
});
