import { program, Server } from '../../bench/program.mjs';

/** Askers come from many addresses, each of which may sign up so often only. */
const options = ['--trusted-proxy', '127.0.0.1'];

/** The server that all lanes ask, and its restarts. */
export class House {
  static async open(data, run) {
    const house = new House();
    Object.assign(house, { data, run, restarts: { SIGTERM: 0, SIGKILL: 0 }, spared: 0 });
    house.server = await Server.start(data, program, options);
    house.policyVersion = (await house.server.json('GET', '/policy')).version;
    return house;
  }

  isRestarting = false;
  up = Promise.resolve();
  isUp = () => this.up;

  /** A call that cannot be found out about afterwards: no restart falls on it. */
  async spare(call) {
    ++this.spared;
    try {
      return await call();
    } finally {
      if (--this.spared === 0) this.isFree?.();
    }
  }

  /** Ends the server by a signal, so many milliseconds from now, and starts it again. Calls that run are cut off. */
  restart(signal, after) {
    if (this.isRestarting) return;
    this.isRestarting = true;
    setTimeout(() => {
      this.up = this.startOver(signal);
      this.up.catch(() => {}); // whoever waits for it is told
    }, after);
  }

  async startOver(signal) {
    while (this.spared) await new Promise(done => (this.isFree = done));
    this.signal = signal;
    ++this.restarts[signal];
    const { child, agent } = this.server;
    child.kill(signal);
    const { code } = await child.ended;
    agent.destroy(); // not before: calls that run are answered until then
    if (signal === 'SIGTERM' && code !== 0) throw new Error(`The server ended with ${code}.`);
    this.server = await Server.start(this.data, program, options);
    this.isRestarting = false;
  }

  /** A server that is asked to end answers what it has begun. */
  noteDone(words) {
    if (this.signal === 'SIGTERM') throw new Error(`done and not answered, when the server was asked to end: ${words}`);
  }

  words = () => `${this.restarts.SIGTERM} ends, ${this.restarts.SIGKILL} kills`;

  async end() {
    await this.up;
    const { code } = await this.server.end();
    if (code !== 0) throw new Error(`The server ended with ${code}.`);
  }
}
