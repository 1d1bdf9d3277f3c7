export { useIsReached } from './reach';
export { useLive } from './useLive';
