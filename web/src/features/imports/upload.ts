import { upload, type Job } from '@/api';

export function uploadBoard(
  workspace: string,
  file: File,
  onProgress: (sent: number) => void,
  signal: AbortSignal,
): Promise<Job> {
  return upload(`/workspaces/${workspace}/imports?source=trello`, file, 'application/json', onProgress, signal);
}
