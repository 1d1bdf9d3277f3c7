export { ExportWorkspace } from './ExportWorkspace';
