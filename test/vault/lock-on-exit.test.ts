/** What the end of a process does to a vault. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const module = new URL('../../src/vault/lock-on-exit.js', import.meta.url).href;

interface End {
  readonly output: string;
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Runs a program with `vault`, which prints when it is locked, and `lockOnExit`; sends a signal once it prints `ready`. */
function run(program: string, signal?: NodeJS.Signals): Promise<End> {
  const start = `import { lockOnExit } from '${module}'; const vault = { lock: () => console.log('locked') };`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', start + program], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let sent = false;
  return new Promise((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (signal === undefined || sent || !output.includes('ready')) return;
      sent = true;
      child.kill(signal);
    });
    child.on('close', (status, ended) => resolve({ output: output.replace('ready\n', ''), status, signal: ended }));
  });
}
const wait = 'console.log("ready"); setTimeout(() => {}, 20_000);';

test('an end of its own locks', async () => {
  expect(await run('lockOnExit(vault);')).toEqual({ output: 'locked\n', status: 0, signal: null });
  expect(await run('lockOnExit(vault); process.exit(3);')).toEqual({ output: 'locked\n', status: 3, signal: null });
});

test.for(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s locks and ends the process as before', async (signal) => {
  expect(await run(`lockOnExit(vault); ${wait}`, signal)).toEqual({ output: 'locked\n', status: null, signal });
});

test('a signal that somebody else handles locks and ends nothing', async () => {
  const handler = "() => { console.log('handled'); setTimeout(() => process.exit(4), 100); }";
  const program = `lockOnExit(vault); process.on('SIGTERM', ${handler}); ${wait}`;
  expect(await run(program, 'SIGTERM')).toEqual({ output: 'locked\nhandled\nlocked\n', status: 4, signal: null });
});

test('a handler that is there for one time only is not cut off', async () => {
  const handler = "() => { console.log('handled'); setTimeout(() => process.exit(4), 100); }";
  const end = { output: 'locked\nhandled\nlocked\n', status: 4, signal: null };
  for (const steps of [
    [`process.once('SIGTERM', ${handler});`, 'lockOnExit(vault);'],
    ['lockOnExit(vault);', `process.once('SIGTERM', ${handler});`],
  ])
    expect(await run(`${steps.join('')} ${wait}`, 'SIGTERM')).toEqual(end);
});

test('it goes on after a signal that ended nothing', async () => {
  const program = `lockOnExit(vault); process.on('SIGHUP', () => { console.log('handled'); setTimeout(() => process.kill(process.pid, 'SIGTERM'), 100); }); ${wait}`;
  expect(await run(program, 'SIGHUP')).toEqual({ output: 'locked\nhandled\nlocked\n', status: null, signal: 'SIGTERM' });
  const twice = `lockOnExit(vault); process.on('SIGTERM', () => console.log('handled')); ${wait} setTimeout(() => process.kill(process.pid, 'SIGTERM'), 300); setTimeout(() => process.exit(4), 600);`;
  expect(await run(twice, 'SIGTERM')).toEqual({ output: 'locked\nhandled\nlocked\nhandled\nlocked\n', status: 4, signal: null });
});

test('two of them, and others who end the process only when they are alone, end it', async () => {
  expect(await run(`lockOnExit(vault); lockOnExit(vault); ${wait}`, 'SIGTERM')).toEqual({
    output: 'locked\nlocked\n',
    status: null,
    signal: 'SIGTERM',
  });
  // As the package signal-exit does it.
  const other = `process.on('SIGTERM', function alone() { if (process.listenerCount('SIGTERM') > 1) return; process.off('SIGTERM', alone); process.kill(process.pid, 'SIGTERM'); });`;
  for (const program of [`lockOnExit(vault); ${other}`, `${other} lockOnExit(vault);`])
    expect(await run(`${program} ${wait}`, 'SIGTERM')).toEqual({ output: 'locked\n', status: null, signal: 'SIGTERM' });
});

test('disposed in a handler, it stays so', async () => {
  const program = `const undo = lockOnExit(vault); process.on('SIGTERM', () => { undo[Symbol.dispose](); setTimeout(() => process.exit(4), 100); }); ${wait}`;
  expect(await run(program, 'SIGTERM')).toEqual({ output: 'locked\n', status: 4, signal: null });
});

test('disposed, it leaves no listener', async () => {
  const count = `['exit', 'SIGTERM', 'SIGINT', 'SIGHUP'].map((name) => process.listenerCount(name)).join()`;
  const program = `const before = ${count}; lockOnExit(vault)[Symbol.dispose](); console.log(${count} === before);`;
  expect(await run(program)).toEqual({ output: 'true\n', status: 0, signal: null });
});
