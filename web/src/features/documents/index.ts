export { changeObjectionsQuery } from './queries';
