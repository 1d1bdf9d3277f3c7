export { answer, api, base, everyItem, problemOf } from './client';
export { forgetEarly } from './early';
export { keys } from './keys';
export { asProblem, hasStatus, Offline, Problem, sentence } from './problem';
export { upload } from './upload';
export type * from './types';
