export { ClosingNotice } from './ClosingNotice';
export { isAdmin, isGuest, useWorkspace, workspacesQuery } from './queries';
export { Welcome } from './Welcome';
