import { base, Offline, problemOf, type Attachment } from '@/api';

type Upload = { workspace: string; task: string; file: File };

/**
 * XMLHttpRequest, because fetch does not tell how much of a body has been sent. The name goes inside the body: addresses are
 * written down on the way.
 */
export function uploadFile(
  { workspace, task, file }: Upload,
  onProgress: (sent: number) => void,
  signal: AbortSignal,
): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.append('file', file);
    const request = new XMLHttpRequest();
    request.open('POST', `${base}/workspaces/${workspace}/tasks/${task}/attachments`);
    request.responseType = 'json';
    request.upload.onprogress = event => onProgress(event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => {
      const headers = new Headers({ 'Retry-After': request.getResponseHeader('Retry-After') ?? '' });
      if (request.status === 201) resolve(request.response as Attachment);
      else reject(problemOf({ status: request.status, headers }, request.response));
    };
    request.onerror = () => reject(new Offline());
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
