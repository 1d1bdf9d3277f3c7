export { filterFrom, type Filter } from './filter';
export { ProjectPage } from './ProjectPage';
