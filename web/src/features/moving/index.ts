export { ExportWorkspace } from './ExportWorkspace';
export { FileDrop } from './FileDrop';
