/** Reads standard input, made non-blocking by Node, into locked memory. */
import { SecureBuffer } from '../../src/native.js';

// Touching it makes Node open it, which sets O_NONBLOCK on a pipe.
process.stdin.pause();
using buffer = SecureBuffer.fromFile(0, 64);
process.stdout.write(`${buffer.size} ${buffer.equals(Buffer.from('abcdef'))}\n`);
process.stdin.destroy();
