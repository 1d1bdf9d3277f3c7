export { SubjectLink } from './SubjectLink';
