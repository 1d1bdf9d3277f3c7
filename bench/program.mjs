/**
 * Runs the program on data of its own. Whatever is started or made here is ended and removed when this process ends,
 * also by Ctrl-C.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../build/release/dialpine', import.meta.url));
export const program = resolve(process.env.DIALPINE_PROGRAM ?? built);

const running = new Set();
const folders = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

/** A new folder; TMPDIR says where. It must be on a real disk for figures about the disk to mean anything. */
export function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'dialpine-'));
  folders.add(folder);
  return folder;
}

export function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  running.add(child);
  child.ended = new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code, signal) => done({ code, signal }));
  }).finally(() => running.delete(child));
  child.ended.catch(() => {}); // whoever awaits it is told
  return child;
}

/** Runs a command to its end and gives what it printed. Throws what it printed as an error if it failed. */
export async function run(command, args) {
  const child = start(command, args);
  let out = '';
  let messages = '';
  child.stdout.on('data', piece => (out += piece));
  child.stderr.on('data', piece => (messages += piece));
  const { code } = await child.ended;
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${messages}${out}`);
  return out;
}

/** A server on a free port of this machine. */
export class Server {
  constructor(child, address) {
    this.child = child;
    this.address = address;
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
    this.token = '';
  }

  /** `env` is added to the environment, `before` is the command that starts it; what is logged from `level` on is kept in `child.messages`. */
  static async start(data, which = program, options = [], { env = {}, level = 'error', before = [] } = {}) {
    const serve = [which, 'serve', '--data', data, '--port', '0', '--log-level', level, '--log-format', 'json', ...options];
    const [command, ...args] = [...before, ...serve];
    const child = start(command, args, { env: { ...process.env, ...env } });
    child.messages = '';
    child.stderr.on('data', piece => (child.messages += piece));
    const address = await new Promise((found, failed) => {
      createInterface({ input: child.stdout }).on('line', line => {
        const at = /https?:\/\/127\.0\.0\.1:\d+/.exec(line);
        if (at) found(at[0]);
      });
      child.ended.then(({ code }) => failed(new Error(`The server ended with ${code}:\n${child.messages}`)), failed);
    });
    return new Server(child, address);
  }

  /** Ends it; resolves when its process has gone. */
  end(signal = 'SIGTERM') {
    this.child.kill(signal);
    this.agent.destroy();
    return this.child.ended;
  }

  /**
   * Sends one request, with a body as JSON or as `text` (or bytes); the body of the answer is its bytes. Rejects when the connection breaks, or rests
   * for longer than `patience` (milliseconds, 0: for ever).
   */
  ask(method, path, { body, text = JSON.stringify(body), headers = {}, patience = 0 } = {}) {
    const all = { ...headers };
    if (this.token) all.authorization ??= `Bearer ${this.token}`;
    const bytes = text === undefined ? undefined : Buffer.from(text);
    if (bytes) {
      all['content-type'] ??= 'application/json';
      all['content-length'] = bytes.length; // which Node leaves out of a DELETE
    }
    return new Promise((done, failed) => {
      const request = http.request(this.address + path, { method, headers: all, agent: this.agent, timeout: patience }, answer => {
        const pieces = [];
        answer.on('data', piece => pieces.push(piece));
        answer.on('error', failed);
        answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) }));
      });
      request.on('error', failed);
      request.on('timeout', () => request.destroy(new Error(`${method} ${path} was not answered within ${patience} ms.`)));
      request.end(bytes);
    });
  }

  /** Asks under /api/v1 and gives the JSON of the answer. Throws unless it is one of success. */
  async json(method, path, body, headers) {
    const answer = await this.ask(method, `/api/v1${path}`, { body, headers });
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.body}`);
    return answer.body.length ? JSON.parse(answer.body) : undefined;
  }

  /** Makes an account, and asks as this person from now on. */
  async signUp(name, email) {
    const { version } = await this.json('GET', '/policy');
    const answer = await this.ask('POST', '/api/v1/accounts', {
      body: { name, email, password: 'correct horse battery', birth_year: 1990, consent: { policy_version: version } },
    });
    if (answer.status !== 201) throw new Error(`Nobody could sign up: ${answer.body}`);
    this.token = /__Host-session=([^;]+)/.exec(answer.headers['set-cookie']?.join())[1];
  }

  /** In bytes, as the kernel counts: `VmRSS` for all, `RssFile` for pages of files. */
  memory(field) {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)[1]) * 1024;
  }
}
