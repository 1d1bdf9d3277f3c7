import { t } from '@/i18n';
import type { components } from './schema';

type ProblemBody = components['schemas']['Problem'];

/** What the server (or the way to it) objected to; `message` is a sentence for the reader. */
export class Problem extends Error {
  readonly status: number;
  readonly kind: string;
  readonly body: Partial<ProblemBody>;
  readonly retryAfter: number | null;

  constructor(status: number, body: Partial<ProblemBody>, retryAfter: number | null = null) {
    super(body.detail ?? body.title ?? t('problem.unknown'));
    this.status = status;
    this.kind = body.type?.split('/').at(-1) ?? '';
    this.body = body;
    this.retryAfter = retryAfter;
  }

  /** The sentence for a field, named by its JSON pointer. */
  field(pointer: string): string | undefined {
    return this.body.errors?.find(error => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))
      ?.detail;
  }
}

/** The server was not reached; nothing is known about the request. */
export class Offline extends Error {
  constructor() {
    super(t('problem.offline'));
  }
}

export function asProblem(error: unknown): Problem | null {
  return error instanceof Problem ? error : null;
}

export function sentence(error: unknown): string {
  return error instanceof Problem || error instanceof Offline ? error.message : t('problem.unknown');
}

export function hasStatus(error: unknown, ...statuses: number[]): boolean {
  return error instanceof Problem && statuses.includes(error.status);
}
