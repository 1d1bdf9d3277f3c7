import type { QueryClient } from '@tanstack/react-query';
import { api } from '@/api';
import { switchesQuery } from './switches';

/** The same error in a loop is one; the server has a limit of its own. */
const mostReports = 20;

function described(thrown: unknown): { kind: string; message: string; stack: string } {
  if (!(thrown instanceof Error)) return { kind: 'Error', message: '', stack: '' };
  return {
    kind: thrown.name.slice(0, 200) || 'Error',
    message: thrown.message.slice(0, 2000),
    stack: (thrown.stack ?? '').slice(0, 10_000),
  };
}

/** Errors that nobody caught go to our own server, which strips them, if the person agreed; else nowhere. */
export function watchCrashes(client: QueryClient): void {
  const told = new Set<string>();
  const report = (thrown: unknown) => {
    const isOn = client.getQueryData(switchesQuery.queryKey)?.on.includes('crash_reports') ?? false;
    const crash = described(thrown);
    const same = crash.kind + crash.message + crash.stack;
    if (!isOn || told.has(same) || told.size >= mostReports) return;
    told.add(same);
    // Failing to report a failure is no failure to report.
    void api.POST('/crash-reports', { body: crash }).catch(() => undefined);
  };
  window.addEventListener('error', event => report(event.error));
  window.addEventListener('unhandledrejection', event => report(event.reason));
}
