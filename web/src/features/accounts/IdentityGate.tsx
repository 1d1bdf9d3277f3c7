import { lazy, Suspense } from 'react';
import { useAsking } from './identity';

const IdentityDialog = lazy(async () => ({ default: (await import('./IdentityDialog')).IdentityDialog }));

/** Stands once behind the door, so that every room can ask who is there. */
export function IdentityGate() {
  const asking = useAsking();
  return (
    asking && (
      <Suspense>
        <IdentityDialog settle={asking.settle} />
      </Suspense>
    )
  );
}
