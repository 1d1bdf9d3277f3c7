export { watchCrashes } from './crashes';
export { switchesQuery, useSwitch } from './switches';
