import '@fontsource-variable/inter/wght.css';
import './ui/tokens.css';
import './ui/global.css';
import { StrictMode } from 'react';
import { MutationCache, notifyManager, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { forgetEarly, hasStatus, keys, Problem } from '@/api';
import { watchCrashes } from '@/features/insight';
import { LiveRegion, Toaster } from '@/ui';
import { makeRouter } from './routes';

/** A session that has ended elsewhere shows at the next request; the way leads through the door and back. */
function onError(error: unknown): void {
  if (!hasStatus(error, 401) || client.getQueryData(keys.me) === undefined) return;
  client.removeQueries({ queryKey: keys.me });
  void router.invalidate();
}

// A change that is shown at once shows in the same frame: a ticked box would flicker if it waited for a timer.
notifyManager.setScheduler(queueMicrotask);

const client = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      // What the server refused it will refuse again; only being unreachable passes.
      retry: (count, error) => count < 2 && !(error instanceof Problem && error.status < 500),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
const router = makeRouter(client);
watchCrashes(client);
router.subscribe('onResolved', forgetEarly);

const place = document.getElementById('root');
if (!place) throw new Error('index.html has lost its root.');
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
      <Toaster />
      <LiveRegion />
    </QueryClientProvider>
  </StrictMode>,
);
