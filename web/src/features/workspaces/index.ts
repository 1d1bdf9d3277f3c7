export { ClosingNotice } from './ClosingNotice';
export { isAdmin, useWorkspace, workspacesQuery } from './queries';
export { Welcome } from './Welcome';
