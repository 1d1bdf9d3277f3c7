export { openKeys } from './keysDialog';
export { NotFound, NotFoundPage } from './NotFound';
export { Page } from './Page';
export { TopLine } from './TopLine';
export { useFrame } from './frameContext';
export { WorkspaceFrame } from './WorkspaceFrame';
