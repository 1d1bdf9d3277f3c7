/** A request that is refused: the status, the last part of `type`, the pointers of what is wrong, and further members. */
export class Refusal {
  constructor(status, name, pointers = [], extra = {}) {
    Object.assign(this, { status, name, pointers, extra });
  }
}
export const notFound = () => new Refusal(404, 'not-found');
export const forbidden = () => new Refusal(403, 'forbidden');
export const conflict = name => new Refusal(409, name);
export const invalid = (...pointers) => new Refusal(422, 'invalid', pointers);
