/** What writers have been told, so that it can be held against what the server has. */
export class Ledger {
  /** By key of idempotency: {key, title, description, id, isRemoved, renaming, isRemoving}. */
  tasks = new Map();
  /** Creations, changes and removals that were sent and not answered; each may have happened or not. */
  open = [];
  acknowledged = 0;

  /** Tells that a write is about to be sent. */
  begin(write) {
    this.open.push(write);
    return write;
  }
  /** Tells that a write was answered. */
  end(write) {
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
