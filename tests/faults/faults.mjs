/** What goes wrong in a program under test: see preload.cpp, which is loaded into it. */
import { closeSync, existsSync, openSync, readSync, writeSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const library = fileURLToPath(new URL('../../build/release/tests/libfaults.so', import.meta.url));

/** As in preload.cpp. */
const orders = ['writeError', 'flushError', 'readError', 'oneIn', 'clockMs', 'isPowerCut', 'failed'];

/** By name, as the system numbers them. */
export const errors = { EIO: 5, ENOSPC: 28, EROFS: 30, EDQUOT: 122 };

export class Faults {
  /** For a server with its data in `data`; the orders lie in `folder`. */
  constructor(folder, data, seed) {
    if (!existsSync(library)) throw new Error(`${library} is missing: ninja -C build/release faults`);
    const path = join(folder, 'faults');
    writeFileSync(path, Buffer.alloc(8 * orders.length));
    this.file = openSync(path, 'r+');
    this.env = { LD_PRELOAD: library, FAULTS: path, FAULTY_FOLDER: data, FAULT_SEED: String(seed % 2 ** 31) };
  }

  set(wish) {
    for (const [name, value] of Object.entries(wish)) {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(BigInt(value));
      writeSync(this.file, bytes, 0, 8, 8 * orders.indexOf(name));
    }
  }

  /** How often something failed since the last call. */
  takeFailed() {
    const bytes = Buffer.alloc(8);
    readSync(this.file, bytes, 0, 8, 8 * orders.indexOf('failed'));
    this.set({ failed: 0 });
    return Number(bytes.readBigInt64LE());
  }

  /** All is well again. */
  end() {
    this.set({ writeError: 0, flushError: 0, readError: 0, oneIn: 0, isPowerCut: 0 });
  }

  close() {
    closeSync(this.file);
  }
}
