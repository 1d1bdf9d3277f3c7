/** Those who ask as browsers do, and as nobody should. */
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import net from 'node:net';

/** Of everybody. */
export const password = 'correct horse battery';

/** One browser: its own connection, cookie and user agent. */
export class Browser {
  constructor(port, agentName) {
    this.port = port;
    this.headers = { 'user-agent': agentName };
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  }

  ask(method, path, body, headers = {}) {
    const all = { ...this.headers, ...headers };
    if (this.token) all.authorization = `Bearer ${this.token}`;
    const sent = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    if (sent !== undefined) {
      all['content-type'] ??= 'application/json';
      all['content-length'] = Buffer.byteLength(sent);
    }
    return new Promise((done, failed) => {
      const request = http.request({ port: this.port, method, path, headers: all, agent: this.agent }, answer => {
        const pieces = [];
        answer.on('data', piece => pieces.push(piece));
        answer.on('error', failed);
        answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) }));
      });
      request.on('error', failed);
      request.end(sent);
    });
  }

  async json(method, path, body, headers) {
    const answer = await this.ask(method, `/api/v1${path}`, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.body}`);
    return answer.body.length ? JSON.parse(answer.body) : undefined;
  }

  async signUp(name, email) {
    const { version } = await this.json('GET', '/policy');
    const answer = await this.ask('POST', '/api/v1/accounts', {
      name, email, password, birth_year: 1990, consent: { policy_version: version },
    });
    if (answer.status !== 201) throw new Error(`Nobody could sign up: ${answer.body}`);
    this.token = /__Host-session=([^;]+)/.exec(answer.headers['set-cookie'].join())[1];
    this.id = JSON.parse(answer.body).person.id;
  }
}

/** A form with one file, cut by `cut`. */
export const multipart = (name, content) =>
  Buffer.from(`--cut\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/json\r\n\r\n${content}\r\n--cut--\r\n`);

/** Sends bytes as they are, and gives what comes back until the other side closes. */
export function raw(port, bytes) {
  return new Promise(done => {
    const socket = net.connect(port, '127.0.0.1', () => socket.end(bytes));
    let text = '';
    socket.on('data', piece => (text += piece));
    socket.on('close', () => done(text));
    socket.on('error', () => done(text));
  });
}

/** An open page of a workspace, which says something that nobody asked for. */
export function follow(port, token, workspace, userAgent, says) {
  return new Promise(done => {
    const socket = net.connect(port, '127.0.0.1');
    socket.write(
      `GET /api/v1/workspaces/${workspace}/live HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nAuthorization: Bearer ${token}\r\n` +
        `Origin: http://127.0.0.1:${port}\r\nUser-Agent: ${userAgent}\r\n\r\n`,
    );
    socket.closed_ = new Promise(closed => socket.on('close', closed));
    socket.on('error', () => {});
    socket.once('data', () => {
      const text = Buffer.from(says);
      const mask = randomBytes(4);
      const masked = Buffer.from(text.map((byte, i) => byte ^ mask[i % 4]));
      socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | text.length]), mask, masked]));
      done(socket);
    });
    socket.on('data', piece => {
      if ((piece[0] & 0x8f) === 0x88) socket.end(Buffer.from([0x88, 0x80, 0, 0, 0, 0])); // told to close, it does
    });
  });
}
