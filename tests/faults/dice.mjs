import { createHash } from 'node:crypto';

/** Draws the same numbers for the same name. */
export class Dice {
  drawn = 0;
  constructor(name) {
    this.name = name;
  }
  /** A whole number under `limit`. */
  below(limit) {
    return this.bytes(4).readUInt32LE() % limit;
  }
  bytes(count) {
    const some = [];
    for (let i = 0; i < count; i += 32) some.push(createHash('sha256').update(`${this.name} ${this.drawn++}`).digest());
    return Buffer.concat(some).subarray(0, count);
  }
}
