/** Scenarios of peer.test.ts: peer-child.js SCENARIO SOCKET. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { BlockingChannel, peerCredentials } from '../../src/native.js';
import { descriptorOf, manyGroups, nextInput, otherUser } from './support.js';

const [scenario = '', path = ''] = process.argv.slice(2);

async function connectAndStay(): Promise<void> {
  const channel = BlockingChannel.connect(path, 10_000);
  process.stdout.write('connected\n');
  await nextInput();
  channel.close();
  process.exit(0);
}

const scenarios: Record<string, () => Promise<void>> = {
  plain: connectAndStay,
  // The kernel shows the title as the program's name in /proc/PID/stat.
  oddName: () => {
    process.title = 'a) R 1 (b ) 2';
    return connectAndStay();
  },
  otherUser: () => {
    process.setgroups?.(manyGroups);
    process.setgid?.(otherUser.gid);
    process.setuid?.(otherUser.uid);
    return connectAndStay();
  },
  // Listens, and tells whom it sees connecting.
  listen: async () => {
    const server = createServer().listen(path);
    await once(server, 'listening');
    process.stdout.write('listening\n');
    const [socket] = (await once(server, 'connection')) as [Socket];
    process.stdout.write(`${JSON.stringify(peerCredentials(descriptorOf(socket)))}\n`);
    socket.destroy();
    server.close();
  },
};

await scenarios[scenario]?.();
