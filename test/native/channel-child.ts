/** Scenarios of channel.test.ts: channel-child.js SCENARIO SOCKET [PROBE]. */
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { setImmediate as tick } from 'node:timers/promises';
import { KeyslotError } from '../../src/core/errors.js';
import { BlockingChannel } from '../../src/native.js';
import { loadProbe } from './support.js';

const [scenario = '', path = '', parameter = ''] = process.argv.slice(2);

function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

async function collectGarbage(): Promise<void> {
  // Finalizers run in a later turn of the loop.
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc?.();
    await tick();
  }
}

const scenarios: Record<string, () => void | Promise<void>> = {
  // Sends back what it gets, however much of it waits to be read.
  echo: () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (data) => socket.write(data));
    });
    server.listen({ path, backlog: 1 }, () => process.stdout.write('listening\n'));
  },
  // Waits for an answer while its parent sends it signals.
  interrupted: () => {
    process.on('SIGUSR2', () => undefined);
    const channel = BlockingChannel.connect(path, 10_000);
    process.stdout.write('waiting\n');
    const bytes = new Uint8Array(8);
    const count = channel.receive(bytes, 30_000);
    process.stdout.write(`${count} ${bytes[0]}\n`);
    process.exit(0);
  },
  sigpipe: () => {
    loadProbe(parameter).dieOfSigpipe();
    const channel = BlockingChannel.connect(path, 10_000);
    // 0 bytes: the peer has closed, so the next send would raise SIGPIPE.
    process.stdout.write(`${channel.receive(new Uint8Array(1), 10_000)}\n`);
    try {
      channel.send(new Uint8Array(10), 10_000);
    } catch (error) {
      if (error instanceof KeyslotError) process.stdout.write(`${error.code}\n`);
    }
  },
  forgotten: async () => {
    await collectGarbage();
    const before = openDescriptors();
    const open = () => {
      for (let i = 0; i < 20; i++) BlockingChannel.connect(path, 10_000);
    };
    open();
    const held = openDescriptors() - before;
    await collectGarbage();
    // Counted first: touching standard output opens a descriptor.
    const left = openDescriptors() - before;
    process.stdout.write(`${held} ${left}\n`);
  },
};

await scenarios[scenario]?.();
