/** What writers have been told, so that it can be held against what the server has. */
export class Ledger {
  /** By key of idempotency: {key, title, description, id, isRemoved}. */
  tasks = new Map();
  /** Creations, changes and removals that were sent and not answered; each may have happened or not. */
  open = [];
  /** Those that were answered with an error: nothing of them may have happened. */
  refused = [];
  acknowledged = 0;
  /** All of them, each with when it was `begun` and `ended`. */
  history = [];

  /** Tells that a write is about to be sent. */
  begin(write) {
    write.begun = performance.now();
    this.history.push(write);
    this.open.push(write);
    return write;
  }
  /** Tells that a write was answered with an error. */
  refuse(write) {
    this.open.splice(this.open.indexOf(write), 1);
    this.refused.push(write);
  }
  /** What was refused is to be sent again, but not to a task that is gone, or may be. */
  takeUpRefused() {
    const all = [...this.refused, ...this.open];
    const going = new Set(all.filter(write => write.kind === 'remove').map(write => write.task));
    this.open = all.filter(write => write.kind === 'remove' || !(write.task.isRemoved || going.has(write.task)));
    this.refused = [];
  }
  /** Tells that a write was answered. */
  end(write) {
    write.ended = performance.now();
    this.open.splice(this.open.indexOf(write), 1);
    ++this.acknowledged;
    const task = write.task;
    if (write.kind === 'create') {
      task.id = write.id;
      this.tasks.set(task.key, task);
    }
    if (write.kind === 'rename') task.title = write.title;
    if (write.kind === 'remove') task.isRemoved = true;
  }
}
