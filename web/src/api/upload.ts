import { base, problemOf } from './client';
import { Offline } from './problem';
import type { Job } from './types';

/** XMLHttpRequest, because fetch does not tell how much of a body has been sent. */
export function upload(
  path: string,
  file: File,
  type: string,
  onProgress: (sent: number) => void,
  signal: AbortSignal,
): Promise<Job> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', base + path);
    request.setRequestHeader('Content-Type', type);
    request.responseType = 'json';
    request.upload.onprogress = event => onProgress(event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => {
      const headers = new Headers({ 'Retry-After': request.getResponseHeader('Retry-After') ?? '' });
      if (request.status === 202) resolve(request.response as Job);
      else reject(problemOf({ status: request.status, headers }, request.response));
    };
    request.onerror = () => reject(new Offline());
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
