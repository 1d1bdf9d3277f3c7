import { Dice } from './dice.mjs';

/** Writes to a project, and keeps in a ledger what was answered. Two writers never touch one task. */
export class Writer {
  constructor(server, place, ledger, seed) {
    this.server = server;
    this.place = place;
    this.ledger = ledger;
    this.seed = seed;
    this.dice = new Dice(seed);
    this.own = [];
  }

  /** A whole number under `limit`, the same ones for the same seed. */
  random(limit) {
    return this.dice.below(limit);
  }

  /** Until the connection breaks, which is how a killed server looks from here. */
  async writeOn() {
    try {
      for (;;) await this.send(this.ledger.begin(this.next()));
    } catch (failure) {
      if (failure instanceof Refused) throw failure;
    }
  }

  /** Once more what was not answered. A creation carries its key, so that it is made once only. */
  async repeatOpen() {
    for (const write of [...this.ledger.open]) await this.send(write);
  }

  next() {
    const choice = this.random(10);
    const task = this.own.length ? this.own[this.random(this.own.length)] : undefined;
    if (!task || choice < 6) return this.creation();
    if (choice < 9) return { kind: 'rename', task, title: `Renamed ${this.name()}` };
    this.own.splice(this.own.indexOf(task), 1);
    return { kind: 'remove', task };
  }

  /** Another after each number that was drawn. */
  name() {
    return `${this.seed}x${this.dice.drawn}`;
  }

  creation() {
    const name = `t${this.name()}`;
    return { kind: 'create', task: { key: `key-${name}`, title: `Write ${name}`, description: `Made by ${name}` } };
  }

  async send(write) {
    const { workspace, project } = this.place;
    const { task } = write;
    const asked = {
      create: ['POST', `/projects/${project}/tasks`, { title: task.title, description: task.description }, { 'idempotency-key': task.key }],
      rename: ['PATCH', `/tasks/${task.id}`, { title: write.title }],
      remove: ['DELETE', `/tasks/${task.id}`],
    }[write.kind];
    const [method, path, body, headers] = asked;
    const answer = await this.server.ask(method, `/api/v1/workspaces/${workspace}${path}`, { body, headers });
    // A removal that was cut off may have happened already.
    const isGone = write.kind === 'remove' && answer.status === 404;
    if (answer.status >= 300 && !isGone) throw new Refused(`${method} ${path} answered ${answer.status}: ${answer.body}`, answer);
    if (write.kind === 'create') {
      write.id = JSON.parse(answer.body).id;
      this.own.push(task);
    }
    this.ledger.end(write);
  }
}

/** The server answered, but not that it did it. */
export class Refused extends Error {
  constructor(message, answer) {
    super(message);
    this.answer = answer;
  }
}
