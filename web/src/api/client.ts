import createClient from 'openapi-fetch';
import { takeEarly } from './early';
import { Offline, Problem } from './problem';
import type { paths } from './schema';

export const base = '/api/v1';

async function fetchOrSayOffline(request: Request): Promise<Response> {
  try {
    return await (takeEarly(request) ?? fetch(request));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Offline();
  }
}

export const api = createClient<paths>({ baseUrl: base, fetch: fetchOrSayOffline });

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The answer's object; a problem is thrown, so that a query or mutation holds it. */
export async function answer<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemOf(response, error);
  return data as T;
}

export function problemOf(response: Pick<Response, 'status' | 'headers'>, body: unknown): Problem {
  const isProblem = typeof body === 'object' && body !== null;
  const retryAfter = Number(response.headers.get('Retry-After'));
  return new Problem(response.status, isProblem ? body : {}, retryAfter || null);
}

/** Most pages a list is followed for; beyond it the page says that there is more. */
const mostPages = 40;

export async function everyItem<T>(
  page: (cursor: string | undefined) => Promise<{ items: T[]; next: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let count = 0; count < mostPages; count++) {
    const part = await page(cursor);
    items.push(...part.items);
    if (part.next === null) break;
    cursor = part.next;
  }
  return items;
}
