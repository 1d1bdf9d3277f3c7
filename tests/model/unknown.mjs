/**
 * What a model cannot know before the server says it: times, places between neighbours, numbers within bounds. Each is learned once,
 * from the first answer that shows it, if it is possible at all; from then on it must stay what it was.
 */
class Unknown {
  value = undefined;
  toJSON() {
    return this.value;
  }
  /** Takes what the server says; gives what is wrong with it, or nothing. */
  learn(said) {
    if (this.value === undefined && this.accepts(said)) this.value = said;
    return said === this.value ? undefined : `${JSON.stringify(said)} instead of ${this.value ?? this.expected()}`;
  }
}

/** A time between the question and the answer, in milliseconds, by a number of milliseconds later. */
export class Moment extends Unknown {
  constructor({ from, to }, later = 0) {
    super();
    Object.assign(this, { from: from + later, to: to + later });
  }
  accepts(said) {
    const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(said) ? Date.parse(said) : NaN;
    return at >= this.from && at <= this.to;
  }
  expected = () => `a time from ${new Date(this.from).toJSON()} to ${new Date(this.to).toJSON()}`;
}

/** The place of a task in its column, as a text that is sorted by its bytes: between those of its neighbours. */
export class Rank extends Unknown {
  constructor(task) {
    super();
    this.task = task;
  }
  accepts(said) {
    const { column } = this.task.status;
    const own = column.indexOf(this.task);
    const before = column.slice(0, own).findLast(each => each.position.value !== undefined);
    const after = column.slice(own + 1).find(each => each.position.value !== undefined);
    return typeof said === 'string' && (!before || before.position.value < said) && (!after || said < after.position.value);
  }
  expected = () => `a place in the column of ${this.task.key}, which is number ${this.task.status.column.indexOf(this.task)}`;
}

export class Between extends Unknown {
  constructor(least, most) {
    super();
    Object.assign(this, { least, most });
  }
  accepts = said => Number.isInteger(said) && said >= this.least && said <= this.most;
  expected = () => `a number from ${this.least} to ${this.most}`;
}

/** A text with something in it that is known. */
export class Like extends Unknown {
  constructor(pattern) {
    super();
    this.pattern = pattern;
  }
  accepts = said => typeof said === 'string' && this.pattern.test(said);
  expected = () => `a text like ${this.pattern}`;
}

/** Adds to `wrong` where `actual` is not as expected, and learns what was unknown. */
export function compare(expected, actual, at, wrong) {
  if (expected instanceof Unknown) {
    const fault = expected.learn(actual);
    if (fault) wrong.push(`${at}: ${fault}`);
  } else if (expected === null || typeof expected !== 'object' || actual === null || typeof actual !== 'object') {
    if (expected !== actual) wrong.push(`${at}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
  } else if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      wrong.push(`${at}: ${actual.length} elements instead of ${expected.length}`);
    else expected.forEach((each, i) => compare(each, actual[i], `${at}[${i}]`, wrong));
  } else {
    for (const name of Object.keys(actual)) if (!(name in expected)) wrong.push(`${at}.${name}: is there, and should not be`);
    for (const name of Object.keys(expected)) compare(expected[name], actual[name], `${at}.${name}`, wrong);
  }
}
