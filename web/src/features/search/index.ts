export { useSearchHits } from './useSearchHits';
