// What tsc does not do: files that are not TypeScript, and programs that can be run.
import { chmodSync, copyFileSync, existsSync } from 'node:fs';

const copies = [['src/protocol/keyslot.fbs', 'dist/src/protocol/keyslot.fbs']];
for (const [from, to] of copies) if (existsSync(from)) copyFileSync(from, to);
for (const program of ['dist/src/cli/main.js', 'dist/src/daemon/main.js']) if (existsSync(program)) chmodSync(program, 0o755);
