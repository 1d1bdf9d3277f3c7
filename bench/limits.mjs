/** What this machine can do at best, measured in the same run as what is compared with it. */
import cluster from 'node:cluster';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { start } from './program.mjs';

const here = fileURLToPath(import.meta.url);

const block = Buffer.alloc(4096, 'x');
const blocks = 1024;

/** Writes of 4 KB, each made durable, into a file that has its size already, as a database's journal has. */
export function fsyncsPerSecond(folder, seconds) {
  const file = openSync(join(folder, 'fsync'), 'w');
  for (let i = 0; i < blocks; ++i) writeSync(file, block, 0, block.length, i * block.length);
  fsyncSync(file);
  let done = 0;
  const started = performance.now();
  while (performance.now() - started < seconds * 1000) {
    writeSync(file, block, 0, block.length, (done % blocks) * block.length);
    fsyncSync(file);
    ++done;
  }
  const took = (performance.now() - started) / 1000;
  closeSync(file);
  return done / took;
}

/** A server that reads nothing and answers everything with the same bytes, on as many cores as ours: its address. */
export async function startBareServer() {
  const child = start(process.execPath, [here], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise((found, failed) => {
    createInterface({ input: child.stdout }).once('line', found);
    child.ended.then(() => failed(new Error('The bare server ended.')), failed);
  });
  return { address, end: () => child.kill() };
}

function answerBarely(socket) {
  const body = 'x'.repeat(300);
  const answer = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', () => socket.write(answer));
}

if (process.argv[1] === here) {
  if (cluster.isPrimary) {
    const workers = [cluster.fork(), cluster.fork()];
    cluster.once('listening', (_worker, { port }) => console.log(`http://127.0.0.1:${port}`));
    process.on('SIGTERM', () => {
      for (const worker of workers) worker.kill();
      process.exit();
    });
  } else {
    process.on('disconnect', () => process.exit());
    net.createServer(answerBarely).listen(0, '127.0.0.1');
  }
}
