/**
 * A bare Node socket: for each so many bytes that come, so many bytes go back, without looking at them. Run as
 * `echo-server SOCKET REQUEST-BYTES ANSWER-BYTES`.
 */
import { createServer } from 'node:net';
import { serveUntilParentEnds } from './peer-process.js';

const [path, ...sizes] = process.argv.slice(2);
const [requestBytes, answerBytes] = sizes.map(Number) as [number, number];
const answer = Buffer.alloc(answerBytes, 1);

const server = createServer((socket) => {
  let had = 0;
  socket.on('data', (chunk) => {
    had += chunk.length;
    for (; had >= requestBytes; had -= requestBytes) socket.write(answer);
  });
});
server.listen(path, serveUntilParentEnds);
