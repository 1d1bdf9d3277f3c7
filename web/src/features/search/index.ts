export { pieces } from './snippet';
export { useSearchHits } from './useSearchHits';
