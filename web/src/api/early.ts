/** By path and query; `public/first.js` fills it before the program runs. */
let early = (globalThis as { early?: Map<string, Promise<Response>> }).early;

/** The answer to a request that was sent before the program ran; each is given once. */
export function takeEarly(request: Request): Promise<Response> | undefined {
  if (!early || request.method !== 'GET') return undefined;
  const { pathname, search } = new URL(request.url);
  const answer = early.get(pathname + search);
  early.delete(pathname + search);
  return answer;
}

/** What nobody has taken by now may be out of date when somebody asks. */
export function forgetEarly(): void {
  early = undefined;
}
